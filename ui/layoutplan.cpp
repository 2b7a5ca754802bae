// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "layoutplan.h"

#include <algorithm>

LayoutPlan planFor(QSize window, int u)
{
    const int w = window.width() * 4 / u;
    const int h = window.height() * 4 / u;
    LayoutPlan plan;
    plan.toolLabels = w >= 1280;
    plan.explain = w >= 1280 ? 300 : 260;
    plan.padding = w >= 1200 ? 16 : 12;
    plan.explainIsTab = w < 1160;
    plan.toolWords = w >= 1160;
    plan.environmentChip = w >= 1160;
    plan.shortRail = w < 1100;
    plan.rail = plan.shortRail ? 152 : 232;
    plan.toolOverflow = w < 900;
    plan.shortStatus = w < 1100;
    plan.compactChain = w < 1100 || h < 760;
    plan.chain = plan.compactChain ? 104 : std::max(200, h * 272 / 900);
    plan.spare = h < 440;
    plan.findingsOpen = w >= 1160 && h >= 760;
    return plan;
}

QSize smallestWindow()
{
    return {960, 640};
}
