// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "near_p.h"

#include "core/base/text.h"
#include "core/http/message.h"
#include "core/trust/lookalike.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using base::Near;
using base::NearMiss;

namespace trust {

namespace {

QString receiverSentence(const Pair& pair)
{
    return pair.hints.receiver.isEmpty() ? QString() : QString(u" "_s + pair.hints.receiver);
}

bool equalButCase(QStringView a, QStringView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// Added where the two differ in case as well as in what the sentence is about.
QString caseToo(QStringView a, QStringView b)
{
    return a == b ? QString() : u" The case differs as well."_s;
}

std::optional<NearMiss> inCase(const Pair& pair)
{
    if (pair.presented.size() != pair.expected.size() || !equalButCase(pair.presented, pair.expected))
        return {};
    int differing = 0;
    for (qsizetype i = 0; i < pair.presented.size(); ++i)
        differing += pair.presented[i] != pair.expected[i];
    const QString verb = differing == 1 ? u"differs"_s : u"differ"_s;
    return NearMiss {Near::Case, {}, u"Same %1 characters, %2 %3 in case.%4"_s.arg(
        QString::number(pair.presented.size()), QString::number(differing), verb, receiverSentence(pair))};
}

QString blankName(QChar c)
{
    switch (c.unicode()) {
    case u' ': return u"a blank"_s;
    case u'\t': return u"a tab"_s;
    case u'\n': case u'\r': return u"a line break"_s;
    case u'\u00a0': return u"a no-break space (U+00A0)"_s;
    default: return u"a blank ("_s + base::codePoint(c.unicode()) + u")"_s;
    }
}

QString withoutBlanks(const QString& text)
{
    QString out = text;
    out.removeIf([](QChar c) { return c.isSpace(); });
    return out;
}

QString blankPlace(const QString& text, qsizetype at)
{
    if (at == 0)
        return u"at its beginning"_s;
    if (QStringView(text).sliced(at).trimmed().isEmpty())
        return u"at its end"_s;
    return u"at place "_s + QString::number(at + 1);
}

std::optional<NearMiss> inBlanks(const Pair& pair)
{
    const QString a = withoutBlanks(pair.presented), b = withoutBlanks(pair.expected);
    if (a.isEmpty() || !equalButCase(a, b)
        || (a.size() == pair.presented.size() && b.size() == pair.expected.size()))
        return {};
    const qsizetype at = firstDifference(pair.presented, pair.expected);
    const bool inPresented = at < pair.presented.size() && pair.presented[at].isSpace();
    const QString& text = inPresented ? pair.presented : pair.expected;
    if (at >= text.size() || !text[at].isSpace())
        return {};
    return NearMiss {Near::Whitespace, at, u"The %1 has %2 %3 that the %4 does not have.%5"_s.arg(
        sideOf(pair, inPresented), blankName(text[at]), blankPlace(text, at), sideOf(pair, !inPresented),
            caseToo(a, b))};
}

std::optional<NearMiss> inTrailingSlash(const Pair& pair)
{
    const bool inPresented = pair.presented.size() > pair.expected.size();
    const QString& longer = inPresented ? pair.presented : pair.expected;
    const QString& shorter = inPresented ? pair.expected : pair.presented;
    if (longer.size() != shorter.size() + 1 || !longer.endsWith(u'/') || shorter.endsWith(u'/')
        || !equalButCase(QStringView(longer).chopped(1), shorter))
        return {};
    return NearMiss {Near::TrailingSlash, shorter.size(),
        u"The %1 ends with a slash, the %2 does not.%3"_s.arg(
        sideOf(pair, inPresented), sideOf(pair, !inPresented),
            caseToo(QStringView(longer).chopped(1), shorter))};
}

QString withoutDoubleSlashes(const QString& text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool afterScheme = i > 1 && text[i - 1] == u'/' && text[i - 2] == u':';
        if (text[i] == u'/' && i > 0 && text[i - 1] == u'/' && !afterScheme)
            continue;
        out += text[i];
    }
    return out;
}

std::optional<NearMiss> inDoubleSlash(const Pair& pair)
{
    const QString a = withoutDoubleSlashes(pair.presented), b = withoutDoubleSlashes(pair.expected);
    if (!equalButCase(a, b) || (a.size() == pair.presented.size()) == (b.size() == pair.expected.size()))
        return {};
    const bool inPresented = a.size() != pair.presented.size();
    const qsizetype at = firstDifference(pair.presented, pair.expected);
    return NearMiss {Near::DoubleSlash, at,
        u"The %1 has two slashes in a row at place %2, the %3 has one.%4"_s.arg(
        sideOf(pair, inPresented), QString::number(at), sideOf(pair, !inPresented), caseToo(a, b))};
}

QString percentDecoded(const QString& text)
{
    return text.contains(u'%') ? QString::fromUtf8(http::percentDecoded(text.toUtf8())) : text;
}

std::optional<NearMiss> inEscapes(const Pair& pair)
{
    const QString a = percentDecoded(pair.presented), b = percentDecoded(pair.expected);
    if (a != b)
        return {};
    const qsizetype at = firstDifference(pair.presented, pair.expected);
    const bool inPresented = pair.presented.size() > pair.expected.size();
    const bool both = a != pair.presented && b != pair.expected;
    return NearMiss {Near::Encoding, at, both
        ? u"Both are percent-encoded, but not alike. They are compared as written."_s
        : u"The %1 is percent-encoded from place %2 on, the %3 is not. They are compared as written."_s.arg(
            sideOf(pair, inPresented), QString::number(at + 1), sideOf(pair, !inPresented))};
}

std::optional<NearMiss> inUnicodeForm(const Pair& pair)
{
    constexpr auto composed = QString::NormalizationForm_C;
    if (pair.presented.normalized(composed) != pair.expected.normalized(composed))
        return {};
    return NearMiss {Near::Encoding, {},
        u"The same text in another Unicode form: %1 characters in the %2, %3 in the %4."_s.arg(
        QString::number(pair.presented.size()), pair.hints.presenter, QString::number(pair.expected.size()),
            pair.hints.contract)};
}

std::optional<NearMiss> inLookalikes(const Pair& pair)
{
    if (!equalButCase(skeleton(pair.presented), skeleton(pair.expected)))
        return {};
    const auto inPresented = firstLookalike(pair.presented);
    const auto found = inPresented ? inPresented : firstLookalike(pair.expected);
    if (!found)
        return {};
    const QString place = QString::number(found->at + 1);
    const QString& side = sideOf(pair, inPresented.has_value());
    const QString code = base::codePoint(found->character);
    if (found->latin.isEmpty())
        return NearMiss {Near::Lookalike, {},
            u"The %1 holds an invisible character (%2) at place %3."_s.arg(side, code, place)};
    return NearMiss {Near::Lookalike, {},
        u"The %1 holds a %2 \"%3\" (%4) at place %5. It looks like a Latin \"%6\"."_s.arg(
        side, found->script, QString::fromUcs4(&found->character, 1), code, place, found->latin)};
}

constexpr std::array<NearTest, 7> tests {inBlanks, inCase, inTrailingSlash, inDoubleSlash, inEscapes,
    inUnicodeForm, inLookalikes};

} // namespace

std::span<const NearTest> spellingTests()
{
    return tests;
}

} // namespace trust
