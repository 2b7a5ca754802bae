// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/report/difference.h"
#include "core/session/session.h"
#include "ui/models/rowsmodel.h"

/// One line of the Difference tab: a heading, something that differs, what is the same, what changes each time.
struct DifferenceRow
{
    enum class Kind { Heading, Differs, Same, Volatile };
    Kind kind {};
    QString what {};
    QString left {};
    QString right {};
    bool same = false;      ///< a heading alone: nothing below it differs
    bool fixed = false;     ///< left and right are values of the wire
    QString meaning {};
    base::Place at {};      ///< where it is shown; empty of the runs as a whole
    bool onRight = false;   ///< the place is one of the right run
    qsizetype step = -1;    ///< the compared step it belongs to

    bool operator==(const DifferenceRow&) const = default;
};

/// Step by step, differing things first; the runs as a whole before them, the findings of one run alone after.
QList<DifferenceRow> differenceRows(const report::RunDifference& difference, const session::Session& left, const session::Session& right);

class DifferenceModel : public RowsModel<DifferenceRow>
{
    Q_OBJECT
public:
    enum Columns { What, Left, Right, Relation, Meaning };
    enum Role { KindRole = Qt::UserRole, RelationRole, FixedRole };

    /// `left` and `right` head their columns.
    DifferenceModel(const QString& left, const QString& right, QObject* parent = nullptr);
};

/// "differs", "same", "volatile"
QString relationWord(DifferenceRow::Kind kind);
/// The table as tab-separated lines.
QString differenceTable(const DifferenceModel& model);
