// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/inventory.h"

#include <QAbstractTableModel>

/// The agents of a setup, one a row: who owns and may invoke it, what it reaches and can broker, whether it is dormant or too
/// wide. What is not known says so.
class InventoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        HeadRole = Qt::UserRole, ///< the agent's title, in its first column
        KnownRole,               ///< bool
        AlarmRole                ///< bool: dormant, or too wide
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setAgents(QList<diagnosis::AgentRecord> agents);
    const QList<diagnosis::AgentRecord>& agents() const { return m_agents; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<diagnosis::AgentRecord> m_agents {};
};
