// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/mcpauth.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// One request to an MCP server's authorization server while it is judged.
struct McpCase
{
    const setup::Setup& setup;
    const QString& issuer;
    const http::Form& form;
    const Knowledge& knowledge;
    Sheet& sheet;
    const ClientDocument* document = nullptr;

    QString text(QByteArrayView parameter) const { return QString::fromUtf8(form.value(parameter)); }
};

/// Known beforehand by a target, or registered at run time. `known` is false where only the server could say.
struct McpClientSearch
{
    std::optional<RegisteredClient> client {};
    bool known = true;
    bool documented = false; ///< its own document speaks for it, and has been judged
    const setup::Target* owner = nullptr; ///< target that knows it beforehand
};
McpClientSearch findMcpClient(McpCase& c, const QString& clientId);

/// mcpclientdocument.cpp: the checks of a client whose id is the address of its document; the client when all of them hold.
std::optional<RegisteredClient> checkClientDocument(McpCase& c, const QString& clientId);

/// The check "client", and whether it holds.
bool checkMcpClient(McpCase& c, const McpClientSearch& search, const QString& clientId, const Answer& answer);

/// RFC 8707: the parameter is there and names a server of this authorization server, letter by letter.
const setup::Target* checkMcpResource(McpCase& c, const QString& presented);

/// Every scope is offered by the server.
void checkMcpScopes(McpCase& c, const setup::Target* resource, const QStringList& asked);

/// mcpassertion.cpp: the grant of enterprise-managed authorization.
void checkIdentityAssertion(McpCase& c, McpTokenDecision& decision, base::Instant now);

/// RFC 6749 section 5.2 and RFC 8707 section 2.
extern const Answer mcpInvalidRequest, mcpInvalidClient, mcpInvalidGrant, mcpInvalidScope, mcpInvalidTarget;

inline QString mcpAuthorizationPage() { return QStringLiteral("MCP authorization 2026-07-28"); }

} // namespace trust
