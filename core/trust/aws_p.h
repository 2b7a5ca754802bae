// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/assertion_p.h"
#include "core/trust/aws.h"
#include "core/trust/compare.h"
#include "core/trust/sheet_p.h"

namespace trust {

// awsanswers.cpp
/// What STS answers and, as `reason`, what it means by it.
const Answer& awsDenial(const char* reason);
const QString& awsProviderPage();
const QString& awsPolicyPage();

/// One token in front of one role.
struct AwsCase
{
    Sheet& sheet;
    const jose::Jwt& token;
    const AwsTrust& trust;
    const setup::Setup* setup = nullptr;
    const Knowledge& knowledge;
    base::Instant now;
    Unknowns unknowns {};

    QString iss() const { return token.text("iss"); }
    /// The provider's URL without its scheme; empty when only a policy is known.
    QString url() const { return awsWithoutScheme(trust.provider["Url"].text()); }
    bool isOn(QByteArrayView name) const;
    /// AWS reads the caller (azp) as the audience, and calls the token's own audience oaud.
    bool mapsCaller() const;
    CompareHints hints(const char16_t* contract) const;
    QString place(const json::Value& in, const char16_t* member) const;
};

// awsprovider.cpp
void checkAwsToken(AwsCase& c);
void checkAwsProvider(AwsCase& c);
void checkAwsExchangeAudience(AwsCase& c);

/// What a condition key stands for in this request.
struct AwsValue
{
    QStringList values {};  ///< none: the key is not in the request
    QString from {};        ///< "claim sub"
    QString why {};         ///< not empty: what it stands for is not known here, and why
    QString rightKey {};    ///< the key that was probably meant, where this one is of another provider
};
// awscontext.cpp
AwsValue awsValueOf(const AwsCase& c, const QString& providerUrl, const QString& key);
/// Names of the keys that a token fills: "aud", "sub".
QStringList awsKeysOf(const jose::Jwt& token);

/// One operator with one key: `"StringLike": { "<key>": <values> }`.
struct AwsComparison
{
    const AwsCase& c;
    QString operatorName {};
    json::Value wanted {};   ///< the value of the key: a text or a list of texts
    QString providerUrl {};
};
// awsoperator.cpp
base::Check checkAwsComparison(const AwsComparison& comparison);
/// The same as a line of the condition tree.
base::Condition awsConditionOf(const AwsComparison& comparison, const base::Check& check);

// awsnear.cpp
/// In what way a value misses a pattern with `*` and `?`.
std::optional<base::NearMiss> awsNearPattern(const QString& presented, const QString& pattern, const CompareHints& hints);

// awspolicy.cpp
/// The role's trust policy, on the sheet. The name of the nearest statement when several were tried and none fits.
QString checkAwsPolicy(AwsCase& c);

/// Texts of a value that is one text or a list of texts.
QStringList awsTexts(const json::Value& value);

} // namespace trust
