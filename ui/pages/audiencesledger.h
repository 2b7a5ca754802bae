// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTableView>

class AudiencesModel;

/// The ledger's table, as high as its rows: the lifetimes below scroll with it.
class AudiencesLedger : public QTableView
{
    Q_OBJECT
public:
    AudiencesLedger(AudiencesModel* model, QWidget* parent);
    void fitRows();
    void selectLine(int row); ///< -1: none

signals:
    void lineChosen(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void settleColumns();
};
