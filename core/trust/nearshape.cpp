// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "near_p.h"

#include "core/trust/glob.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;
using base::Near;
using base::NearMiss;

namespace trust {

namespace {

constexpr qsizetype shortestPrefix = 4; // fewer characters in common say nothing

std::optional<NearMiss> inWildcard(const Pair& pair)
{
    const bool hasWildcard = pair.expected.contains(u'*') || pair.expected.contains(u'?');
    if (!pair.hints.wildcardsMeanNothing || !hasWildcard || !globMatches(pair.presented, pair.expected))
        return {};
    const QString sign = pair.expected.contains(u'*') ? u"*"_s : u"?"_s;
    return NearMiss {Near::WildcardLiteral, {},
        u"`%1` has no meaning here. It is taken as a letter."_s.arg(sign)};
}

std::optional<NearMiss> inNumericIds(const Pair& pair)
{
    const QString a = withoutNumericIds(pair.presented), b = withoutNumericIds(pair.expected);
    const bool presentedHas = a != pair.presented, expectedHas = b != pair.expected;
    if (presentedHas == expectedHas || a != b)
        return {};
    return NearMiss {Near::ImmutableSubject, {},
        u"The %1 carries the numeric ids of owner and repository, the %2 does not."_s.arg(
        sideOf(pair, presentedHas), sideOf(pair, !presentedHas))};
}

std::optional<NearMiss> inPrefix(const Pair& pair)
{
    const bool expectedIsShort = pair.expected.size() < pair.presented.size();
    const QString& whole = expectedIsShort ? pair.presented : pair.expected;
    const QString& part = expectedIsShort ? pair.expected : pair.presented;
    if (part.size() < shortestPrefix || !whole.startsWith(part))
        return {};
    return NearMiss {Near::PrefixOnly, part.size(),
        u"The %1 has only the first %2 of %3 characters. The whole is compared."_s.arg(
        sideOf(pair, !expectedIsShort), QString::number(part.size()), QString::number(whole.size()))};
}

constexpr std::array<NearTest, 3> tests {inWildcard, inNumericIds, inPrefix};

} // namespace

QString withoutNumericIds(const QString& subject)
{
    if (!subject.startsWith("repo:"_L1))
        return subject;
    static const QRegularExpression ids(u"@\\d+(?=/|$)"_s);
    const qsizetype colon = subject.indexOf(u':', 5);
    QString names = colon < 0 ? subject : subject.first(colon);
    names.remove(ids);
    return colon < 0 ? names : QString(names + QStringView(subject).sliced(colon));
}

std::span<const NearTest> shapeTests()
{
    return tests;
}

} // namespace trust
