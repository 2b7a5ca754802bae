// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainlayout.h"

#include "ui/graph/chainlayout_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Wide enough for the words a gate says, whatever it says in the end: the picture may not move when it does.
constexpr QStringView longestWord = u"Refused: subject, case";

ChainMetrics metricsOf(ChainForm form)
{
    switch (form) {
    case ChainForm::Full:
        return {.heading = 30, .above = 52, .chipHeight = 40, .textBelow = 12, .textHeight = 48, .below = 62, .strip = 44};
    case ChainForm::Short:
        return {.heading = 30, .textBelow = 13, .textHeight = 30, .below = 46, .leastWidth = 124, .strip = 40, .slim = 40, .slimGap = 40, .bottom = 16};
    case ChainForm::Compact:
        return {.header = 30, .heading = 24, .nodeHeight = 36, .smallHeight = 36, .gap = 48, .above = 18, .chipWidth = 48,
                .chipHeight = 16, .rowGap = 20, .leastWidth = 104, .strip = 28, .bottom = 20};
    }
    return {};
}

void measure(ChainPlan& plan)
{
    ChainMetrics& m = plan.metrics;
    if (plan.options.form == ChainForm::Full)
        m.textWidth = std::clamp(plan.textWidth(longestWord.toString(), ChainFont::CaptionBold) + 4, 110.0, 164.0);
    else
        m.textWidth = std::clamp(plan.textWidth(u"Not reached"_s, ChainFont::CaptionBold) + 2, 64.0, 100.0);
    plan.seatPitch = std::max({m.chipWidth, plan.options.form == ChainForm::Compact ? 0.0 : m.textWidth, 2.0 * gateRadius}) + 12;
}

/// A resource app that is only asked for is a remark; the compact form leaves it to the table, and so do two patterns
/// below each other where height is short.
QList<bool> drawnParties(const chain::Chain& chain, ChainForm form, qsizetype groups)
{
    const bool remarks = form == ChainForm::Full || (form == ChainForm::Short && groups < 2);
    QList<bool> drawn;
    for (const chain::ChainParty& party : chain.parties) {
        bool asked = false;
        bool linked = false;
        for (const chain::Link& link : chain.links) {
            asked = asked || (link.askFor && link.to == party.id);
            linked = linked || (!link.askFor && (link.to == party.id || link.from == party.id));
        }
        drawn.append(remarks || linked || !asked);
    }
    return drawn;
}

void drawNodes(const ChainPlan& plan, ChainLayout& layout)
{
    for (int i = 0; i < plan.chain.parties.size(); ++i)
        if (plan.drawn[i])
            layout.nodes.append({i, plan.nodeRect(i), plan.isSmall(i) || plan.options.form == ChainForm::Compact});
}

void drawAudits(const ChainPlan& plan, ChainLayout& layout)
{
    if (plan.options.form == ChainForm::Compact)
        return;
    for (int party = 0; party < plan.chain.parties.size(); ++party) {
        const int principal = plan.auditOf(party);
        if (principal < 0)
            continue;
        const QRectF node = plan.nodeRect(party);
        layout.audits.append({principal, QRectF(node.left() + 16, node.bottom() + 12, node.width() - 12, 32)});
    }
}

} // namespace

qreal ChainPlan::textWidth(const QString& text, ChainFont font) const
{
    return options.textWidth ? options.textWidth(text, font) : 7.0 * qreal(text.size());
}

bool ChainPlan::isSmall(int party) const
{
    return grid.cells[party].row > 0 && chain.parties[party].kind == flow::PartyKind::Resource;
}

QRectF ChainPlan::cellRect(const ChainCell& cell) const
{
    const QRectF row = rows.at({cell.band, cell.row});
    return {left.value(cell.column), row.top(), metrics.nodeWidth, row.height()};
}

QRectF ChainPlan::nodeRect(int party) const
{
    QRectF rect = cellRect(grid.cells[party]);
    if (isSmall(party))
        rect.setHeight(metrics.smallHeight);
    return rect;
}

int ChainPlan::auditOf(int party) const
{
    const chain::ChainParty& target = chain.parties[party];
    const auto it = std::ranges::find(chain.auditPrincipals, target.title, &chain::AuditPrincipal::target);
    return target.lane != chain::Lane::Downstream || it == chain.auditPrincipals.end() ? -1 : int(it - chain.auditPrincipals.begin());
}

bool ChainPlan::hasPosts(int band, int row) const
{
    return std::ranges::any_of(routes, [&](const ChainRoute& route) {
        return route.kind != ChainRoute::Kind::None && route.gateOnRow && route.row == row
            && grid.cells[route.from].band == band;
    });
}

bool ChainPlan::hasVerticalGateAbove(int band, int row) const
{
    return std::ranges::any_of(routes, [&](const ChainRoute& route) {
        return route.kind != ChainRoute::Kind::None && !route.gateOnRow && grid.cells[route.from].band == band
            && std::max(grid.cells[route.from].row, grid.cells[route.to].row) == row;
    });
}

namespace {

/// Signs people in at an authorize endpoint that is not Entra's: a third party's, an MCP server's own.
bool isOtherServer(const chain::ChainParty& party)
{
    return party.kind == flow::PartyKind::Issuer && party.word.endsWith(" authorize"_L1) && party.word != "Entra authorize"_L1;
}

/// The lane of issuers: Entra's, unless somebody issues there who is not Entra.
QString issuerLaneTitle(const chain::Chain& chain)
{
    bool openId = false, other = false, entra = false;
    for (const chain::ChainParty& party : chain.parties) {
        if (party.lane != chain::Lane::Entra)
            continue;
        const bool provider = party.kind == flow::PartyKind::Issuer && party.pointer.startsWith("/providers/"_L1);
        openId = openId || (provider && party.title != "Entra"_L1);
        other = other || isOtherServer(party);
        entra = entra || party.title == "Entra"_L1 || party.word == "Entra authorize"_L1 || party.pointer.startsWith("/apps/"_L1);
    }
    if (!openId && !other)
        return u"Microsoft Entra"_s;
    return entra ? u"Issuers"_s : openId ? u"OpenID issuer"_s : u"Authorization server"_s;
}

} // namespace

QString laneTitle(const chain::Chain& chain, chain::Lane lane)
{
    const auto has = [&](bool user) {
        return std::ranges::any_of(chain.parties, [&](const chain::ChainParty& party) {
            return party.lane == lane && (party.kind == flow::PartyKind::User) == user;
        });
    };
    switch (lane) {
    case chain::Lane::People: return !has(true) ? u"Runtime"_s : has(false) ? u"People and runtime"_s : u"People"_s;
    case chain::Lane::Outside: return u"Outside issuers"_s;
    case chain::Lane::Entra: return issuerLaneTitle(chain);
    case chain::Lane::Downstream: return u"Downstream"_s;
    }
    return {};
}

ChainLayout layoutOf(const chain::Chain& chain, const ChainLayoutOptions& options)
{
    ChainLayout layout {.form = options.form};
    if (chain.parties.isEmpty())
        return layout;
    ChainPlan plan {.chain = chain, .options = options, .metrics = metricsOf(options.form), .grid = gridOf(chain)};
    plan.drawn = drawnParties(chain, options.form, plan.grid.groups.size());
    plan.routes = routesOf(chain, plan.grid);
    measure(plan);
    placePlates(plan);
    placeColumns(plan);
    const qreal height = placeRows(plan, layout);
    layout.size = {plan.left.last() + plan.metrics.nodeWidth + plan.metrics.margin, height};
    drawNodes(plan, layout);
    drawPosts(plan, layout);
    drawPlates(plan, layout);
    drawAsks(plan, layout);
    drawAudits(plan, layout);
    drawLanes(plan, layout);
    return layout;
}
