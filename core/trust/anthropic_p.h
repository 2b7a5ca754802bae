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
/// Whether a prefix says whose workload it is: what stands before the `*` is more than the word that every subject begins with.
bool prefixNamesTenant(const QString& subjectPrefix);
/// Why Entra leaves this claim out and what to do about it; empty where nothing is known. `fixForMissing` then says what is always true.
QString hintForMissing(const jose::Jwt& token, const QString& claim, const QString& wanted);
QString fixForMissing(const jose::Jwt& token, const QString& claim, const QString& wanted);

// anthropicshape.cpp
/// The Error names the member of issuer or rule that has another type than the Admin API gives it.
base::Result<void> checkShape(const json::Value& issuer, const json::Value& rule);

constexpr qsizetype longestAssertion = 16 * 1024; ///< bytes (downstream.md 1.1)

/// What follows from the sheet: verdict, reason, lifetime, scope.
AnthropicDecision anthropicDecision(Sheet& sheet, const json::Value& rule, const jose::Jwt& token, base::Instant now);

} // namespace trust
