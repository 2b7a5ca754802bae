// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "differencerows.h"

#include "core/base/text.h"
#include "core/chain/claimcatalogue.h"
#include "ui/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = DifferenceRow::Kind;
using session::Session;

namespace {

const base::Check* checkIn(const Session& session, const base::Place& at)
{
    const flow::StepRecord* record = session.record(at.step);
    if (!record)
        return nullptr;
    for (const auto* verdict : {&record->truth, &record->predicted}) {
        if (!*verdict)
            continue;
        const auto found = std::ranges::find((*verdict)->checks, at.claim, &base::Check::id);
        if (found != (*verdict)->checks.end())
            return &*found;
    }
    return nullptr;
}

bool isCheck(const report::Difference& d) { return d.at.part == u"match" && !d.at.claim.isEmpty(); }

/// The two runs and the steps of them that a row is about.
struct Both
{
    const report::StepDifference& step;
    const Session& left;
    const Session& right;

    base::Place onRight(base::Place at) const
    {
        at.step = step.rightId;
        return at;
    }
};

/// Why the one that fails does.
QString meaningOfCheck(const report::Difference& d, const Both& both)
{
    for (const base::Check* check : {checkIn(both.left, d.at), checkIn(both.right, both.onRight(d.at))})
        if (check && check->outcome == base::Outcome::Fail)
            return check->near ? check->near->text : check->fix.isEmpty() ? check->relation : check->fix;
    return {};
}

QString meaningOf(const report::Difference& d, const Both& both)
{
    if (isCheck(d))
        return meaningOfCheck(d, both);
    if (d.at.part.startsWith(u"token:"))
        if (const chain::ClaimEntry* entry = chain::claimEntry(d.name, d.kind == u"header"))
            return entry->meaning;
    return {};
}

QString stateWord(const Session& session, const QString& step)
{
    return session.flow().step(step) ? theme::stateWord(session.run().state(step)) : u"Not there"_s;
}

/// "fail" of a check is its word; an outcome of a step, too.
QString wordOf(const QString& value)
{
    for (const base::Outcome outcome : {base::Outcome::Pass, base::Outcome::Fail, base::Outcome::NotEvaluated, base::Outcome::Warning})
        if (base::outcomeName(outcome) == value)
            return theme::outcomeWord(outcome);
    return value;
}

/// What was compared beside its word: the value says more than "fails".
QString shownIn(const report::Difference& d, const QString& value, const Session& session, const base::Place& at)
{
    if (value.isEmpty())
        return u"absent"_s;
    if (!isCheck(d))
        return base::visible(value);
    const base::Check* check = checkIn(session, at);
    return check && !check->presented.isEmpty() ? u"%1: %2"_s.arg(wordOf(value), base::visible(setup::unbound(check->presented, session.bindings()))) : wordOf(value);
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

DifferenceRow rowOf(const report::Difference& d, const Both& both)
{
    if (d.place == u"state")
        return {.kind = Kind::Differs, .what = u"State"_s, .left = stateWord(both.left, both.step.leftId), .right = stateWord(both.right, both.step.rightId), .at = d.at};
    const bool plain = isCheck(d);
    return {.kind = Kind::Differs, .what = capitalised(d.place), .left = shownIn(d, d.left, both.left, d.at), .right = shownIn(d, d.right, both.right, both.onRight(d.at)), .fixed = !plain,
        .meaning = meaningOf(d, both), .at = d.at};
}

/// "Claims aud, iss of T1", in one line whatever their number.
QString listed(const report::Same& same)
{
    constexpr qsizetype most = 4;
    const QString names = same.names.size() > most ? u"%1 and %2 more"_s.arg(same.names.first(most - 1).join(u", "_s)).arg(same.names.size() - most + 1) : same.names.join(u", "_s);
    const bool several = same.names.size() > 1 && !same.kind.isEmpty() && same.kind != u"request";
    const QString kind = same.kind.isEmpty() ? QString() : QString(same.kind + (several ? u"s "_s : u" "_s));
    return capitalised(kind + names) + (same.of.isEmpty() ? QString() : QString(u" of "_s + same.of));
}

/// "kid, iat, nbf of T0 and 3 more"
QString movingIn(const report::StepDifference& step, qsizetype& count)
{
    QStringList names;
    for (const report::Difference& d : step.differences)
        if (d.isVolatile)
            names.append(d.name.isEmpty() ? d.place : d.name);
    count = names.size();
    names.removeDuplicates();
    return names.join(u", "_s);
}

QString countsOf(qsizetype same, qsizetype moving)
{
    return (same == 1 ? u"1 value is the same"_s : u"%1 values are the same"_s.arg(same))
        + (moving == 0 ? u"."_s : moving == 1 ? u", 1 changes on each run."_s : u", %1 change on each run."_s.arg(moving));
}

/// A step that is the same in both is one line; of one that differs, what differs comes first.
QList<DifferenceRow> stepRows(const Both& both, int number)
{
    const report::StepDifference& step = both.step;
    const base::Place at {.step = step.id};
    DifferenceRow heading {.kind = Kind::Heading, .what = u"%1. %2"_s.arg(number).arg(step.title), .left = stateWord(both.left, step.leftId), .right = stateWord(both.right, step.rightId), .same = !step.differs(), .at = at};
    qsizetype same = 0, moving = 0;
    for (const report::Same& each : step.same)
        same += each.names.size();
    const QString names = movingIn(step, moving);
    if (heading.same)
        heading.meaning = countsOf(same, moving);
    QList<DifferenceRow> rows {heading};
    if (heading.same)
        return rows;
    for (const report::Difference& d : step.differences)
        if (!d.isVolatile)
            rows.append(rowOf(d, both));
    for (const report::Same& each : step.same)
        rows.append({.kind = Kind::Same, .what = listed(each), .left = u"same values"_s, .right = u"same values"_s, .at = at});
    if (moving)
        rows.append({.kind = Kind::Volatile, .what = names, .left = u"differ"_s, .right = u"differ"_s, .meaning = u"Different on each run."_s, .at = at});
    return rows;
}

/// What one run was found to have and the other was not.
void addFindings(QList<DifferenceRow>& rows, const report::RunDifference& difference)
{
    const qsizetype lefts = difference.findings.onlyLeft.size(), rights = difference.findings.onlyRight.size();
    if (lefts + rights == 0)
        return;
    rows.append({.kind = Kind::Heading, .what = u"Findings of one run alone"_s, .left = QString::number(lefts), .right = QString::number(rights)});
    for (const bool onRight : {false, true})
        for (const base::Finding& f : onRight ? difference.findings.onlyRight : difference.findings.onlyLeft) {
            const QString title = base::visible(f.title), absent = u"absent"_s;
            rows.append({.kind = Kind::Differs, .what = f.rule, .left = onRight ? absent : title, .right = onRight ? title : absent, .meaning = base::visible(f.fix.isEmpty() ? f.text : f.fix),
                .at = f.place, .onRight = onRight, .step = difference.indexOf(f.place.step, onRight)});
        }
}

QVariant cell(const DifferenceRow& row, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole: {
        const QString texts[] {row.what, row.left, row.right, row.kind == Kind::Heading && !row.same ? QString() : relationWord(row.same ? Kind::Same : row.kind), row.meaning};
        return texts[column];
    }
    case DifferenceModel::KindRole: return int(row.kind);
    case DifferenceModel::RelationRole: return int(row.same ? Kind::Same : row.kind);
    case DifferenceModel::FixedRole: return row.fixed && (column == DifferenceModel::Left || column == DifferenceModel::Right);
    case Qt::AccessibleTextRole: return u"%1: %2, %3, %4"_s.arg(row.what, row.left, row.right, row.kind == Kind::Heading ? row.meaning : relationWord(row.kind));
    default: return {};
    }
}

DifferenceModel::Column column(const QString& title, int number)
{
    return {title, [number](const DifferenceRow& row, int role) { return cell(row, number, role); }};
}

} // namespace

QList<DifferenceRow> differenceRows(const report::RunDifference& difference, const Session& left, const Session& right)
{
    QList<DifferenceRow> rows;
    for (const bool differs : {true, false})
        for (const report::Overall& each : difference.overall)
            if (each.differs() == differs)
                rows.append({.kind = differs ? Kind::Differs : each.isHidden ? Kind::Volatile : Kind::Same, .what = each.what, .left = base::visible(each.left), .right = base::visible(each.right),
                    .meaning = each.isHidden ? u"A bundle has a pseudonym for it."_s : QString()});
    for (qsizetype i = 0; i < difference.steps.size(); ++i) {
        const report::StepDifference& step = difference.steps[i];
        for (DifferenceRow& row : stepRows({step, left, right}, int(i) + 1)) {
            row.onRight = step.leftId.isEmpty();
            row.step = i;
            rows.append(std::move(row));
        }
    }
    addFindings(rows, difference);
    return rows;
}

DifferenceModel::DifferenceModel(const QString& left, const QString& right, QObject* parent)
    : RowsModel({column(u"Compared"_s, What), column(u"A. "_s + left, Left), column(u"B. "_s + right, Right), column({}, Relation), column(u"Meaning"_s, Meaning)}, parent)
{
}

QString relationWord(Kind kind)
{
    switch (kind) {
    case Kind::Differs: return u"differs"_s;
    case Kind::Same: return u"same"_s;
    case Kind::Volatile: return u"volatile"_s;
    case Kind::Heading: break;
    }
    return {};
}

QString differenceTable(const DifferenceModel& model)
{
    QStringList lines;
    QStringList head;
    for (int c = 0; c < model.columnCount(); ++c)
        head.append(model.headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
    lines.append(head.join(u'\t'));
    for (int r = 0; r < model.rowCount(); ++r) {
        QStringList cells;
        for (int c = 0; c < model.columnCount(); ++c)
            cells.append(model.index(r, c).data().toString());
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}
