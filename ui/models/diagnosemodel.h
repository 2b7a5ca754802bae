// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/diagnosecontent.h"

#include <QAbstractListModel>

Q_DECLARE_METATYPE(DiagnoseRow)

/// The parts of an inspection, in the order in which they stand in what was pasted.
class DiagnoseModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    void setInspection(diagnosis::Inspection inspection);
    const diagnosis::Inspection& inspection() const { return m_inspection; }
    /// The first part that something is wrong with; else the first.
    int worst() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    diagnosis::Inspection m_inspection {};
};
