// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchcontent.h"

#include "core/base/text.h"
#include "ui/models/fixforms.h"
#include "ui/models/matchwords.h"
#include "ui/theme.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::Outcome;

namespace {

constexpr QStringView clientGroup = u"What this client demands";

void flatten(const base::Condition& part, int depth, QList<MatchCondition>& lines)
{
    const QString why = part.why.isEmpty() ? part.values.join(u", "_s) : part.why;
    lines.append({depth, part.word, part.word.isEmpty() ? part.text : QString(), part.outcome, why});
    for (const base::Condition& inner : part.parts)
        flatten(inner, depth + 1, lines);
}

/// A condition as operator rows and comparisons, each with its own outcome.
QList<MatchCondition> conditionOf(const base::Check& check)
{
    QList<MatchCondition> lines;
    for (const base::Condition& root : check.condition)
        flatten(root, 0, lines);
    return lines;
}

MatchRow rowOf(base::Check check, const MatchSubject& subject, bool hollow)
{
    MatchRow row {.hollow = hollow};
    row.aside = playedHosts(check.presented + u' ' + check.expected, subject.bindings);
    row.presentedBy = check.presentedFrom;
    if (check.presentedFrom.startsWith(u"claim ")) {
        const auto claim = subject.claims.constFind(check.presentedFrom.sliced(6));
        if (claim != subject.claims.cend() && !claim->fillerTitle.isEmpty()) {
            row.presentedBy += u", filled by"_s;
            row.filler = MatchFiller {claim->filler, claim->fillerTitle};
        }
    }
    row.condition = conditionOf(check);
    // What goes into a setup names the real host, not the one that plays it.
    check.fixValue = setup::unbound(check.fixValue, subject.bindings);
    row.fixJson = fixAsJson(check, subject.setup);
    row.fixAz = fixAsAz(check, subject.setup);
    row.check = std::move(check);
    return row;
}

qsizetype countOf(const MatchGroup& group, Outcome outcome)
{
    return std::ranges::count_if(group.rows, [outcome](const MatchRow& row) { return row.check.outcome == outcome; });
}

QString titlesOf(const MatchGroup& group)
{
    QStringList titles;
    for (const MatchRow& row : group.rows)
        titles.append(lowerFirst(row.check.title));
    return titles.join(u", "_s);
}

bool isMerelyTried(const MatchGroup& group) { return group.title.startsWith(u"Next closest"); }

QString summaryOf(const MatchGroup& group)
{
    const qsizetype passes = countOf(group, Outcome::Pass);
    const qsizetype open = countOf(group, Outcome::NotEvaluated);
    const qsizetype warnings = countOf(group, Outcome::Warning);
    const qsizetype all = group.rows.size();
    const bool hollow = std::ranges::all_of(group.rows, &MatchRow::hollow);
    if (passes == all)
        return (hollow ? u"%1 of %2 will pass: %3"_s : u"%1 of %2 pass: %3"_s).arg(passes).arg(all).arg(titlesOf(group));
    QString text = isMerelyTried(group) ? u"%1 of %2 hold"_s.arg(passes).arg(all) : u"all must hold, %1 of %2 do"_s.arg(passes + warnings).arg(all);
    if (open)
        text += u", %1 not evaluated"_s.arg(open);
    if (warnings)
        text += warnings == 1 ? u", 1 warning"_s : u", %1 warnings"_s.arg(warnings);
    return text;
}

void finish(MatchGroup& group)
{
    group.summary = summaryOf(group);
    group.folded = isMerelyTried(group) || countOf(group, Outcome::Pass) == group.rows.size();
}

MatchContent emptyContent(const MatchSubject& subject)
{
    MatchContent content;
    if (subject.step && subject.step->contract.kind.isEmpty()) {
        content.emptyLine = u"Nothing is decided here"_s;
        content.emptySentence = u"This step reads a public document. Nobody compares anything with anything."_s;
        return content;
    }
    content.emptyLine = u"No verdict yet"_s;
    content.emptySentence = subject.missing.isEmpty() ? u"The request cannot be built yet, so nothing can be compared."_s : subject.missing;
    return content;
}

/// The receiver's own verdict where it is known, else what was predicted.
std::optional<base::Verdict> shownVerdict(const MatchSubject& subject)
{
    return subject.record && subject.record->truth ? subject.record->truth : subject.predicted;
}

} // namespace

QList<MatchGroup> matchGroups(const QList<base::Check>& checks, const MatchSubject& subject, bool hollow)
{
    QList<MatchGroup> groups;
    for (const base::Check& check : checks) {
        auto group = std::ranges::find(groups, check.group, &MatchGroup::title);
        if (group == groups.end()) {
            groups.append({.title = check.group});
            group = groups.end() - 1;
        }
        group->rows.append(rowOf(check, subject, hollow));
    }
    for (MatchGroup& group : groups) {
        finish(group);
        if (group.title.isEmpty())
            group.title = u"The request"_s;
    }
    return groups;
}

MatchContent matchContent(const MatchSubject& subject)
{
    const std::optional<base::Verdict> shown = shownVerdict(subject);
    const bool decided = subject.record && subject.state != flow::StepState::NotReached;
    if (!shown && !decided)
        return emptyContent(subject);
    MatchContent content;
    setMatchHeader(content, subject, shown);
    const bool confirmed = content.observed && shown && (subject.record->truth || shown->decision == *content.observed);
    if (shown)
        content.groups = matchGroups(shown->checks, subject, !confirmed);
    if (!subject.record)
        return content;
    content.note = subject.record->note;
    if (subject.record->checks.isEmpty())
        return content;
    MatchGroup own {.title = clientGroup.toString()};
    for (const base::Check& check : subject.record->checks)
        own.rows.append(rowOf(check, subject, false));
    finish(own);
    content.groups.append(own);
    return content;
}

QString playedHosts(const QString& text, const setup::Bindings& bindings)
{
    QStringList hosts;
    for (const setup::Binding& binding : bindings)
        if (!binding.bound.isEmpty() && text.contains(binding.bound))
            hosts.append(QUrl(binding.real).host());
    hosts.removeDuplicates();
    return hosts.isEmpty() ? QString() : QString(u"plays "_s + hosts.join(u", "_s));
}

QString checkText(const MatchRow& row)
{
    const base::Check& c = row.check;
    QStringList lines {u"%1: %2"_s.arg(theme::outcomeWord(c.outcome, row.hollow), c.title)};
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            lines.append(u"  %1 %2"_s.arg(name, base::visible(value)));
    };
    add(u"presented"_s, c.presented);
    add(u"expected"_s, c.expected == c.presented ? QString() : c.expected);
    add(u"relation"_s, c.relation);
    add(u"near miss:"_s, c.near ? c.near->text : QString());
    add(u"fix:"_s, c.fix);
    add(u"write"_s, row.fixJson);
    return lines.join(u'\n');
}

QString matchText(const MatchContent& content)
{
    if (content.isEmpty())
        return content.emptyLine + u"\n"_s + content.emptySentence;
    QString detail;
    for (const MatchRun& run : content.detail)
        detail += run.text;
    QStringList lines {content.strong + content.sentence, detail};
    for (const MatchGroup& group : content.groups) {
        lines += {QString(), group.title + u" ("_s + group.summary + u")"_s};
        for (const MatchRow& row : group.rows)
            lines.append(checkText(row));
    }
    if (!content.note.isEmpty())
        lines += {QString(), u"Not on the wire: "_s + content.note};
    return lines.join(u'\n') + u'\n';
}
