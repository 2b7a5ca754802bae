// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stepsmodel.h"

#include "steprow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Everything that the painted row says, as one sentence for assistive tools and type-ahead.
QString spoken(const StepRow& row)
{
    QString text = u"%1. %2, %3 to %4, %5"_s.arg(row.number).arg(row.title, askerWord(row.from), row.to.title, row.word);
    if (!row.aside.isEmpty())
        text += u' ' + row.aside;
    if (row.isNext)
        text += u", Next sends this step"_s;
    return text;
}

} // namespace

StepsModel::StepsModel(session::Session& session, QObject* parent)
    : QAbstractListModel(parent), m_session(session)
{
    for (const auto signal : {&session::Session::setupChanged, &session::Session::flowChanged, &session::Session::runChanged, &session::Session::waitingChanged})
        connect(&session, signal, this, &StepsModel::refresh);
    refresh();
}

int StepsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant StepsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StepRow& row = m_rows.at(index.row());
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case IdRole: return row.id;
    case Qt::DisplayRole: return u"%1. %2"_s.arg(row.number).arg(row.title);
    case Qt::AccessibleTextRole: return spoken(row);
    default: return {};
    }
}

int StepsModel::rowOf(const QString& stepId) const
{
    const auto it = std::ranges::find(m_rows, stepId, &StepRow::id);
    return it == m_rows.end() ? -1 : int(it - m_rows.begin());
}

void StepsModel::refresh()
{
    QList<StepRow> rows = stepRows(m_session);
    if (rows == m_rows)
        return;
    const bool sameSteps = std::ranges::equal(rows, m_rows, {}, &StepRow::id, &StepRow::id);
    if (!sameSteps) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    emit dataChanged(index(0), index(int(m_rows.size()) - 1));
}
