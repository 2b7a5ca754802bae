// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The lines of a chain: links with their posts, plates with theirs, what is asked for, and the lane borders.

#include "ui/graph/chainlayout_p.h"

#include <algorithm>
#include <map>

using Kind = ChainRoute::Kind;

namespace {

constexpr qreal elbowAt = 16; ///< beside the node where a link turns
constexpr qreal clear = 4;    ///< what a border leaves free around things that stand on it

qreal gateX(const ChainPlan& plan, const ChainRoute& route) { return plan.gate[route.gap] + route.seat * plan.seatPitch; }

/// The middle of the strip above the lower of two rows.
qreal stripY(const ChainPlan& plan, const ChainRoute& route)
{
    const ChainCell& from = plan.grid.cells[route.from];
    const int lower = std::max(from.row, plan.grid.cells[route.to].row);
    return plan.rows.at({from.band, lower}).top() - (plan.hasPosts(from.band, lower) ? plan.metrics.above : 0) - plan.metrics.strip / 2;
}

QPolygonF straightPath(const ChainPlan& plan, const ChainRoute& route, const QRectF& from, const QRectF& to)
{
    const qreal y = from.center().y();
    const qreal start = route.seat == 0 ? from.right() : gateX(plan, route) - plan.seatPitch + gateRadius;
    const qreal end = route.seat + 1 == route.seats ? to.left() : gateX(plan, route) + gateRadius;
    return QPolygonF {{{start, y}, {end, y}}};
}

QPolygonF dropPath(const QRectF& from, const QRectF& to)
{
    const qreal x = to.center().x();
    const qreal end = from.center().y() < to.top() ? to.top() : to.bottom();
    return QPolygonF {{{from.right(), from.center().y()}, {x, from.center().y()}, {x, end}}};
}

QPolygonF elbowPath(const QRectF& from, const QRectF& to)
{
    const qreal x = from.right() + elbowAt;
    return QPolygonF {{{from.right(), from.center().y()}, {x, from.center().y()}, {x, to.center().y()}, {to.left(), to.center().y()}}};
}

QPolygonF verticalPath(const QRectF& from, const QRectF& to, qreal shift)
{
    const qreal x = from.center().x() + shift;
    return from.top() < to.top() ? QPolygonF {{{x, from.bottom()}, {x, to.top()}}} : QPolygonF {{{x, from.top()}, {x, to.bottom()}}};
}

QPolygonF aroundPath(const QRectF& from, const QRectF& to)
{
    const qreal y = std::max(from.bottom(), to.bottom()) + 10;
    const qreal x1 = from.center().x() - 30;
    const qreal x2 = to.center().x() + 30;
    return QPolygonF {{{x1, from.bottom()}, {x1, y}, {x2, y}, {x2, to.bottom()}}};
}

QPolygonF pathOf(const ChainPlan& plan, const ChainRoute& route, qreal shift)
{
    const QRectF from = plan.nodeRect(route.from);
    const QRectF to = plan.nodeRect(route.to);
    switch (route.kind) {
    case Kind::Straight: return straightPath(plan, route, from, to);
    case Kind::Drop: return dropPath(from, to);
    case Kind::Elbow: return elbowPath(from, to);
    case Kind::Vertical: return verticalPath(from, to, shift);
    case Kind::Around: return aroundPath(from, to);
    case Kind::None: break;
    }
    return {};
}

QPointF gateOf(const ChainPlan& plan, const ChainRoute& route, const QPolygonF& path)
{
    if (route.kind == Kind::Around)
        return (path[1] + path[2]) / 2;
    if (!route.gateOnRow)
        return {path.last().x(), stripY(plan, route)};
    const ChainCell& owner = plan.grid.cells[route.from];
    return {gateX(plan, route), plan.rows.at({owner.band, route.row}).center().y()};
}

/// Evidence above the gate, contract below.
void setOnRow(const ChainPlan& plan, ChainLayout::Post& post, const QRectF& row)
{
    const ChainMetrics& m = plan.metrics;
    const qreal x = post.gate.x();
    if (m.chipHeight > 0)
        post.chip = QRectF(x - m.chipWidth / 2, row.top() - m.above, m.chipWidth, m.chipHeight);
    post.bar = plan.options.form == ChainForm::Full;
    const qreal top = post.bar ? row.bottom() + m.textBelow : post.gate.y() + m.textBelow;
    if (m.textHeight > 0)
        post.text = QRectF(x - m.textWidth / 2, top, m.textWidth, m.textHeight);
}

/// Evidence left of the gate, contract right of it.
void setOnStrip(const ChainPlan& plan, ChainLayout::Post& post)
{
    const ChainMetrics& m = plan.metrics;
    const QPointF gate = post.gate;
    switch (plan.options.form) {
    case ChainForm::Full:
        post.chip = QRectF(gate.x() - 16 - 88, gate.y() - 12, 88, 24);
        post.text = QRectF(gate.x() + 14, gate.y() - 16, m.nodeWidth / 2 - 1, 32);
        post.align = Qt::AlignLeft;
        break;
    case ChainForm::Short:
        post.text = QRectF(gate.x() - 16 - 96, gate.y() - 17, 96, 30);
        post.align = Qt::AlignRight;
        break;
    case ChainForm::Compact:
        post.chip = QRectF(gate.x() - 14 - 48, gate.y() - 8, 48, 16);
        break;
    }
}

void placeInline(const ChainPlan& plan, ChainLayout::Plate& plate, const ChainCell& cell, const QRectF& party)
{
    const ChainMetrics& m = plan.metrics;
    const QRectF row = plan.rows.at({cell.band, cell.row});
    const qreal side = std::min(m.slim, row.height());
    const qreal left = cell.column < 0 ? m.margin : plan.left[cell.column] + (plate.slim ? m.nodeWidth - side : 0);
    plate.rect = plate.slim ? QRectF(left, row.center().y() - side / 2, side, side) : QRectF(left, row.top(), m.nodeWidth, row.height());
    plate.path = QPolygonF {{{plate.rect.right(), row.center().y()}, {party.left(), row.center().y()}}};
    plate.gate = QPointF(cell.column < 0 ? (plate.rect.right() + party.left()) / 2 : plan.gate[cell.column], row.center().y());
    if (!plate.slim && m.textHeight > 0)
        plate.label = QRectF(plate.gate.x() - m.textWidth / 2, plate.gate.y() + m.textBelow, m.textWidth, m.textHeight);
}

void placeBelow(const ChainPlan& plan, ChainLayout::Plate& plate, const ChainCell& cell, const QRectF& party)
{
    plate.rect = plan.cellRect(cell);
    plate.rect.setHeight(plan.metrics.smallHeight);
    const qreal x = party.center().x();
    plate.path = QPolygonF {{{x, plate.rect.top()}, {x, party.bottom()}}};
    plate.gate = QPointF(x, (plate.rect.top() + party.bottom()) / 2 - 4);
    // A post's text may reach under the node from the left, except before the first column.
    if (cell.column == 0)
        plate.label = QRectF(party.left() - 16, plate.gate.y() - 8, x - 16 - party.left() + 16, 16);
}

QList<QRectF> obstacles(const ChainLayout& layout)
{
    QList<QRectF> found;
    for (const ChainLayout::Post& post : layout.posts) {
        const QRectF gate(post.gate.x() - gateRadius, post.gate.y() - gateRadius, 2 * gateRadius, 2 * gateRadius);
        found += {post.chip, post.text, gate};
    }
    for (const ChainLayout::Plate& plate : layout.plates)
        found += {plate.rect, plate.label, QRectF(plate.gate.x() - gateRadius, plate.gate.y() - gateRadius, 2 * gateRadius, 2 * gateRadius)};
    for (const ChainLayout::Node& node : layout.nodes)
        found += node.rect;
    return found;
}

/// A vertical line with holes where something stands on it.
void addBorder(ChainLayout& layout, qreal x)
{
    std::map<qreal, qreal> holes;
    for (const QRectF& rect : obstacles(layout))
        if (!rect.isEmpty() && rect.left() - 1 < x && rect.right() + 1 > x)
            holes[rect.top() - clear] = std::max(holes[rect.top() - clear], rect.bottom() + clear);
    qreal y = 0;
    for (const auto& [top, bottom] : holes) {
        if (top > y)
            layout.borders.append(QLineF(x, y, x, top));
        y = std::max(y, bottom);
    }
    layout.borders.append(QLineF(x, y, x, std::max(y, layout.size.height())));
}

} // namespace

void drawPosts(const ChainPlan& plan, ChainLayout& layout)
{
    QHash<int, int> crowding; // vertical posts at one node
    for (const ChainRoute& route : plan.routes) {
        if (route.kind == Kind::None)
            continue;
        const int before = route.gateOnRow || route.kind == Kind::Around ? 0 : crowding[route.to]++;
        ChainLayout::Post post {.link = route.link, .path = pathOf(plan, route, before * 44)};
        post.arrow = !route.gateOnRow || route.kind != Kind::Straight || route.seat + 1 == route.seats;
        post.gate = gateOf(plan, route, post.path);
        const ChainCell& owner = plan.grid.cells[route.from];
        if (route.gateOnRow)
            setOnRow(plan, post, plan.rows.at({owner.band, route.row}));
        else if (route.kind != Kind::Around && before == 0)
            setOnStrip(plan, post);
        post.onBorder = route.gateOnRow && route.seat == 0 && plan.grid.lanes[route.gap] != plan.grid.lanes[route.gap + 1];
        layout.posts.append(post);
    }
}

void drawPlates(const ChainPlan& plan, ChainLayout& layout)
{
    for (int i = 0; i < plan.chain.roots.size(); ++i) {
        const ChainCell& cell = plan.plates[i];
        if (cell.row == ChainPlan::noPlate)
            continue;
        const auto party = std::ranges::find(plan.chain.parties, plan.chain.roots[i].party, &chain::ChainParty::id);
        const QRectF node = plan.nodeRect(int(party - plan.chain.parties.begin()));
        ChainLayout::Plate plate {.root = i, .slim = plan.slim[i]};
        if (plan.options.form == ChainForm::Full)
            placeBelow(plan, plate, cell, node);
        else
            placeInline(plan, plate, cell, node);
        layout.plates.append(plate);
    }
}

void drawAsks(const ChainPlan& plan, ChainLayout& layout)
{
    for (int i = 0; i < plan.chain.links.size(); ++i) {
        const chain::Link& link = plan.chain.links[i];
        const auto from = std::ranges::find(plan.chain.parties, link.from, &chain::ChainParty::id);
        const auto to = std::ranges::find(plan.chain.parties, link.to, &chain::ChainParty::id);
        if (!link.askFor || from == plan.chain.parties.end() || to == plan.chain.parties.end())
            continue;
        const int target = int(to - plan.chain.parties.begin());
        if (!plan.drawn[target])
            continue;
        const QRectF asker = plan.nodeRect(int(from - plan.chain.parties.begin()));
        const QRectF asked = plan.nodeRect(target);
        const qreal middle = (asker.bottom() + asked.top()) / 2;
        ChainLayout::Ask ask {.link = i, .path = QPolygonF {{{asker.center().x(), asker.bottom()}, {asked.center().x(), asked.top()}}}};
        if (asked.top() - asker.bottom() < 80)
            ask.label = QRectF(asked.center().x() + 8, middle - 8, plan.textWidth(QStringLiteral("asks for"), ChainFont::Caption) + 2, 16);
        layout.asks.append(ask);
    }
}

void drawLanes(const ChainPlan& plan, ChainLayout& layout)
{
    qreal left = 0;
    for (int column = 0; column < plan.grid.columns(); ++column) {
        const bool last = column + 1 == plan.grid.columns();
        if (!last && plan.grid.lanes[column + 1] == plan.grid.lanes[column])
            continue;
        const qreal right = last ? layout.size.width() : plan.gate[column];
        const chain::Lane lane = plan.grid.lanes[column];
        layout.lanes.append({lane, laneTitle(plan.chain, lane), left, right});
        if (!last)
            addBorder(layout, right);
        left = right;
    }
}
