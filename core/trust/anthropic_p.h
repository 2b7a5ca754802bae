// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/anthropic.h"
#include "core/trust/assertion_p.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// A denial: 401 "Authentication failed" on the wire, the reason in the authentication history alone (downstream.md 1.4).
const Answer& denial(const char* reason);
/// A request that is not well formed: 400 and no entry in the history.
const Answer& malformed();

/// One assertion against issuer and rule, on the sheet. `pointer` is where the target stands in a setup, or empty.
void checkAnthropic(Sheet& sheet, const jose::Jwt& token, const json::Value& issuer, const json::Value& rule, const QString& pointer,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now, Unknowns unknowns);

/// An assertion against issuer and rule of one document; `pointer` is where the two stand in it (empty, not null: at its
/// root), so that corrections find their place.
AnthropicDecision matchAnthropicAt(const QString& pointer, const jose::Jwt& token, const json::Value& issuer, const json::Value& rule,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now);

// anthropicpinning.cpp
bool isSharedIssuer(const QString& issuer);
bool namesTenant(const QString& claimsOrCondition);
QString fixForMissing(const jose::Jwt& token, const QString& claim, const QString& wanted);

/// What follows from the sheet: verdict, reason, lifetime, scope.
AnthropicDecision anthropicDecision(Sheet& sheet, const json::Value& rule, const jose::Jwt& token, base::Instant now);

} // namespace trust
