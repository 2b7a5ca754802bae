// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/graph/chainlayout.h"
#include "ui/graph/chainroute.h"

#include <map>

/// Sizes of one form, in px at u = 4.
struct ChainMetrics
{
    qreal margin = 20;
    qreal header = 44;      ///< lane titles
    qreal heading = 0;      ///< title of a band, where there are several
    qreal nodeWidth = 150;
    qreal nodeHeight = 64;
    qreal smallHeight = 42;
    qreal gap = 84;
    qreal above = 0;        ///< over a row whose links carry posts
    qreal chipWidth = 126;
    qreal chipHeight = 0;
    qreal textBelow = 0;    ///< from the bottom of a node (full) or the middle of a gate (short) to the post's text
    qreal textHeight = 0;
    qreal textWidth = 0;
    qreal below = 0;        ///< under a row whose posts, plates or audit lines need the room
    qreal rowGap = 32;
    qreal leastWidth = 150; ///< of a node where there is too little
    qreal strip = 0;        ///< between rows, for a post on a vertical link
    qreal slim = 36;        ///< a plate that is its sign alone
    qreal slimGap = 48;
    qreal bottom = 8;
};

/// One layout being made: the grid first, then columns, rows, and what stands on them.
struct ChainPlan
{
    const chain::Chain& chain;
    const ChainLayoutOptions& options;
    ChainMetrics metrics {};
    ChainGrid grid {};
    QList<ChainRoute> routes {};
    QList<ChainCell> plates {};             ///< cell of each root plate; row noPlate where it is not drawn
    QList<bool> slim {};                    ///< of each root plate
    QList<bool> drawn {};                   ///< of each party
    QList<qreal> left {};                   ///< of each column
    QList<qreal> gate {};                   ///< of the first seat right of each column
    qreal seatPitch = 0;
    std::map<std::pair<int, int>, QRectF> rows {}; ///< by band and row; x is not used

    QRectF cellRect(const ChainCell& cell) const;
    QRectF nodeRect(int party) const;
    qreal textWidth(const QString& text, ChainFont font) const;
    bool isSmall(int party) const;
    int auditOf(int party) const; ///< index of the principal its audit log names; -1 where there is none
    bool hasPosts(int band, int row) const;
    bool hasVerticalGateAbove(int band, int row) const;

    static constexpr int noPlate = -1000;
};

void placePlates(ChainPlan& plan);
void placeColumns(ChainPlan& plan);
/// Returns the height of the whole.
qreal placeRows(ChainPlan& plan, ChainLayout& layout);
void drawPosts(const ChainPlan& plan, ChainLayout& layout);
void drawPlates(const ChainPlan& plan, ChainLayout& layout);
void drawAsks(const ChainPlan& plan, ChainLayout& layout);
void drawLanes(const ChainPlan& plan, ChainLayout& layout);
