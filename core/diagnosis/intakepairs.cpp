// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intakepairs_p.h"

#include "core/trust/compare.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// How a text names both values. Expected may be a list.
struct Pair
{
    const char16_t* pattern; ///< named groups `presented`, `expected`, and `more` for a second list
    const char16_t* id;
    const char16_t* title;
    const char16_t* contract;
};
constexpr std::array pairs {
    Pair {u"Audiences: '(?<presented>[^']*)'\\. Did not match:.*?ValidAudience: '(?<expected>[^']*)'(?:.*?ValidAudiences: '(?<more>[^']*)')?",
        u"audience", u"Audience", u"API"},
    Pair {u"Issuer: '(?<presented>[^']*)'\\. Did not match:.*?ValidIssuer: '(?<expected>[^']*)'(?:.*?ValidIssuers: '(?<more>[^']*)')?",
        u"issuer", u"Issuer", u"API"},
    Pair {u"Invalid audience\\. Expected (?<expected>\\S+?), found: (?<presented>\\S+?)\\.?(?:\\s|$|\")", u"audience", u"Audience", u"vault"},
    Pair {u"Invalid issuer\\. Expected one of (?<expected>.+?), found (?<presented>\\S+?)\\.?(?:\\s|$|\")", u"issuer", u"Issuer", u"vault"},
    Pair {u"issuer in ID Token (?<presented>\\S+) does not match the expected ones?: (?<expected>[^\"'\\s]+)", u"issuer", u"Issuer", u"provider"},
    Pair {u"audience in the assertion was '(?<presented>[^']*)' and the expected audience is '(?<expected>[^']*)'(?:.*?App ID '(?<more>[^']*)')?",
        u"audience", u"Audience", u"application"},
    Pair {u"jwt audience invalid\\. expected: (?<expected>.+?)(?:\\n|$|\\s+at )", u"audience", u"Audience", u"API"},
    Pair {u"jwt issuer invalid\\. expected: (?<expected>.+?)(?:\\n|$|\\s+at )", u"issuer", u"Issuer", u"API"},
};

/// How a text names one value.
struct Value
{
    const char16_t* pattern; ///< group 1
    const char16_t* id;
    const char16_t* title;
    const char16_t* expectedIn; ///< where what was expected would stand
};
constexpr std::array values {
    Value {u"[Aa]ssertion [Ss]ubject:? '([^']+)'", u"subject", u"Subject", u"the federated credentials of the application"},
    Value {u"[Aa]ssertion [Ii]ssuer:? '([^']+)'", u"issuer", u"Issuer", u"the federated credentials of the application"},
    Value {u"[Aa]ssertion [Aa]udience:? '([^']+)'", u"audience", u"Audience", u"the federated credentials of the application"},
    Value {u"OpenIDConnect provider found in your account for (\\S+)", u"issuer", u"Issuer", u"the OIDC providers of the account"},
    Value {u"asked for scope '([^']+)'", u"scope", u"Scope", u"the scopes of the resource"},
    Value {u"redirect URI '([^']+)' specified", u"redirect_uri", u"Redirect URI", u"the redirect URIs of the application"},
    Value {u"Application with identifier '([^']+)'", u"client", u"Application", u"the applications of the tenant"},
    Value {u"resource principal named (.+?) was not found", u"resource", u"Resource", u"the service principals of the tenant"},
    Value {u"audience in ID Token \\[([^\\]]+)\\]", u"audience", u"Audience", u"allowedAudiences of the provider"},
};

QStringList listIn(const QString& text)
{
    QStringList out;
    static const QRegularExpression parting(u"\\s*,\\s*|\\s+or\\s+"_s);
    for (const QString& each : text.split(parting, Qt::SkipEmptyParts))
        if (each != "null"_L1 && !each.contains(u"PII"_s) && each != "System.String"_L1)
            out.append(each);
    return out;
}

base::Check named(const Value& value, const QString& presented)
{
    return {.id = QString::fromUtf16(value.id), .title = QString::fromUtf16(value.title),
            .expected = u"(not in the text) "_s + QString::fromUtf16(value.expectedIn), .presented = presented,
            .outcome = base::Outcome::NotEvaluated, .relation = u"The text does not say what was expected."_s,
            .presentedFrom = u"the error text"_s, .expectedFrom = QString::fromUtf16(value.expectedIn), .source = u"the error text"_s};
}

/// What an issuer differs by is what the finding is about. Where the text does not show it, nothing is said of slashes.
QString ruleOf(base::Near kind)
{
    switch (kind) {
    case base::Near::TrailingSlash:
    case base::Near::DoubleSlash:
    case base::Near::V1V2Issuer: return u"X-ISS-SLASH"_s;
    case base::Near::WrongTenant: return u"ID-WRONG-TENANT"_s;
    default: return {};
    }
}

bool readPair(Item& item, const Pair& pair, const QString& said)
{
    const auto match = QRegularExpression(QString::fromUtf16(pair.pattern), QRegularExpression::DotMatchesEverythingOption).match(said);
    if (!match.hasMatch())
        return false;
    const QStringList presented = listIn(match.captured(u"presented"_s));
    const QStringList expected = listIn(match.captured(u"expected"_s)) + listIn(match.captured(u"more"_s));
    if (presented.isEmpty() || expected.isEmpty()) {
        item.ask.append(u"The same text with its values shown (in .NET: IdentityModelEventSource.ShowPII), or the token itself."_s);
        return true;
    }
    trust::CompareHints hints {.receiver = u"It is compared letter by letter."_s, .contract = QString::fromUtf16(pair.contract)};
    hints.issuer = pair.id == u"issuer"_s;
    hints.audience = !hints.issuer;
    base::Check check = trust::comparedWithAny({.id = QString::fromUtf16(pair.id), .title = QString::fromUtf16(pair.title),
        .presentedFrom = u"the error text"_s, .expectedFrom = u"the error text"_s, .source = u"the error text"_s}, presented, expected, hints);
    if (check.near)
        item.causes.prepend(check.near->text);
    if (check.near && hints.issuer && item.rule.isEmpty())
        item.rule = ruleOf(check.near->kind);
    if (check.outcome == base::Outcome::Fail)
        item.wrong.append(u"Presented was %1, expected %2."_s.arg(check.presented, check.expected));
    item.verification.checks.append(std::move(check));
    return true;
}

} // namespace

void readPairs(Item& item, const QString& said)
{
    for (const Pair& pair : pairs)
        if (readPair(item, pair, said))
            return;
    for (const Value& value : values) {
        const auto match = QRegularExpression(QString::fromUtf16(value.pattern)).match(said);
        if (!match.hasMatch())
            continue;
        item.verification.checks.append(named(value, match.captured(1)));
        item.wrong.append(u"%1 presented: %2"_s.arg(QString::fromUtf16(value.title), match.captured(1)));
    }
}

} // namespace diagnosis
