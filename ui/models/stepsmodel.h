// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QAbstractListModel>

/// One step as the rail shows it.
struct StepRow
{
    QString id {};
    int number = 0;
    QString title {};
    QString shortTitle {};
    QString group {};            ///< heading above the first step of a group: "A. Secret on disk"; else empty
    flow::Party from {};
    flow::Party to {};
    flow::StepState state = flow::StepState::NotReached;
    std::optional<base::Decision> predicted {}; ///< of the step that Next will send
    bool isNext = false;
    QString word {};             ///< "Refused", "Predicted: accepted", "Waiting 00:42"
    QString aside {};            ///< "401 in 22 ms", "timed out"

    bool operator==(const StepRow&) const = default;
};
Q_DECLARE_METATYPE(StepRow)

/// The steps of the session's flow, their states and what Next will send.
class StepsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole, IdRole };

    explicit StepsModel(session::Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    int rowOf(const QString& stepId) const;

private:
    void refresh();

    session::Session& m_session;
    QList<StepRow> m_rows {};
};
