// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainstops.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

using Kind = ChainStop::Kind;

QString joined(const QStringList& parts, const QString& between)
{
    QStringList kept;
    std::ranges::copy_if(parts, std::back_inserter(kept), [](const QString& part) { return !part.isEmpty(); });
    return base::visible(kept.join(between));
}

/// A token is at home in the step that issued it, also where a later step presents it.
base::Place placeOfEvidence(const chain::Chain& chain, const chain::Link& link)
{
    if (link.slot.isEmpty())
        return {.step = link.stepId, .part = u"request"_s};
    const auto row = std::ranges::find(chain.audiences, link.slot, &chain::Audience::slot);
    return {.step = row == chain.audiences.end() ? link.stepId : row->step, .part = u"token:"_s + link.slot};
}

QRectF around(const QPointF& gate) { return {gate.x() - gateRadius, gate.y() - gateRadius, 2 * gateRadius, 2 * gateRadius}; }

ChainStop partyStop(const chain::Chain& chain, const ChainLayout& layout, int index)
{
    const chain::ChainParty& party = chain.parties[layout.nodes[index].party];
    const base::Place place {.part = u"party:"_s + party.id, .pointer = party.pointer};
    const QString reached = party.reached ? QString() : u"not reached"_s;
    return {Kind::Party, index, layout.nodes[index].rect, place, place, joined({party.title, party.word, reached}, u", "_s)};
}

ChainStop rootStop(const chain::Chain& chain, const ChainLayout& layout, int index)
{
    const chain::RootPlate& root = chain.roots[layout.plates[index].root];
    const base::Place place {.step = root.stepId, .part = root.stepId.isEmpty() ? u"party:"_s + root.party : u"link:"_s + root.stepId};
    const base::Place opens = root.stepId.isEmpty() ? place : base::Place {.step = root.stepId, .part = u"match"_s};
    const ChainLayout::Plate& plate = layout.plates[index];
    return {Kind::Root, index, root.stepId.isEmpty() ? plate.rect : around(plate.gate), place, opens,
            joined({u"Root of trust: "_s + root.title, root.detail, root.evidence, root.contractName, root.word}, u"\n"_s)};
}

QString linkText(const chain::Chain& chain, const chain::Link& link, base::Instant now)
{
    const auto title = [&](const QString& id) { return chain.party(id) ? chain.party(id)->title : id; };
    const QString ends = title(link.from) + u" to "_s + title(link.to);
    const QString contract = joined({link.contractKind, link.contractName}, u" "_s);
    const QString evidence = joined({link.evidence, lifetimeText(link, now)}, u", "_s);
    return joined({ends, evidence, contract, link.word}, u"\n"_s);
}

void addPostStops(QList<ChainStop>& stops, const chain::Chain& chain, const ChainLayout& layout, int index, base::Instant now)
{
    const ChainLayout::Post& post = layout.posts[index];
    const chain::Link& link = chain.links[post.link];
    const QString text = linkText(chain, link, now);
    const base::Place match {.step = link.stepId, .part = u"match"_s};
    const base::Place evidence = placeOfEvidence(chain, link);
    if (!post.chip.isEmpty())
        stops.append({Kind::Evidence, index, post.chip, evidence, evidence, joined({link.evidence, lifetimeText(link, now)}, u", "_s)});
    stops.append({Kind::Gate, index, around(post.gate), {.step = link.stepId, .part = u"link:"_s + link.id}, match, text});
    if (!post.text.isEmpty() && layout.form == ChainForm::Full)
        stops.append({Kind::Contract, index, post.text, {.step = link.stepId, .part = u"link:"_s + link.id, .claim = u"contract"_s}, match, text});
}

int firstOfStep(const QList<ChainStop>& stops, const chain::Chain& chain, const QString& step)
{
    for (const ChainStop& stop : stops)
        if (stop.kind == Kind::Root && !step.isEmpty() && stop.place.step == step)
            return int(&stop - stops.data());
    for (const chain::Link& link : chain.links) {
        if (!link.carries.contains(step) && link.stepId != step)
            continue;
        const QString part = u"link:"_s + link.id;
        const auto it = std::ranges::find_if(stops, [&](const ChainStop& stop) { return stop.kind == Kind::Gate && stop.place.part == part; });
        if (it != stops.end())
            return int(it - stops.begin());
    }
    return -1;
}

/// Distance along the arrow's direction and across it; along is negative for what lies behind.
QPointF offset(const QRectF& from, const QRectF& to, Qt::Key key)
{
    const QPointF d = to.center() - from.center();
    switch (key) {
    case Qt::Key_Right: return {d.x(), std::abs(d.y())};
    case Qt::Key_Left: return {-d.x(), std::abs(d.y())};
    case Qt::Key_Down: return {d.y(), std::abs(d.x())};
    default: return {-d.y(), std::abs(d.x())};
    }
}

} // namespace

bool isIssued(const chain::Link& link)
{
    using chain::State;
    return link.expires || link.notBefore || link.slot.isEmpty()
        || (link.state != State::NotReached && link.state != State::Predicted);
}

QString lifetimeText(const chain::Link& link, base::Instant now)
{
    if (link.slot.isEmpty())
        return {};
    if (!isIssued(link))
        return u"not issued"_s;
    if (!link.expires)
        return {};
    const auto left = std::chrono::floor<std::chrono::seconds>(*link.expires - now);
    if (left.count() >= 0)
        return base::duration(left) + u" left"_s;
    return u"ended "_s + base::duration(-left) + u" ago"_s;
}

QList<ChainStop> stopsOf(const chain::Chain& chain, const ChainLayout& layout, base::Instant now)
{
    QList<ChainStop> stops;
    for (int i = 0; i < layout.plates.size(); ++i)
        stops.append(rootStop(chain, layout, i));
    for (int i = 0; i < layout.nodes.size(); ++i)
        stops.append(partyStop(chain, layout, i));
    for (int i = 0; i < layout.posts.size(); ++i)
        addPostStops(stops, chain, layout, i, now);
    return stops;
}

int stopAt(const QList<ChainStop>& stops, const chain::Chain& chain, const base::Place& place)
{
    for (qsizetype i = 0; i < stops.size(); ++i)
        if (!place.part.isEmpty() && stops[i].place.part == place.part && stops[i].place.claim == place.claim
            && (stops[i].kind == Kind::Party || stops[i].place.step == place.step))
            return int(i);
    return firstOfStep(stops, chain, place.step);
}

int stopToward(const QList<ChainStop>& stops, int from, Qt::Key key)
{
    if (from < 0)
        return stops.isEmpty() ? -1 : 0;
    int best = -1;
    qreal bestCost = 0;
    for (int i = 0; i < stops.size(); ++i) {
        const QPointF d = offset(stops[from].rect, stops[i].rect, key);
        // Beside rather than ahead: not in this direction.
        if (i == from || d.x() < 2 || d.y() > 2.5 * d.x())
            continue;
        const qreal cost = d.x() + 3 * d.y();
        if (best < 0 || cost < bestCost) {
            best = i;
            bestCost = cost;
        }
    }
    return best;
}
