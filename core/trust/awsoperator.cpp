// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include "core/trust/glob.h"
#include "core/trust/near_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using base::Outcome;

namespace trust {

namespace {

enum class How { Exact, AnyCase, Like, Truth, Absence };
enum class Set { None, AnyValue, AllValues };

/// One row an operator that is evaluated here; every other one is not evaluated, by its name.
struct Row
{
    QLatin1StringView name;
    How how;
    bool negated = false;
};
constexpr std::array rows {
    Row {"StringEquals"_L1, How::Exact},
    Row {"StringNotEquals"_L1, How::Exact, true},
    Row {"StringEqualsIgnoreCase"_L1, How::AnyCase},
    Row {"StringNotEqualsIgnoreCase"_L1, How::AnyCase, true},
    Row {"StringLike"_L1, How::Like},
    Row {"StringNotLike"_L1, How::Like, true},
    Row {"Bool"_L1, How::Truth},
    Row {"Null"_L1, How::Absence},
};

/// "ForAnyValue:StringLikeIfExists" taken apart.
struct Operator
{
    const Row* row = nullptr; ///< nullptr: not evaluated here
    Set set = Set::None;
    bool ifExists = false;
};

Operator operatorOf(QString name)
{
    Operator out;
    for (const auto& [prefix, set] : {std::pair {"ForAnyValue:"_L1, Set::AnyValue}, std::pair {"ForAllValues:"_L1, Set::AllValues}})
        if (name.startsWith(prefix)) {
            name = name.sliced(prefix.size());
            out.set = set;
        }
    out.ifExists = name.endsWith("IfExists"_L1);
    if (out.ifExists)
        name.chop(8);
    const auto row = std::ranges::find_if(rows, [&](const Row& r) { return name == r.name; });
    const bool isNull = row != rows.end() && row->how == How::Absence;
    if (row != rows.end() && !(isNull && (out.ifExists || out.set != Set::None)))
        out.row = &*row;
    return out;
}

bool fits(How how, const QString& presented, const QString& wanted)
{
    switch (how) {
    case How::Exact: return presented == wanted;
    case How::Like: return globMatches(presented, wanted);
    case How::AnyCase:
    case How::Truth: return presented.compare(wanted, Qt::CaseInsensitive) == 0;
    case How::Absence: break;
    }
    return false;
}

bool fitsAny(How how, const QString& presented, const QStringList& wanted)
{
    return std::ranges::any_of(wanted, [&](const QString& w) { return fits(how, presented, w); });
}

/// Whether the comparison holds for a key that is there. Several values of the policy are alternatives; negated, none
/// of them may fit.
bool holds(const Operator& op, const QStringList& presented, const QStringList& wanted)
{
    const auto one = [&](const QString& p) { return fitsAny(op.row->how, p, wanted) != op.row->negated; };
    const bool all = op.set == Set::AllValues || (op.set == Set::None && op.row->negated);
    return all ? std::ranges::all_of(presented, one) : std::ranges::any_of(presented, one);
}

/// A key that is not in the request (IAM User Guide, "IfExists", "Null", "Multivalued context keys").
bool holdsWithout(const Operator& op)
{
    return op.ifExists || op.set == Set::AllValues || (op.row->negated && op.set != Set::AnyValue);
}

QString titleOf(const QString& name, const QString& operatorName)
{
    const QString word = name == "sub"_L1 ? u"Subject"_s : name == "aud"_L1 ? u"Audience"_s
        : name == "oaud"_L1 ? u"Original audience"_s : name;
    return word + u", "_s + operatorName;
}

base::Check lineFor(const AwsComparison& m)
{
    const QString key = m.wanted.keyText();
    const QString name = key.sliced(key.lastIndexOf(u':') + 1);
    return {.id = u"condition.%1.%2"_s.arg(m.operatorName, name), .title = titleOf(name, m.operatorName),
            .expected = awsTexts(m.wanted).join(u" or "_s), .expectedFrom = u"%1 of %2 in the trust policy"_s.arg(m.operatorName, key),
            .source = awsPolicyPage()};
}

base::Check open(base::Check check, QString why)
{
    check.outcome = Outcome::NotEvaluated;
    check.relation = std::move(why);
    return check;
}

QString urlOf(const QString& key) { return key.left(key.lastIndexOf(u':')); }

/// Two URLs as keys write them. What is known about issuers is known about whole URLs.
std::optional<base::NearMiss> nearUrl(const QString& presented, const QString& expected, const CompareHints& hints)
{
    static const QString scheme = u"https://"_s;
    auto near = nearMiss(scheme + presented, scheme + expected, hints);
    if (near && near->at)
        near->at = std::max<qsizetype>(0, *near->at - scheme.size());
    return near;
}

/// The token has no such claim, or AWS reads none of that name.
base::Check withoutClaim(const AwsComparison& m, base::Check check)
{
    const QStringList brought = awsKeysOf(m.c.token);
    check.presented = u"(missing)"_s;
    check.fix = brought.isEmpty() ? u"Present a token that brings this key."_s
                                  : u"Present a token that brings this key, or compare one that this token brings: %1."_s.arg(brought.join(u", "_s));
    return check;
}

/// Whose URL the key should have had.
QString presenterOf(const AwsComparison& m)
{
    if (!m.c.url().isEmpty())
        return u"provider"_s;
    return m.providerUrl == awsWithoutScheme(m.c.iss()) ? u"token"_s : u"principal"_s;
}

/// The key belongs to no provider of this token: a URL that is nearly the provider's is named.
base::Check withoutKey(const AwsComparison& m, const AwsValue& value, base::Check check)
{
    const QString key = m.wanted.keyText();
    check.outcome = Outcome::Fail;
    check.relation = u"The request has no such key, so the comparison does not hold."_s;
    if (value.rightKey.isEmpty() || value.rightKey == key)
        return withoutClaim(m, std::move(check));
    CompareHints hints = m.c.hints(u"trust policy");
    hints.issuer = true;
    hints.presenter = presenterOf(m);
    check.presented = value.rightKey;
    check.expected = key;
    check.presentedFrom = awsKeyOrigin();
    if (key.contains(u':'))
        check.near = nearUrl(urlOf(check.presented), urlOf(key), hints);
    // Mending the provider mends this as well, and mending this would break it again.
    if (urlOf(key) == awsWithoutScheme(m.c.iss())) {
        check.fix = u"The key names the token's issuer already. The provider has to have that URL."_s;
        return check;
    }
    check.fix = u"Name the key %1, with the provider's URL exactly as the provider has it and without https://."_s.arg(value.rightKey);
    check.fixPointer = m.c.place(m.wanted, u"/trustPolicy");
    return check;
}

/// The nearest pattern of a list, and in what way it is near.
void explainPattern(const AwsComparison& m, const QStringList& presented, const QStringList& wanted, base::Check& check)
{
    const CompareHints hints = m.c.hints(u"trust policy");
    for (const QString& p : presented)
        for (const QString& w : wanted)
            if (auto near = awsNearPattern(p, w, hints); near && !check.near) {
                check.presented = p;
                check.expected = w;
                check.near = std::move(near);
            }
    check.fix = u"Write a pattern that covers the token's value."_s;
    check.fixValue = check.presented;
}

void explainExact(const AwsComparison& m, const AwsValue& value, const QStringList& wanted, base::Check& check)
{
    const bool isAudience = check.id.endsWith("aud"_L1);
    CompareHints hints = m.c.hints(u"trust policy");
    hints.audience = isAudience;
    check = wanted.size() > 1 ? comparedWithAny(std::move(check), value.values, wanted, hints)
                              : compared(std::move(check), value.values.value(0), wanted.value(0), hints);
    if (check.near && check.near->kind == base::Near::WildcardLiteral)
        check.fix = u"Use StringLike for a pattern, or write the whole value."_s;
    if (isAudience && m.c.mapsCaller() && audiencesOf(m.c.token).contains(check.expected)) {
        check.near = base::NearMiss {base::Near::AzpNotAud, 0,
            u"The policy names the token's aud. When a token has azp, AWS is reported to read azp as :aud and aud as :oaud."_s};
        check.fix = u"Compare :oaud with the audience and :aud with the caller."_s;
    }
}

base::Check failing(const AwsComparison& m, const Operator& op, const AwsValue& value, base::Check check)
{
    const QStringList wanted = awsTexts(m.wanted);
    check.outcome = Outcome::Fail;
    // Where all values have to fit, only those that do not are of interest.
    AwsValue left = value;
    if (op.set == Set::AllValues)
        left.values.removeIf([&](const QString& p) { return fitsAny(op.row->how, p, wanted); });
    if (op.row->negated) {
        check.expected = u"anything but "_s + check.expected;
        check.fix = u"The policy excludes this value. Present another token, or take it out of the policy."_s;
        return check;
    }
    if (op.row->how == How::Exact || op.row->how == How::AnyCase)
        explainExact(m, left, wanted, check);
    else if (op.row->how == How::Like)
        explainPattern(m, left.values, wanted, check);
    const int index = int(wanted.indexOf(check.expected));
    check.fixPointer = m.c.place(m.wanted.isArray() && index >= 0 ? m.wanted.at(index) : m.wanted, u"/trustPolicy");
    return check;
}

QString relationOf(const Operator& op)
{
    if (op.row->negated)
        return u"none of these"_s;
    switch (op.row->how) {
    case How::AnyCase: return u"equal, case aside"_s;
    case How::Like: return u"fits the pattern"_s;
    default: return u"equal"_s;
    }
}

/// What was compared with what, where it holds: the value that fits is shown, not the whole list.
base::Check passing(const Operator& op, const AwsValue& value, const QStringList& wanted, base::Check check)
{
    check.outcome = Outcome::Pass;
    check.relation = relationOf(op);
    for (const QString& p : value.values)
        for (const QString& w : wanted)
            if (!op.row->negated && op.set == Set::None && fits(op.row->how, p, w)) {
                check.presented = p;
                check.expected = w;
                return check;
            }
    return check;
}

/// Bool and Null compare true or false. What becomes of another word AWS does not say; the first such word.
std::optional<QString> oddWord(const Operator& op, const QStringList& wanted)
{
    if (op.row->how != How::Truth && op.row->how != How::Absence)
        return {};
    if (wanted.isEmpty())
        return QString();
    const auto odd = std::ranges::find_if_not(wanted, [](const QString& w) { return fitsAny(How::Truth, w, {u"true"_s, u"false"_s}); });
    return odd == wanted.end() ? std::optional<QString>() : *odd;
}

base::Check absence(const AwsComparison& m, const AwsValue& value, base::Check check)
{
    const QStringList wanted = awsTexts(m.wanted);
    const bool absent = value.values.isEmpty(), wantsAbsent = fitsAny(How::Truth, u"true"_s, wanted);
    check.expected = wantsAbsent ? u"no such key"_s : u"the key is there"_s;
    check.presented = absent ? u"no such key"_s : u"the key is there"_s;
    check.outcome = fitsAny(How::Truth, absent ? u"true"_s : u"false"_s, wanted) ? Outcome::Pass : Outcome::Fail;
    if (check.outcome == Outcome::Fail)
        check.fix = wantsAbsent ? u"Present a token without this claim."_s : u"Present a token with this claim."_s;
    return check;
}

} // namespace

base::Check checkAwsComparison(const AwsComparison& m)
{
    base::Check check = lineFor(m);
    const Operator op = operatorOf(m.operatorName);
    if (!op.row)
        return open(std::move(check), u"The operator %1 is not evaluated here."_s.arg(m.operatorName));
    const QStringList wanted = awsTexts(m.wanted);
    for (const QString& text : wanted)
        if (text.contains("${"_L1))
            return open(std::move(check), u"The policy variable in %1 is not evaluated here."_s.arg(text));
    const AwsValue value = awsValueOf(m.c, m.providerUrl, m.wanted.keyText());
    check.presentedFrom = value.from;
    check.presented = value.values.join(u", "_s);
    if (const auto odd = oddWord(op, wanted))
        return open(std::move(check), u"%1 compares true or false. What it makes of \"%2\" is not evaluated here."_s.arg(m.operatorName, *odd));
    if (!value.why.isEmpty())
        return open(std::move(check), value.why);
    if (op.row->how == How::Absence)
        return absence(m, value, std::move(check));
    if (value.values.isEmpty() && holdsWithout(op)) {
        check.presented = u"(missing)"_s;
        check.outcome = Outcome::Pass;
        check.relation = u"The key is not there, which %1 lets pass."_s.arg(m.operatorName);
        return check;
    }
    if (value.values.isEmpty())
        return withoutKey(m, value, std::move(check));
    return holds(op, value.values, wanted) ? passing(op, value, wanted, std::move(check))
                                           : failing(m, op, value, std::move(check));
}

base::Condition awsConditionOf(const AwsComparison& m, const base::Check& check)
{
    const QString key = m.wanted.keyText();
    const AwsValue value = awsValueOf(m.c, m.providerUrl, key);
    base::Condition out {.text = u"%1 %2: %3"_s.arg(m.operatorName, key, QString::fromUtf8(m.wanted.raw())),
                         .outcome = check.outcome};
    if (check.outcome != Outcome::Pass)
        out.why = check.near ? check.near->text : check.relation;
    for (const QString& each : value.values)
        out.values.append(u"%1 = \"%2\""_s.arg(key, each));
    if (value.values.isEmpty() && value.why.isEmpty())
        out.values.append(key + u" is not there"_s);
    return out;
}

} // namespace trust
