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

struct AnthropicDecision
{
    base::Verdict verdict {};
    QString reason {};            ///< what the authentication history says: "match_subject_prefix", "jti_reused"; empty when accepted
    bool inHistory = true;        ///< a 400 leaves no entry
    std::chrono::seconds lifetime {0}; ///< of the token that is minted
    QString scope {};
};

/// The jwt-bearer exchange at Anthropic (downstream.md section 1): body, rule, issuer, assertion. On the wire every
/// denial is the same 401; the verdict and `reason` hold the truth.
AnthropicDecision decideAnthropicExchange(const setup::Setup& setup, const setup::Target& target, const json::Value& body,
    const Knowledge& knowledge, base::Instant now);

/// An assertion against an issuer and a rule as the Admin API writes them.
AnthropicDecision matchAnthropic(const jose::Jwt& token, const json::Value& issuer, const json::Value& rule,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now);

/// A call with the minted token.
base::Verdict decideAnthropicCall(const setup::Setup& setup, const setup::Target& target, const http::Headers& headers,
    const Knowledge& knowledge, base::Instant now);

} // namespace trust
