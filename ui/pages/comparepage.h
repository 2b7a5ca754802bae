// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/recorded.h"

#include <QWidget>

#include <memory>

namespace report { struct RunDifference; }
namespace session { class Session; }
class TabPane;

/// One of two runs to compare.
struct ComparedRun
{
    diagnosis::Recorded recorded {};
    QString name {};        ///< "friday.json", "this run"
};

/// Two runs side by side: their chains above each other on the same lanes, a rail with two gates a step, what differs first,
/// then every view of both. Nothing of either is sent.
class ComparePage : public QWidget
{
    Q_OBJECT
public:
    ComparePage(const ComparedRun& left, const ComparedRun& right, QWidget* parent = nullptr);
    ~ComparePage() override;

    const report::RunDifference& difference() const;
    session::Session& left() const;
    session::Session& right() const;
    TabPane& tabs() const;
    void goToDifference(int direction); ///< on the Difference tab
    void viewStep(int direction);       ///< earlier or later
    void setRedaction(bool on);

signals:
    void closed();
    void swapped();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Parts;
    QWidget* createHead();
    void createBody();
    void createTabs();
    void select(int side, const base::Place& place);
    void selectStep(int row);
    void explain();
    void follow(const base::Place& place);
    std::unique_ptr<Parts> m;
};
