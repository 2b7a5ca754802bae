// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diagnosecontent.h"

#include "core/base/text.h"
#include "core/http/redact.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using diagnosis::Inspection;
using diagnosis::Item;
using diagnosis::ItemKind;

namespace {

/// Those the token is addressed to; whom it was not meant for stands elsewhere.
const base::Verdict* firstOf(const Item& item, base::Decision decision)
{
    const auto first = std::ranges::find(item.verdicts, decision, &base::Verdict::decision);
    return first == item.verdicts.end() ? nullptr : &*first;
}

bool isRefused(const Item& item) { return firstOf(item, base::Decision::Refuse); }

/// Where one receiver takes it and another does not, both are named: one word could only be half right.
QString refusal(const Item& item)
{
    const base::Verdict* no = firstOf(item, base::Decision::Refuse);
    const base::Verdict* yes = firstOf(item, base::Decision::Accept);
    const QString text = no ? u"%1 would refuse: %2"_s.arg(no->receiver, reasonOf(*no)) : QString();
    return no && yes ? u"%1 would accept. %2"_s.arg(yes->receiver, text) : text;
}

bool isWrongItself(const Item& item)
{
    return item.kind == ItemKind::Error || item.kind == ItemKind::Secret || !item.wrong.isEmpty() || item.verification.outcome == jose::Verified::Refused;
}

bool isMixed(const Item& item) { return !isWrongItself(item) && isRefused(item) && firstOf(item, base::Decision::Accept); }
bool isWrong(const Item& item) { return isWrongItself(item) || (isRefused(item) && !isMixed(item)); }

QString sentence(const QString& text) { return base::visible(text); }

QStringList visible(const QStringList& texts)
{
    QStringList out;
    for (const QString& text : texts)
        out.append(base::visible(text));
    return out;
}

void add(QList<DiagnoseSection>& out, const QString& heading, const QStringList& lines, bool ranked = false, bool fixed = false)
{
    QStringList kept = visible(lines);
    kept.removeAll(QString());
    if (!kept.isEmpty())
        out.append({heading, kept, ranked && kept.size() > 1, fixed});
}

QStringList members(const json::Value& object)
{
    QStringList lines;
    for (json::Value claim = object.first(); claim; claim = claim.next())
        lines.append(u"%1  %2"_s.arg(claim.keyText(), -16).arg(json::Document::read(http::shownClaims(claim.raw(), claim.key())).root().display()));
    return lines;
}

QString signature(const Item& item)
{
    if (item.verification.outcome == jose::Verified::Verified)
        return u"Signature, times and every expectation hold."_s;
    if (item.verification.outcome == jose::Verified::Refused)
        return u"Refused: see what was compared."_s;
    return u"Not checked: there are no keys to check it with."_s;
}

void addToken(QList<DiagnoseSection>& out, const Item& item)
{
    add(out, u"Speaks for"_s, {item.principal.title.isEmpty() ? trust::principalName(item.principal.kind) : item.principal.title});
    add(out, u"Lifetime"_s, {item.lifetime});
    add(out, u"Signature"_s, {signature(item)});
    QStringList others;
    for (const base::Verdict& verdict : item.elsewhere)
        others.append(u"%1 (%2)"_s.arg(verdict.receiver, verdict.contract));
    add(out, u"Not meant for, by its audience"_s, others);
    add(out, u"Odd about it"_s, item.token->problems);
    add(out, u"Header"_s, members(item.token->header.root()), false, true);
    if (!item.token->isJwe())
        add(out, u"Claims"_s, members(item.token->payload.root()), false, true);
}

MatchGroup groupOf(const QString& title, const QList<base::Check>& checks)
{
    MatchGroup group {.title = title};
    qsizetype passes = 0;
    for (const base::Check& check : checks) {
        group.rows.append({.check = check, .presentedBy = check.presentedFrom});
        passes += check.outcome == base::Outcome::Pass;
    }
    group.summary = u"%1 of %2 pass"_s.arg(passes).arg(checks.size());
    group.folded = passes == checks.size();
    return group;
}

} // namespace

DiagnoseRow diagnoseRow(const Item& item)
{
    DiagnoseRow row {.title = sentence(item.label)};
    if (item.times > 1)
        row.title += u" (%1 times)"_s.arg(item.times);
    row.aside = !item.code.isEmpty() ? sentence(item.code)
        : !item.wrong.isEmpty()      ? sentence(item.wrong.front())
        : isRefused(item)            ? sentence(refusal(item))
        : !item.lifetime.isEmpty()    ? sentence(item.lifetime)
                                      : sentence(item.note);
    row.mixed = isMixed(item);
    if (isWrong(item))
        row.decision = base::Decision::Refuse;
    else if (!row.mixed && (item.verification.outcome == jose::Verified::Verified || firstOf(item, base::Decision::Accept)))
        row.decision = base::Decision::Accept;
    return row;
}

QList<DiagnoseSection> diagnoseSections(const Item& item)
{
    QList<DiagnoseSection> out;
    if (item.kind == ItemKind::Error)
        add(out, u"What it means"_s, {item.error ? item.error->meaning : u"This code is not known here: nothing is guessed about it."_s});
    QStringList wrong = item.wrong;
    if (item.error)
        wrong.removeAll(item.error->meaning); // it stands above
    add(out, u"What is wrong"_s, wrong);
    add(out, item.causes.size() > 1 ? u"Why, likeliest first"_s : u"Why"_s, item.causes, true);
    add(out, u"Fix"_s, {item.fix});
    add(out, u"Ask for"_s, item.ask, true);
    add(out, u"Good to know"_s, {item.note});
    add(out, u"In the vendor's words"_s, {item.said}, false, true);
    if (item.token)
        addToken(out, item);
    if (item.error)
        add(out, u"Source"_s, {u"%1 (%2)"_s.arg(item.error->source, item.error->certainty)});
    return out;
}

QList<MatchGroup> diagnoseGroups(const Item& item)
{
    QList<MatchGroup> groups;
    if (!item.verification.checks.isEmpty())
        groups.append(groupOf(item.token ? u"The token itself"_s : u"What the text tells of the comparison"_s, item.verification.checks));
    for (const base::Verdict& verdict : item.verdicts)
        groups.append(groupOf(u"%1: %2"_s.arg(verdict.receiver, verdict.contract), verdict.checks));
    return groups;
}

QString diagnoseSummary(const Inspection& inspection)
{
    const qsizetype wrong = std::ranges::count_if(inspection.items, isWrong), mixed = std::ranges::count_if(inspection.items, isMixed);
    const QString things = inspection.items.size() == 1 ? u"1 thing recognised"_s : u"%1 things recognised"_s.arg(inspection.items.size());
    if (wrong == 0 && mixed == 0)
        return things + u", nothing wrong is known of it"_s;
    QStringList parts {things};
    if (wrong)
        parts.append(u"%1 wrong"_s.arg(wrong));
    if (mixed)
        parts.append(u"%1 taken by one receiver and not by another"_s.arg(mixed));
    return parts.join(u", "_s);
}

QString questionsText(const Inspection& inspection)
{
    QString text;
    for (qsizetype i = 0; i < inspection.ask.size(); ++i)
        text += u"%1. %2\n"_s.arg(i + 1).arg(base::visible(inspection.ask[i]));
    return text;
}
