// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chaingrid.h"

#include <QMap>

#include <algorithm>
#include <set>

using chain::Lane;

namespace {

bool isFedFromDownstream(const chain::Chain& chain, const chain::ChainParty& party)
{
    return std::ranges::any_of(chain.links, [&](const chain::Link& link) {
        const chain::ChainParty* from = chain.party(link.from);
        return link.to == party.id && from && from != &party && from->lane == Lane::Downstream;
    });
}

/// Targets that one agent reaches stand below each other in one column; only a target behind a target goes further right.
int orderOf(const chain::Chain& chain, const chain::ChainParty& party)
{
    return party.lane == Lane::Downstream && !isFedFromDownstream(chain, party) ? -1 : party.column;
}

/// How many parties of one group stand left of this one in its lane.
int rankOf(const chain::Chain& chain, const chain::ChainParty& party)
{
    std::set<int> before;
    for (const chain::ChainParty& other : chain.parties)
        if (other.group == party.group && other.lane == party.lane && orderOf(chain, other) < orderOf(chain, party))
            before.insert(orderOf(chain, other));
    return int(before.size());
}

/// Groups are counted lane by lane each for itself: the second party of Entra is the second column of Entra in all of them.
QMap<std::pair<Lane, int>, int> columnsOf(const chain::Chain& chain)
{
    QMap<std::pair<Lane, int>, int> columns;
    for (const chain::ChainParty& party : chain.parties)
        columns.insert({party.lane, rankOf(chain, party)}, 0);
    int next = 0;
    for (int& column : columns)
        column = next++;
    return columns;
}

} // namespace

bool ChainGrid::isFree(int band, int row, int column) const
{
    return !cells.contains(ChainCell {column, row, band});
}

bool ChainGrid::isFreeBetween(int band, int row, int from, int to) const
{
    for (int column = std::min(from, to) + 1; column < std::max(from, to); ++column)
        if (!isFree(band, row, column))
            return false;
    return true;
}

QList<int> ChainGrid::rows(int band) const
{
    std::set<int> found;
    for (const ChainCell& cell : cells)
        if (cell.band == band)
            found.insert(cell.row);
    return {found.begin(), found.end()};
}

ChainGrid gridOf(const chain::Chain& chain)
{
    ChainGrid grid;
    const auto columns = columnsOf(chain);
    for (auto it = columns.keyBegin(); it != columns.keyEnd(); ++it)
        grid.lanes.append(it->first);
    for (const chain::ChainParty& party : chain.parties) {
        if (!grid.groups.contains(party.group))
            grid.groups.append(party.group);
        ChainCell cell {.column = columns.value({party.lane, rankOf(chain, party)}),
                        .row = party.row,
                        .band = int(grid.groups.indexOf(party.group))};
        while (!grid.isFree(cell.band, cell.row, cell.column))
            cell.row += cell.row < 0 ? -1 : 1;
        grid.cells.append(cell);
    }
    return grid;
}
