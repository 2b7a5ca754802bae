// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTableView>

class DifferenceModel;

/// The Difference tab's rows: what differs stands out, what is the same is quiet, what changes each time is muted.
class DifferenceTable : public QTableView
{
    Q_OBJECT
public:
    explicit DifferenceTable(DifferenceModel* model, QWidget* parent = nullptr);

    /// Hides what is the same and what changes each time.
    void setOnlyDifferences(bool only);
    /// Chooses the heading of a step, unless one of its rows is chosen.
    void showStep(qsizetype step);
    /// The next row that differs, from the one chosen.
    void goToDifference(int direction);

signals:
    void rowChosen(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void settleColumns();
    void fitRows();

    DifferenceModel* m_rows;
    bool m_only = false;
    bool m_following = false; ///< the selection came from elsewhere
};
