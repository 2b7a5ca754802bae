// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/graph/chaingrid.h"

/// Which way a link goes over the grid and where its gate stands, before any pixel is known.
struct ChainRoute
{
    enum class Kind {
        None,     ///< an end is not drawn
        Straight, ///< along a row
        Drop,     ///< along the source's row, then into the target from above or below
        Elbow,    ///< up or down in the gap beside the source, then along the target's row
        Vertical, ///< within a column
        Around    ///< below everything, for a link that goes back
    };
    Kind kind = Kind::None;
    int link = 0;      ///< index into Chain::links
    int from = 0;      ///< index into Chain::parties
    int to = 0;
    bool gateOnRow = true; ///< else on the vertical part
    int row = 0;       ///< of the gate, when it is on a row
    int gap = 0;       ///< right of this column
    int seat = 0;      ///< several gates in one gap stand beside each other
    int seats = 1;
};

/// One route for each link that is not an "asks for".
QList<ChainRoute> routesOf(const chain::Chain& chain, const ChainGrid& grid);
