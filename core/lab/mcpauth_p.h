// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// One request to an MCP server's authorization server.
struct McpAuthCall
{
    World& world;
    const QString& issuer;
    const http::ServerRequest& request;

    /// Address of one of its endpoints: "<issuer>/token". A closing slash of the issuer is dropped.
    QString at(QLatin1StringView path) const
    {
        return QString((issuer.endsWith(u'/') ? issuer.chopped(1) : issuer) + path);
    }
    http::Form parameters() const;
    base::Instant now() const { return world.now(); }
};

/// RFC 6749 section 5.2, with the verdict kept beside it.
http::ServerResponse mcpError(const McpAuthCall& call, const base::Refusal& refusal);

/// What this authorization server signs with.
const IssuerKeys& mcpKeys(const World& world, const QString& issuer);

// mcpregistration.cpp
http::ServerResponse mcpRegister(const McpAuthCall& call);
// mcpsignin.cpp
http::ServerResponse mcpAuthorize(const McpAuthCall& call);
http::ServerResponse mcpLogin(const McpAuthCall& call);
http::ServerResponse mcpConsent(const McpAuthCall& call);
// mcptokens.cpp
http::ServerResponse mcpTokens(const McpAuthCall& call);

} // namespace lab
