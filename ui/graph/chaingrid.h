// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"

/// Which cell of the drawing a party stands in. Lanes are runs of columns, so that one border divides all rows.
struct ChainCell
{
    int column = 0;
    int row = 0;  ///< -1 user row, 0 main row, 1 and more below
    int band = 0; ///< index into ChainGrid::groups
    bool operator==(const ChainCell&) const = default;
};

/// A chain on a grid: decided by lane and order alone, so the same setup gives the same picture whatever the run did.
struct ChainGrid
{
    QStringList groups {};           ///< "" where the flow has none; else "A", "B", stacked
    QList<ChainCell> cells {};       ///< one for each party of the chain, in its order
    QList<chain::Lane> lanes {};     ///< of each column
    int columns() const { return int(lanes.size()); }

    bool isFree(int band, int row, int column) const;
    /// Whether all cells of a row strictly between two columns are free.
    bool isFreeBetween(int band, int row, int from, int to) const;
    QList<int> rows(int band) const; ///< in use, from top to bottom
};

ChainGrid gridOf(const chain::Chain& chain);
