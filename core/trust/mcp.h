// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// What an MCP server decides on one request to its endpoint.
struct McpDecision
{
    base::Verdict verdict {};
    QString method {};          ///< JSON-RPC method: "initialize", "tools/call"; empty when the body has none
    QString tool {};            ///< tools/call: which
    QStringList challenge {};   ///< refused for scope: what to ask for next, the granted scopes and the missing one
    bool upstreamRefused = false; ///< the server took the token, passed it on, and the next receiver refused it
};

/// A request to a protected MCP endpoint (MCP authorization 2026-07-28, RFC 6750, RFC 9068): bearer token in the header,
/// issued by an authorization server of the metadata, for exactly this server, in time, with the scope of the tool.
McpDecision decideMcpCall(const setup::Setup& setup, const setup::Target& target, const http::Request& request,
    const Knowledge& knowledge, base::Instant now);

/// The same verdict where a client looks for the challenge: a refusal for scope alone is what it came for, and accepted.
base::Verdict asChallenge(base::Verdict verdict);

/// What a client demands of the protected-resource metadata before it goes on (RFC 9728 section 3.3).
base::Verdict judgeProtectedResource(const setup::Target& target, const json::Value& metadata);

/// A token against protected-resource metadata alone (contract files): issuer, audience, time. Signature and scopes are
/// mentioned, not decided: the document holds neither keys nor what a tool needs.
base::Verdict matchProtectedResource(const jose::Jwt& token, const json::Value& metadata, const setup::Setup* setup,
    const Knowledge& knowledge, base::Instant now);

/// Scope names of a token: `scp` as Entra writes it, or `scope` (RFC 9068 section 2.2.3).
QStringList grantedScopes(const jose::Jwt& token);
/// The scope as clients have to ask for it: the entry of `scopes_supported` that is or ends in this name.
QString scopeToAsk(const setup::Target& target, const QString& name);
/// Issuers whose tokens the server takes: its list, else the authorization servers of its metadata.
QStringList mcpIssuers(const setup::Setup& setup, const setup::Target& target);
/// Audiences that are this server: its list, else its URL and, for Entra's v2.0 tokens, its app's client id.
QStringList mcpAudiences(const setup::Setup& setup, const setup::Target& target);

} // namespace trust
