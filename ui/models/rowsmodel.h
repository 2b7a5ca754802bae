// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractTableModel>

#include <functional>

/// A flat model over values: the tedious half of it, once. A concrete model is a table of columns.
template <typename Row>
class RowsModel : public QAbstractTableModel
{
public:
    struct Column
    {
        QString title {};
        std::function<QVariant(const Row&, int role)> data {};
    };

    RowsModel(QList<Column> columns, QObject* parent) : QAbstractTableModel(parent), m_columns(std::move(columns)) {}

    void setRows(QList<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    const QList<Row>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_columns.size()); }

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        return m_columns[index.column()].data(m_rows[index.row()], role);
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= m_columns.size())
            return {};
        return m_columns[section].title;
    }

private:
    QList<Column> m_columns;
    QList<Row> m_rows {};
};
