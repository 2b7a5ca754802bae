// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecar.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

flow::Party partyOf(const setup::App& agent)
{
    return {flow::PartyKind::Agent, agent.name, agent.displayName.isEmpty() ? agent.name : agent.displayName};
}

/// What stands at the root: the sidecar's credential, which the agent never sees.
flow::Evidence rootOf(const setup::Setup& setup, const setup::Target& sidecar)
{
    const auto plan = setup::sidecarPlan(setup, sidecar);
    if (plan && plan->pattern == setup::SidecarPattern::Secret)
        return {.kind = flow::Evidence::Kind::Secret, .title = u"client secret in the sidecar"_s};
    return {.kind = flow::Evidence::Kind::Attestation, .title = u"runs beside the sidecar"_s};
}

flow::Step call(const setup::Setup& setup, const setup::Target& sidecar, const QString& route, const setup::SidecarApi& api, const setup::App& agent,
    const QString& slot, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.id = frame.id(u"ask-sidecar"_s);
    step.shortTitle = u"Ask sidecar"_s;
    step.from = {flow::PartyKind::Host, u"host"_s, sidecar.settings.root()["host"].isString() ? sidecar.settings.root()["host"].text() : u"agent's container"_s};
    step.to = {flow::PartyKind::Downstream, sidecar.name, sidecar.displayName.isEmpty() ? sidecar.name : sidecar.displayName};
    step.becomes = partyOf(agent);
    step.presents = {rootOf(setup, sidecar)};
    step.contract = {u"sidecar"_s, sidecar.pointer};
    step.contractKind = u"settings of the sidecar"_s;
    step.contractName = api.name;
    step.method = "GET";
    step.url = flow::fromSetup(sidecar.url + u'/' + route + u'/' + api.name, sidecar.pointer + u"/url"_s);
    step.query = {{"AgentIdentity", flow::fromSetup(agent.clientId, agent.pointer + u"/clientId"_s)}};
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.audienceAsked = api.scopes.value(0);
    step.yields = {{.pointer = u"/authorizationHeader"_s, .slot = frame.slot(slot), .token = true, .speaker = step.becomes}};
    return step;
}

} // namespace

flow::Step askSidecar(const setup::Setup& setup, const setup::Target& sidecar, const setup::SidecarApi& api, const setup::App& agent,
    const QString& slot, const flow::Frame& frame)
{
    flow::Step step = call(setup, sidecar, u"AuthorizationHeaderUnauthenticated"_s, api, agent, slot, frame);
    step.title = u"Ask the sidecar for %1"_s.arg(api.name);
    step.explain = u"ask-sidecar"_s;
    return step;
}

flow::Step askSidecarForUser(const setup::Setup& setup, const setup::Target& sidecar, const setup::SidecarApi& api, const setup::App& agent,
    const QString& userSlot, const QString& slot, const flow::Frame& frame)
{
    flow::Step step = call(setup, sidecar, u"AuthorizationHeader"_s, api, agent, slot, frame);
    step.title = u"Ask the sidecar on behalf of the user"_s;
    step.explain = u"ask-sidecar.user"_s;
    const QString user = frame.slot(userSlot);
    step.headers.append({"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(user)})});
    step.presents.append({.slot = user, .kind = flow::Evidence::Kind::Token, .title = user});
    return step;
}

} // namespace federation
