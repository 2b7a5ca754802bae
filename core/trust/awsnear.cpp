// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include "core/trust/glob.h"
#include "core/trust/near_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using base::Near;
using base::NearMiss;

namespace trust {

namespace {

bool hasWildcard(const QString& pattern) { return pattern.contains(u'*') || pattern.contains(u'?'); }

bool isSeparator(QChar c) { return c == u':' || c == u'/'; }

/// As many parts of the text, cut at ":" and "/", as the beginning has.
QString sameParts(const QString& text, const QString& beginning)
{
    qsizetype left = std::count_if(beginning.begin(), beginning.end(), isSeparator);
    if (left == 0)
        return text.left(beginning.size());
    qsizetype at = 0;
    for (; at < text.size() && left > 0; ++at)
        left -= isSeparator(text[at]);
    return text.left(at);
}

/// What is said about the beginning, before the first wildcard, holds for the whole.
std::optional<NearMiss> inBeginning(const QString& presented, const QString& pattern, const CompareHints& hints)
{
    static const QRegularExpression wildcard(u"[*?]"_s);
    const QString beginning = pattern.left(pattern.indexOf(wildcard));
    if (beginning.isEmpty() || presented.startsWith(beginning))
        return {};
    auto near = nearMiss(sameParts(presented, beginning), beginning, hints);
    if (near && near->kind == Near::PrefixOnly)
        return {};
    return near;
}

} // namespace

std::optional<NearMiss> awsNearPattern(const QString& presented, const QString& pattern, const CompareHints& hints)
{
    CompareHints exact = hints;
    exact.wildcardsMeanNothing = false;
    if (!hasWildcard(pattern)) {
        // StringLike without a wildcard is StringEquals.
        auto near = nearMiss(presented, pattern, exact);
        if (near && near->kind == Near::PrefixOnly && presented.startsWith(pattern))
            near->text += u" A `*` at its end is missing, if a prefix was meant."_s;
        return near;
    }
    if (globMatches(presented, pattern, Qt::CaseInsensitive))
        return NearMiss {Near::Case, firstDifference(presented, pattern),
            u"Only upper and lower case differ. AWS compares letter by letter."_s};
    if (globMatches(presented, pattern.trimmed()) || globMatches(presented.trimmed(), pattern))
        return NearMiss {Near::Whitespace, firstDifference(presented, pattern),
            u"A blank at the beginning or end makes the difference."_s};
    if (globMatches(QString(presented + u'/'), pattern) || (presented.endsWith(u'/') && globMatches(presented.chopped(1), pattern)))
        return NearMiss {Near::TrailingSlash, presented.size(), u"Only a slash at the end differs."_s};
    return inBeginning(presented, pattern, exact);
}

} // namespace trust
