// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/report/difference.h"
#include "core/session/session.h"

#include <QAbstractListModel>

/// A step of two runs: a gate for each, and what tells them apart.
struct ComparedStep
{
    int number = 0;
    QString title {};
    std::optional<flow::StepState> left {}; ///< empty: this run has no such step
    std::optional<flow::StepState> right {};
    bool differs = false;
    QString word {};        ///< "same", "check subject", "only in A"
};
Q_DECLARE_METATYPE(ComparedStep)

class ComparedSteps : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole };

    ComparedSteps(const report::RunDifference& difference, const session::Session& left, const session::Session& right, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    const QList<ComparedStep>& steps() const { return m_steps; }

private:
    QList<ComparedStep> m_steps {};
};

/// Both chains above each other, with a frame around what is the same for the receivers: from some hop on, or up to one.
chain::Chain comparedChain(const report::RunDifference& difference, const session::Session& left, const session::Session& right);
