// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainroute.h"

#include <map>

#include <algorithm>

using Kind = ChainRoute::Kind;

namespace {

int indexOf(const chain::Chain& chain, const QString& party)
{
    const auto it = std::ranges::find(chain.parties, party, &chain::ChainParty::id);
    return it == chain.parties.end() ? -1 : int(it - chain.parties.begin());
}

/// The last trust border between two columns; -1 when both are in one lane.
int borderBetween(const ChainGrid& grid, int from, int to)
{
    for (int gap = to - 1; gap >= from; --gap)
        if (grid.lanes[gap] != grid.lanes[gap + 1])
            return gap;
    return -1;
}

bool canDrop(const ChainGrid& grid, const ChainCell& from, const ChainCell& to)
{
    return grid.isFreeBetween(from.band, from.row, from.column, to.column + 1) && std::abs(from.row - to.row) == 1;
}

Kind kindOf(const ChainGrid& grid, const ChainCell& from, const ChainCell& to)
{
    if (from.column == to.column)
        return Kind::Vertical;
    if (from.column > to.column)
        return Kind::Around;
    if (from.row == to.row)
        return grid.isFreeBetween(from.band, from.row, from.column, to.column) ? Kind::Straight : Kind::Around;
    return canDrop(grid, from, to) ? Kind::Drop : Kind::Elbow;
}

void placeGate(ChainRoute& route, const ChainGrid& grid, const ChainCell& from, const ChainCell& to)
{
    const int border = borderBetween(grid, from.column, to.column);
    route.gap = border >= 0 ? border : to.column - 1;
    route.row = route.kind == Kind::Drop ? from.row : to.row;
    route.gateOnRow = route.kind == Kind::Straight || (route.kind == Kind::Drop && border >= 0);
    if (route.kind == Kind::Elbow) {
        route.gateOnRow = true;
        route.gap = to.column - 1;
    }
}

ChainRoute routeOf(const chain::Chain& chain, const ChainGrid& grid, int index)
{
    const chain::Link& link = chain.links[index];
    ChainRoute route {.link = index, .from = indexOf(chain, link.from), .to = indexOf(chain, link.to)};
    if (route.from < 0 || route.to < 0 || route.from == route.to)
        return route;
    const ChainCell& from = grid.cells[route.from];
    const ChainCell& to = grid.cells[route.to];
    route.kind = kindOf(grid, from, to);
    placeGate(route, grid, from, to);
    return route;
}

void giveSeats(QList<ChainRoute>& routes, const ChainGrid& grid)
{
    std::map<std::tuple<int, int, int>, int> used;
    const auto place = [&](const ChainRoute& route) {
        return std::tuple {grid.cells[route.from].band, route.row, route.gap};
    };
    for (ChainRoute& route : routes)
        if (route.kind != Kind::None && route.gateOnRow)
            route.seat = used[place(route)]++;
    for (ChainRoute& route : routes)
        if (route.kind != Kind::None && route.gateOnRow)
            route.seats = used[place(route)];
}

} // namespace

QList<ChainRoute> routesOf(const chain::Chain& chain, const ChainGrid& grid)
{
    QList<ChainRoute> routes;
    for (int i = 0; i < chain.links.size(); ++i)
        if (!chain.links[i].askFor)
            routes.append(routeOf(chain, grid, i));
    giveSeats(routes, grid);
    return routes;
}
