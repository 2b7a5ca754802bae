// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "beside.h"

namespace chain {

using namespace Qt::StringLiterals;

namespace {

QString marked(QChar side, const QString& id) { return id.isEmpty() ? id : QString(QString(side) + u':' + id); }

void add(const Chain& from, QChar side, const QString& title, Chain& to)
{
    const auto in = [side](QString& id) { id = marked(side, id); };
    const auto group = [side, &title, &to](QString& inner) {
        const QString whole = side.toUpper() + inner;
        to.groupTitles.insert(whole, inner.isEmpty() ? title : u"%1, pattern %2"_s.arg(title, inner));
        inner = whole;
    };
    for (ChainParty party : from.parties) {
        in(party.id);
        group(party.group);
        to.parties.append(party);
    }
    for (Link link : from.links) {
        for (QString* id : {&link.id, &link.stepId, &link.from, &link.to, &link.slot})
            in(*id);
        for (QString& step : link.carries)
            in(step);
        group(link.group);
        to.links.append(link);
    }
    for (RootPlate root : from.roots) {
        in(root.party);
        in(root.stepId);
        group(root.group);
        to.roots.append(root);
    }
    for (Audience audience : from.audiences) {
        for (QString* id : {&audience.step, &audience.slot, &audience.presentedAt})
            in(*id);
        to.audiences.append(audience);
    }
}

} // namespace

Chain beside(const Chain& upper, const QString& upperTitle, const Chain& lower, const QString& lowerTitle)
{
    Chain out;
    add(upper, upperSide, upperTitle, out);
    add(lower, lowerSide, lowerTitle, out);
    return out;
}

flow::Flow beside(const flow::Flow& upper, const flow::Flow& lower)
{
    flow::Flow out {.id = upper.id, .title = upper.title};
    const auto add = [&out](const flow::Flow& from, QChar side) {
        for (flow::Step step : from.steps) {
            step.id = marked(side, step.id);
            step.group = side.toUpper() + step.group;
            out.steps.append(std::move(step));
        }
    };
    add(upper, upperSide);
    add(lower, lowerSide);
    return out;
}

base::Place placeBeside(QChar side, base::Place place)
{
    place.step = marked(side, place.step);
    const qsizetype colon = place.part.indexOf(u':');
    if (colon > 0)
        place.part = place.part.first(colon + 1) + marked(side, place.part.sliced(colon + 1));
    return place;
}

std::pair<QChar, base::Place> placeWithin(base::Place place)
{
    const auto isMarked = [](QStringView id) { return id.size() > 1 && id[1] == u':' && (id[0] == upperSide || id[0] == lowerSide); };
    QChar side;
    const qsizetype colon = place.part.indexOf(u':');
    if (const QStringView id = QStringView(place.part).sliced(colon + 1); colon > 0 && isMarked(id)) {
        side = id[0];
        place.part.remove(colon + 1, 2);
    }
    if (isMarked(place.step)) {
        side = side.isNull() ? place.step[0] : side;
        place.step.remove(0, 2);
    }
    return {side, place};
}

} // namespace chain
