// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wirerows.h"

#include <QAbstractListModel>

/// The lines of one message.
class WireModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole };
    using QAbstractListModel::QAbstractListModel;

    void setRows(const QList<WireRow>& rows);
    const QList<WireRow>& rows() const { return m_rows; }
    void toggle(int row);              ///< whole value or one line
    int rowOf(const QString& name) const; ///< first field of that name; -1

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<WireRow> m_rows {};
};
