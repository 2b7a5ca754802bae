// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Where columns and rows of the grid lie, and which cell each root plate takes.

#include "ui/graph/chainlayout_p.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace {

int partyOf(const ChainPlan& plan, const chain::RootPlate& plate)
{
    const auto it = std::ranges::find(plan.chain.parties, plate.party, &chain::ChainParty::id);
    return it == plan.chain.parties.end() ? -1 : int(it - plan.chain.parties.begin());
}

/// Full form: below its party. Else: left of it, in the free cell there or as a sign of its own before the first column.
std::pair<ChainCell, bool> cellFor(const ChainPlan& plan, const chain::RootPlate& plate)
{
    const ChainCell none {.row = ChainPlan::noPlate};
    const int party = partyOf(plan, plate);
    // Who signs in is a party already: the plate would only repeat it.
    if (party < 0 || (plate.root == chain::Root::User && plan.options.form != ChainForm::Full))
        return {none, false};
    const ChainCell& owner = plan.grid.cells[party];
    const auto isFree = [&](const ChainCell& cell) {
        return plan.grid.isFree(cell.band, cell.row, cell.column) && !plan.plates.contains(cell);
    };
    if (plan.options.form == ChainForm::Full) {
        const ChainCell below {owner.column, owner.row + 1, owner.band};
        return {isFree(below) ? below : none, false};
    }
    const ChainCell beside {owner.column - 1, owner.row, owner.band};
    return {isFree(beside) ? beside : none, beside.column < 0 || plan.options.form == ChainForm::Compact};
}

/// How far a post's text may reach under the node on one side of its gap.
qreal overhang(const ChainPlan& plan, int column, bool rightEdge)
{
    qreal allowed = 28;
    for (const chain::Link& link : plan.chain.links) {
        if (!link.askFor)
            continue;
        const auto it = std::ranges::find(plan.chain.parties, link.from, &chain::ChainParty::id);
        if (rightEdge && it != plan.chain.parties.end() && plan.grid.cells[int(it - plan.chain.parties.begin())].column == column)
            allowed = std::min(allowed, plan.metrics.nodeWidth / 2 - 14 - plan.textWidth(u"asks for"_s, ChainFont::Caption));
    }
    if (!rightEdge && plan.grid.lanes[column] == chain::Lane::Downstream && !plan.chain.auditPrincipals.isEmpty())
        allowed = std::min(allowed, 12.0);
    return allowed;
}

bool hasElbow(const ChainPlan& plan, int gap)
{
    return std::ranges::any_of(plan.routes, [&](const ChainRoute& route) {
        return route.kind == ChainRoute::Kind::Elbow && plan.grid.cells[route.from].column == gap;
    });
}

/// Left and right of the gates in one gap.
std::pair<qreal, qreal> halves(const ChainPlan& plan, int gap)
{
    const ChainMetrics& m = plan.metrics;
    if (plan.options.form == ChainForm::Compact)
        return {m.gap / 2 + (hasElbow(plan, gap) ? 20 : 0), m.gap / 2};
    const bool full = plan.options.form == ChainForm::Full;
    const qreal toLeft = hasElbow(plan, gap) ? -24 : full ? overhang(plan, gap, true) : -4;
    const qreal toRight = full ? overhang(plan, gap + 1, false) : -4;
    return {std::max(m.gap / 2, m.textWidth / 2 + 2 - toLeft), std::max(m.gap / 2, m.textWidth / 2 + 2 - toRight)};
}

int seatsIn(const ChainPlan& plan, int gap)
{
    int seats = 1;
    for (const ChainRoute& route : plan.routes)
        if (route.kind != ChainRoute::Kind::None && route.gateOnRow && route.gap == gap)
            seats = std::max(seats, route.seats);
    return seats;
}

/// What is left of the width goes evenly into the gaps; what is missing comes out of the nodes, as far as names allow.
qreal spread(ChainPlan& plan, qreal natural)
{
    const qreal spare = plan.options.width - natural;
    const int gaps = plan.grid.columns() - 1;
    if (plan.options.width <= 0)
        return 0;
    if (spare > 0)
        return gaps > 0 ? std::min(std::floor(spare / gaps), 64.0) : 0;
    const qreal wanted = std::floor(plan.metrics.nodeWidth + spare / plan.grid.columns());
    plan.metrics.nodeWidth = std::max(plan.metrics.leastWidth, wanted);
    return 0;
}

qreal rowHeight(const ChainPlan& plan, int band, int row)
{
    for (int i = 0; i < plan.grid.cells.size(); ++i)
        if (plan.drawn[i] && plan.grid.cells[i].band == band && plan.grid.cells[i].row == row && !plan.isSmall(i))
            return plan.metrics.nodeHeight;
    return plan.metrics.smallHeight;
}

std::set<int> rowsOf(const ChainPlan& plan, int band)
{
    std::set<int> rows;
    for (int i = 0; i < plan.grid.cells.size(); ++i)
        if (plan.drawn[i] && plan.grid.cells[i].band == band)
            rows.insert(plan.grid.cells[i].row);
    for (const ChainCell& cell : plan.plates)
        if (cell.row != ChainPlan::noPlate && cell.band == band)
            rows.insert(cell.row);
    return rows;
}

/// Whether anything is written under the nodes of this row, or hangs from them.
bool needsBelow(const ChainPlan& plan, int band, int row)
{
    const auto inRow = [&](const ChainCell& cell) { return cell.band == band && cell.row == row; };
    for (int i = 0; i < plan.grid.cells.size(); ++i)
        if (inRow(plan.grid.cells[i]) && plan.auditOf(i) >= 0 && plan.options.form != ChainForm::Compact)
            return true;
    const bool plate = std::ranges::any_of(plan.plates, [&](const ChainCell& cell) { return cell.band == band && cell.row == row + 1; });
    return plan.options.form == ChainForm::Full && (plate || plan.hasPosts(band, row));
}

QString bandTitle(const ChainPlan& plan, int band, chain::Root& root)
{
    const QString& group = plan.grid.groups[band];
    for (const chain::RootPlate& plate : plan.chain.roots) {
        const int party = partyOf(plan, plate);
        if (party >= 0 && plan.grid.cells[party].band == band) {
            root = plate.root;
            if (plan.chain.groupTitles.contains(group))
                break;
            return group + u". "_s + (plate.title.isEmpty() ? chain::rootTitle(plate.root) : plate.title);
        }
    }
    return plan.chain.groupTitles.value(group, group);
}

void addBand(const ChainPlan& plan, ChainLayout& layout, int band, qreal top)
{
    ChainLayout::Band added {.top = top};
    added.title = bandTitle(plan, band, added.root);
    if (plan.grid.groups.size() > 1)
        added.heading = QRectF(plan.metrics.margin, top, plan.left.last() + plan.metrics.nodeWidth - plan.metrics.margin, plan.metrics.heading);
    layout.bands.append(added);
}

} // namespace

void placePlates(ChainPlan& plan)
{
    for (const chain::RootPlate& plate : plan.chain.roots) {
        const auto [cell, slim] = cellFor(plan, plate);
        plan.plates.append(cell);
        plan.slim.append(slim);
    }
}

void placeColumns(ChainPlan& plan)
{
    const ChainMetrics& m = plan.metrics;
    const bool slim = std::ranges::any_of(plan.plates, [](const ChainCell& cell) { return cell.row != ChainPlan::noPlate && cell.column < 0; });
    const qreal start = m.margin + (slim ? m.slim + m.slimGap : 0);
    qreal natural = start + m.margin + plan.grid.columns() * m.nodeWidth;
    for (int gap = 0; gap + 1 < plan.grid.columns(); ++gap) {
        const auto [before, after] = halves(plan, gap);
        natural += before + after + (seatsIn(plan, gap) - 1) * plan.seatPitch;
    }
    const qreal extra = spread(plan, natural);
    qreal x = start;
    for (int column = 0; column < plan.grid.columns(); ++column) {
        plan.left.append(x);
        x += m.nodeWidth;
        if (column + 1 == plan.grid.columns())
            break;
        const auto [before, after] = halves(plan, column);
        plan.gate.append(x + std::floor(before + extra / 2));
        x += before + after + extra + (seatsIn(plan, column) - 1) * plan.seatPitch;
    }
}

qreal placeRows(ChainPlan& plan, ChainLayout& layout)
{
    const ChainMetrics& m = plan.metrics;
    qreal y = m.header;
    for (int band = 0; band < plan.grid.groups.size(); ++band) {
        addBand(plan, layout, band, y);
        y += layout.bands.last().heading.height();
        bool first = true;
        bool roomBelow = false;
        for (int row : rowsOf(plan, band)) {
            if (!first)
                y += plan.hasVerticalGateAbove(band, row) ? m.strip : roomBelow ? 0 : m.rowGap;
            y += plan.hasPosts(band, row) ? m.above : 0;
            plan.rows[{band, row}] = QRectF(0, y, 0, rowHeight(plan, band, row));
            y += rowHeight(plan, band, row);
            roomBelow = needsBelow(plan, band, row);
            y += roomBelow ? m.below : 0;
            first = false;
        }
        y += roomBelow ? 0 : m.bottom;
        y += roomBelow && band + 1 == plan.grid.groups.size() ? m.bottom / 2 : 0;
        layout.bands.last().bottom = y;
        if (band + 1 < plan.grid.groups.size())
            y += 12;
    }
    return y;
}
