// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "wiremodel.h"

using namespace Qt::StringLiterals;

void WireModel::setRows(const QList<WireRow>& rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void WireModel::toggle(int row)
{
    m_rows[row].open = !m_rows[row].open;
    emit dataChanged(index(row), index(row));
}

int WireModel::rowOf(const QString& name) const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].kind == WireRow::Kind::Field && m_rows[i].name == name)
            return int(i);
    return -1;
}

int WireModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant WireModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WireRow& row = m_rows.at(index.row());
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.name.isEmpty() ? row.value : row.name;
    case Qt::AccessibleTextRole: {
        const QString text = row.kind == WireRow::Kind::Section ? row.name : u"%1 %2"_s.arg(row.name, row.value).trimmed();
        return row.origin.isEmpty() ? text : u"%1, from %2"_s.arg(text, row.origin);
    }
    default: return {};
    }
}
