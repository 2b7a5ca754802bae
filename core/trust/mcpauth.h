// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"
#include "core/trust/mcpclientdocument.h"

namespace trust {

/// What an MCP authorization server decides before anyone signs in.
struct McpAuthorizeDecision
{
    base::Verdict verdict {};
    bool redirectTrusted = false;            ///< false: show the error on a page, never redirect
    std::optional<RegisteredClient> client {};
    const setup::Target* resource = nullptr; ///< the MCP server the token is asked for
    QStringList scopes {};                   ///< as asked for
};

/// The authorize endpoint of an MCP server's own authorization server (MCP authorization 2026-07-28): client, redirect URI,
/// code flow, PKCE with S256, `resource` (RFC 8707), scopes. `issuer` is the server's own name. `document`: the client's own, where
/// its id is an address and somebody fetched it; a prediction has none.
McpAuthorizeDecision decideMcpAuthorize(const setup::Setup& setup, const QString& issuer, const http::Form& query,
    const Knowledge& knowledge, const ClientDocument* document = nullptr);

enum class McpGrant { Unknown, AuthorizationCode, RefreshToken, IdentityAssertion };

/// What its token endpoint decides, and what follows for the token it issues.
struct McpTokenDecision
{
    base::Verdict verdict {};
    McpGrant grant = McpGrant::Unknown;
    QString clientId {};
    const setup::Target* resource = nullptr;
    QStringList scopes {};
    QString userObjectId {};
    bool offline = false;    ///< a refresh token goes with it
    QString assertionIssuer {}; ///< identity assertion: whose jti is used up
    QByteArray assertionId {};
};

/// The token endpoint: authorization code (RFC 6749 4.1.3, RFC 7636), refresh token, and the identity assertion of
/// enterprise-managed authorization (RFC 7523 with an ID-JAG). `authorization` is the header, for Basic.
McpTokenDecision decideMcpToken(const setup::Setup& setup, const QString& issuer, const http::Form& form,
    QByteArrayView authorization, const Knowledge& knowledge, base::Instant now, const ClientDocument* document = nullptr);

/// Targets whose metadata is served with this authorization server of their own.
QList<const setup::Target*> mcpTargetsOf(const setup::Setup& setup, QStringView issuer);

} // namespace trust
