// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "ui/graph/chainlayout.h"

#include <Qt>

/// Something in the chain that can be selected and reached by keys.
struct ChainStop
{
    enum class Kind { Party, Root, Evidence, Gate, Contract };
    Kind kind {};
    int index = 0;         ///< into the layout's nodes, plates or posts
    QRectF rect {};
    base::Place place {};  ///< what selecting it means to all views
    base::Place opens {};  ///< where Enter leads
    QString text {};       ///< tooltip and spoken name, all that the compact form leaves out included
};

QList<ChainStop> stopsOf(const chain::Chain& chain, const ChainLayout& layout, base::Instant now);

/// The stop that shows a place: the very one, else the gate of its step. -1 when the chain does not show it.
int stopAt(const QList<ChainStop>& stops, const chain::Chain& chain, const base::Place& place);
/// The neighbour in the direction of an arrow key, along the links first; -1 when there is none.
int stopToward(const QList<ChainStop>& stops, int from, Qt::Key key);

/// "23 h 54 min left", "not issued", "ended 6 min 19 s ago"; empty where the evidence has no lifetime.
QString lifetimeText(const chain::Link& link, base::Instant now);
bool isIssued(const chain::Link& link);
