// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/anthropic_p.h"
#include "core/trust/compare.h"

namespace trust {

/// One assertion while issuer and rule are held against it.
struct RuleCase
{
    Sheet& sheet;
    const jose::Jwt& token;
    const json::Value& issuer;
    const json::Value& rule;
    const QString& pointer;
    const setup::Setup* setup;
    const Knowledge& knowledge;
    base::Instant now;
    Unknowns unknowns;

    json::Value match() const { return rule["match"]; }
    /// Where a value is corrected; null where issuer and rule stand in no document.
    QString place(const char16_t* member) const { return pointer.isNull() ? QString()
        : QString(pointer + QString::fromUtf16(member)); }
    CompareHints hints(const char16_t* contract) const
    {
        return {.setup = setup, .receiver = QStringLiteral("Anthropic compares letter by letter."),
                .contract = QString::fromUtf16(contract),
                .azp = callerOf(token), .oid = token.text("oid")};
    }
};

/// The page that demands what is checked here.
const QString& anthropicPage();

// anthropicissuer.cpp: one function a check.
TokenDemand assertionDemand(Unknowns unknowns);
/// More than Anthropic reads of an assertion.
void checkSize(Sheet& sheet, const jose::Jwt& token);
void checkKeyId(RuleCase& c);
void checkClaimsThere(RuleCase& c);
void checkIssuedAt(RuleCase& c);
void checkIssuer(RuleCase& c);
void checkIssuerArchived(RuleCase& c);
void checkLifetime(RuleCase& c);
void checkReplay(RuleCase& c);

} // namespace trust
