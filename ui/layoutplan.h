// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSize>

/// Which parts are shown at a window's size. All numbers are those of the drawings at u = 4, so a large font makes a window
/// behave like a small one.
struct LayoutPlan
{
    int rail = 232;
    bool shortRail = false;       ///< short step names, the state's word alone
    int explain = 300;
    bool explainIsTab = false;
    bool compactChain = false;
    int chain = 272;              ///< height
    bool toolLabels = true;       ///< "Setup" and "Flow" before the names
    bool toolWords = true;        ///< Run all and Reset with their words; else icons alone
    bool toolOverflow = false;    ///< Run all and Reset in a menu
    bool environmentChip = true;
    bool findingsOpen = true;     ///< at the start
    bool shortStatus = false;
    int padding = 16;             ///< of panes
    bool spare = false;           ///< every line counts: no status bar, no root of trust in the rail

    bool operator==(const LayoutPlan&) const = default;
};

LayoutPlan planFor(QSize window, int u);
/// The smallest window everything fits in.
QSize smallestWindow();
