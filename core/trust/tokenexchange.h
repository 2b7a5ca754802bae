// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// What an authorization server for token exchange decides, and what follows for the token it issues.
struct ExchangeDecision
{
    base::Verdict verdict {};
    QString reason {};          ///< id of the check that decided; empty when accepted. For the server's own log
    QString subject {};         ///< `sub` of the new token
    QByteArray actor {};        ///< JSON of its `act`; empty: impersonation, nobody sees who asked
    QStringList audiences {};
    QStringList scopes {};
    QString tokenType {};       ///< issued_token_type
    std::chrono::seconds lifetime {0};
};

/// Both grants at a target of kind token-exchange, told apart by `grant_type`: token exchange (RFC 8693), with an actor
/// token (delegation) or without (impersonation), and the JWT as an authorization grant (RFC 7523 section 2.1).
///
/// The contract is the target: `validIssuers` and `validAudiences` hold for every token presented (made from the resource
/// app where they are not listed), `clientId` is the client, `scopes` what can be granted. Its `settings` hold `audiences`
/// (offered; else `audience` alone), `subjects`, `actors` and `workloads` (lists of claims of which one has to fit whole;
/// without the list anybody of those issuers is taken as a subject or workload, and nobody as an actor but whom the
/// subject token names in `may_act`), `delegation` ("required", "allowed", "refused") and `lifetime` in seconds.
ExchangeDecision decideTokenExchange(const setup::Setup& setup, const setup::Target& target, const http::Form& form,
    QByteArrayView authorization, const Knowledge& knowledge, base::Instant now);

/// The grant types and token types by their long names (RFC 8693 section 2.1 and 3, RFC 7523 section 2.1).
inline constexpr QByteArrayView tokenExchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
inline constexpr QByteArrayView jwtBearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
inline constexpr QByteArrayView accessTokenType = "urn:ietf:params:oauth:token-type:access_token";
inline constexpr QByteArrayView jwtTokenType = "urn:ietf:params:oauth:token-type:jwt";

} // namespace trust
