// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "findingsmodel.h"

#include "placetext.h"
#include "ui/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString counted(qsizetype count, const QString& word)
{
    return u"%1 %2%3"_s.arg(count).arg(word, count == 1 ? QString() : u"s"_s);
}

} // namespace

FindingsModel::FindingsModel(session::Session& session, QObject* parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(&session, &session::Session::setupChanged, this, &FindingsModel::refresh);
    connect(&session, &session::Session::runChanged, this, &FindingsModel::refresh);
    refresh();
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FindingRow& row = m_rows.at(index.row());
    const base::Finding& finding = row.finding;
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return finding.text;
    case Qt::AccessibleTextRole:
        return u"%1, %2: %3 %4. Fix: %5"_s.arg(theme::severityWord(finding.severity), finding.rule, finding.text, row.place, finding.fix);
    default: return {};
    }
}

QString FindingsModel::key(const base::Finding& finding)
{
    return finding.rule + u'|' + finding.place.step + u'|' + finding.place.pointer;
}

void FindingsModel::toggleFix(int row)
{
    const QString which = key(finding(row));
    if (!m_open.remove(which))
        m_open.insert(which);
    m_rows[row].open = m_open.contains(which);
    emit dataChanged(index(row), index(row));
}

void FindingsModel::refresh()
{
    QList<FindingRow> rows;
    for (const base::Finding& finding : m_session.findings())
        rows.append({finding, placeText(m_session, finding.place), m_open.contains(key(finding))});
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    emit refreshed();
}

QString FindingsModel::summary() const
{
    const auto count = [this](base::Severity severity) {
        return std::ranges::count(m_rows, severity, [](const FindingRow& row) { return row.finding.severity; });
    };
    QStringList parts;
    if (const auto n = count(base::Severity::Error))
        parts.append(counted(n, u"error"_s));
    if (const auto n = count(base::Severity::Warning))
        parts.append(counted(n, u"warning"_s));
    if (const auto n = count(base::Severity::Info))
        parts.append(counted(n, u"note"_s));
    return parts.isEmpty() ? u"none"_s : parts.join(", "_L1);
}
