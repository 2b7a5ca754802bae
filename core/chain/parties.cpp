// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

using flow::PartyKind;

/// Lane by kind of party; an app registration lives in its directory, wherever its code runs.
constexpr std::array lanes {
    std::pair {PartyKind::User, Lane::People},
    std::pair {PartyKind::ManagedIdentity, Lane::People},
    std::pair {PartyKind::Host, Lane::People},
    std::pair {PartyKind::Outside, Lane::Outside},
    std::pair {PartyKind::Blueprint, Lane::Entra},
    std::pair {PartyKind::Agent, Lane::Entra},
    std::pair {PartyKind::App, Lane::Entra},
    std::pair {PartyKind::Resource, Lane::Entra},
    std::pair {PartyKind::Issuer, Lane::Entra},
    std::pair {PartyKind::Downstream, Lane::Downstream},
};

Lane laneOf(PartyKind kind)
{
    return std::ranges::find(lanes, kind, &std::pair<PartyKind, Lane>::first)->second;
}

template <typename T>
QString pointerOf(const T* object)
{
    return object ? object->pointer : QString();
}

QString pointerOf(const setup::Setup& setup, const flow::Party& party)
{
    switch (party.kind) {
    case PartyKind::User:
        return pointerOf(setup.user(party.id));
    case PartyKind::ManagedIdentity:
        return pointerOf(setup.managedIdentity(party.id));
    case PartyKind::Downstream:
        return pointerOf(setup.target(party.id.section(u'/', 0, 0))); // "gcp/pool" is a part of the target gcp
    case PartyKind::Outside:
        return pointerOf(setup.issuer(party.id));
    case PartyKind::Issuer:
        return setup.provider(party.id) ? setup.provider(party.id)->pointer : pointerOf(setup.home());
    case PartyKind::Blueprint:
    case PartyKind::Agent:
    case PartyKind::App:
    case PartyKind::Resource:
        return pointerOf(setup.app(party.id));
    case PartyKind::Host:
        break;
    }
    return {};
}

ChainParty partyFor(const setup::Setup& setup, const flow::Step& step, const flow::Party& party)
{
    return {.id = partyId(step, party),
        .kind = party.kind,
        .title = party.title,
        // The page where people sign in is the authorize endpoint of whoever is asked.
        .word = step.interactive && party == headOf(step) ? u"%1 authorize"_s.arg(step.to.title)
                                                          : partyWord(party.kind),
        .lane = laneOf(party.kind),
        .pointer = pointerOf(setup, party),
        .group = step.group};
}

bool takesPart(const flow::Step& step, const QString& id)
{
    return partyId(step, step.from) == id || partyId(step, headOf(step)) == id;
}

bool isReached(const Walk& walk, const QString& id)
{
    return std::ranges::any_of(walk.flow.steps, [&](const flow::Step& step) {
        return takesPart(step, id) && stateOf(walk.run.state(step.id)) != State::NotReached;
    });
}

void add(const Walk& walk, const flow::Step& step, const flow::Party& party, QList<ChainParty>& parties)
{
    const QString id = partyId(step, party);
    if (std::ranges::find(parties, id, &ChainParty::id) != parties.end())
        return;
    parties.append(partyFor(walk.setup, step, party));
    parties.back().reached = isReached(walk, id);
}

/// Parties that no evidence reaches, because all of it comes from a root: the only one of a flow of one step.
void addHeads(const Walk& walk, QList<ChainParty>& parties)
{
    for (const flow::Step& step : walk.flow.steps)
        if (!step.presents.isEmpty())
            add(walk, step, headOf(step), parties);
}

bool isWellKnown(const setup::App& app)
{
    return app.isNamedBy(setup::exchangeAudienceUri) || app.isNamedBy(setup::exchangeAudienceGuid)
        || app.isNamedBy(setup::graphUri) || app.isNamedBy(setup::graphGuid);
}

Link askFor(const Walk& walk, const flow::Step& step, const QString& resource)
{
    const flow::StepState state = walk.run.state(step.id);
    return {.id = u"asks-"_s + step.id,
        .stepId = step.id,
        .from = partyId(step, headOf(step)),
        .to = resource,
        .evidence = u"asks for"_s,
        .speaker = headOf(step).kind,
        .state = stateOf(state),
        .word = wordOf(walk.run.record(step.id), state),
        .crossesTrust = false,
        .askFor = true,
        .group = step.group};
}

} // namespace

QList<ChainParty> partiesOf(const Walk& walk, const QList<Passage>& passages)
{
    QList<ChainParty> parties;
    for (const Passage& passage : passages) {
        add(walk, *passage.step, *passage.from, parties);
        add(walk, *passage.step, *passage.to, parties);
    }
    addHeads(walk, parties);
    return parties;
}

void arrange(Chain& chain)
{
    for (ChainParty& party : chain.parties)
        party.lane = laneOf(party.kind);
    layOut(chain);
    for (Link& link : chain.links) {
        const ChainParty* from = chain.party(link.from);
        const ChainParty* to = chain.party(link.to);
        link.crossesTrust = from && to && from->lane != to->lane;
    }
}

void addResources(const Walk& walk, Chain& chain)
{
    for (const flow::Step& step : walk.flow.steps) {
        const setup::App* app = step.yields.isEmpty() ? nullptr : resourceOf(walk.setup, step.audienceAsked);
        if (!app || app->kind != setup::AppKind::Resource || isWellKnown(*app))
            continue;
        const flow::Party party {
            PartyKind::Resource, app->name, app->displayName.isEmpty() ? app->name : app->displayName};
        const QString id = partyId(step, party);
        if (chain.party(id) || !chain.party(partyId(step, headOf(step))))
            continue;
        chain.parties.append(partyFor(walk.setup, step, party));
        chain.parties.back().reached = stateOf(walk.run.state(step.id)) != State::NotReached;
        chain.links.append(askFor(walk, step, id));
    }
}

} // namespace chain
