// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/verify_p.h"

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

using base::Outcome;

// 9999-12-31T23:59:59Z: what lies beyond is milliseconds taken for seconds, or nonsense.
constexpr double lastSecond = 253402300799.0;
constexpr double smallSkew = 600;

/// All audiences of a token; none when `aud` is neither a string nor an array of strings.
QStringList audiencesOf(const json::Value& aud)
{
    if (aud.isString())
        return {aud.text()};
    QStringList all;
    for (json::Value entry = aud.isArray() ? aud.first() : json::Value(); entry; entry = entry.next()) {
        if (!entry.isString())
            return {};
        all += entry.text();
    }
    return all;
}

QString joined(const QStringList& texts) { return texts.size() == 1 ? texts.first() : texts.join(u", "_s); }

struct TimeRule
{
    const char* claim;
    QString id;
    QString title;
    QString from;
    QString source;
    bool ends; ///< the moment ends the token; otherwise it begins it
    bool required;
};

const std::array<TimeRule, 3>& timeRules()
{
    static const std::array<TimeRule, 3> rules {
        TimeRule {"nbf", u"notBefore"_s, u"Not before"_s, u"claim nbf"_s, u"RFC 7519 section 4.1.5"_s, false,
            false},
        TimeRule {
            "iat", u"issuedAt"_s, u"Issued at"_s, u"claim iat"_s, u"RFC 7519 section 4.1.6"_s, false, false},
        TimeRule {
            "exp", u"expires"_s, u"Expires"_s, u"claim exp"_s, u"RFC 7519 section 4.1.4"_s, true, true}};
    return rules;
}

/// Why a value is no moment; empty when it is one.
QString timeFault(const json::Value& value)
{
    if (value.isString())
        return u"it is a string, not a number"_s;
    if (!value.isNumber())
        return u"it is not a number"_s;
    const auto seconds = value.number();
    if (!seconds || !std::isfinite(*seconds))
        return u"the number is out of range"_s;
    if (*seconds < 0)
        return u"it lies before 1970"_s;
    return *seconds > lastSecond ? u"it lies after the year 9999"_s : QString();
}

QString timeFix(const json::Value& value)
{
    if (value.isString())
        return u"Write the number without quotes."_s;
    return u"Write seconds since 1970 as a number, not milliseconds."_s;
}

QString magnitude(double seconds) { return base::duration(std::chrono::seconds(qint64(std::abs(seconds)))); }

/// `past`: how many seconds the moment lies behind now, negative when it is to come.
QString relationOf(const TimeRule& rule, double past, bool holds)
{
    const QString length = magnitude(past);
    if (rule.ends)
        return past < 0 ? QString(u"ends in "_s + length)
                        : QString(u"ended "_s + length + (holds ? u" ago, within the leeway"_s : u" ago"_s));
    if (past >= 0)
        return length + u" ago"_s;
    return u"in "_s + length + (holds ? u", within the leeway"_s : u""_s);
}

void judge(base::Check& check, const TimeRule& rule, double seconds, const Expectation& expected)
{
    const double now = double(expected.now.time_since_epoch().count()) / 1000;
    const double leeway = double(expected.leeway.count());
    const double past = now - seconds;
    const bool holds = rule.ends ? past < leeway : past >= -leeway;
    check.outcome = holds ? Outcome::Pass : Outcome::Fail;
    check.relation = relationOf(rule, past, holds);
    if (holds)
        return;
    check.fix = rule.ends ? u"Get a fresh token."_s : u"Compare the clocks of issuer and receiver."_s;
    if (std::abs(past) < smallSkew)
        check.near = base::NearMiss {base::Near::ClockSkew, {},
            u"It misses by %1 only: the clocks of issuer and receiver may differ."_s.arg(magnitude(past))};
}

base::Check checkTime(
    const json::Value& value, const TimeRule& rule, const QString& limit, const Expectation& expected)
{
    base::Check check = tokenCheck(rule.id, rule.title, rule.source);
    check.presentedFrom = rule.from;
    check.expected = limit;
    if (!value) {
        check.presented = u"absent"_s;
        check.relation = u"the token does not say"_s;
        if (rule.required)
            fail(check, u"the token never ends"_s, u"Demand a token with exp."_s);
        return check;
    }
    const QString fault = timeFault(value);
    if (!fault.isEmpty()) {
        check.presented = shown(value);
        fail(check, fault, timeFix(value));
        return check;
    }
    const double seconds = *value.number();
    check.presented = base::toRfc3339(base::fromEpochSeconds(qint64(std::floor(seconds))));
    judge(check, rule, seconds, expected);
    return check;
}

} // namespace

base::Check checkIssuer(const Jwt& token, const Expectation& expected)
{
    base::Check check = tokenCheck(u"issuer"_s, u"Issuer"_s, u"RFC 7519 section 4.1.1"_s);
    const json::Value iss = token.claim("iss");
    check.presented = iss.isString() ? iss.text() : shown(iss);
    check.presentedFrom = u"claim iss"_s;
    check.expected = expected.issuer;
    if (iss && !iss.isString())
        fail(check, u"it is not a string"_s, u"The issuer has to write iss as a string."_s);
    else if (expected.issuer.isEmpty())
        check.relation = u"no issuer is demanded"_s;
    else if (!iss)
        fail(check, u"the token names no issuer"_s, u"Demand a token with iss."_s);
    else if (check.presented == expected.issuer)
        pass(check, u"equal"_s);
    else
        fail(check, u"not equal"_s,
            u"Use a token of the expected issuer, or expect the issuer that the token names."_s);
    return check;
}

base::Check checkAudience(const Jwt& token, const Expectation& expected)
{
    base::Check check = tokenCheck(u"audience"_s, u"Audience"_s, u"RFC 7519 section 4.1.3"_s);
    const json::Value aud = token.claim("aud");
    const QStringList presented = audiencesOf(aud);
    check.presented = presented.isEmpty() ? shown(aud) : joined(presented);
    check.presentedFrom = u"claim aud"_s;
    check.expected = joined(expected.audiences);
    const auto accepted = [&](const QString& one) { return expected.audiences.contains(one); };
    if (aud && presented.isEmpty())
        fail(check, u"it is neither a string nor a list of strings"_s,
            u"The issuer has to write aud as a string or a list of strings."_s);
    else if (expected.audiences.isEmpty())
        check.relation = u"no audience is demanded"_s;
    else if (!aud)
        fail(check, u"the token names no audience"_s, u"Demand a token with aud."_s);
    else if (std::any_of(presented.begin(), presented.end(), accepted))
        pass(check, presented.size() > 1 ? u"one of them is equal"_s : u"equal"_s);
    else
        fail(check, u"not equal"_s,
            u"Ask for a token for this audience, or accept the audience that the token names."_s);
    return check;
}

void checkTimes(const Jwt& token, const Expectation& expected, QList<base::Check>& checks)
{
    QString nowText = base::toRfc3339(expected.now);
    if (expected.leeway.count() > 0)
        nowText += u", leeway "_s + base::duration(expected.leeway);
    const QString begun = u"at the latest "_s + nowText;
    const QString ending = u"after "_s + nowText;
    for (const TimeRule& rule : timeRules())
        checks.append(checkTime(token.claim(rule.claim), rule, rule.ends ? ending : begun, expected));
}

} // namespace jose
