// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "agent.h"

namespace entra {

using namespace Qt::StringLiterals;

base::Result<flow::Step> exchangeAsBlueprint(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& blueprint,
    const setup::App& agent, Proof proof, const flow::Frame& frame, const Witness& witness)
{
    flow::Step step = tokenRequest(tenant, clientCredentials, blueprint);
    step.id = frame.id(u"exchange-as-blueprint"_s);
    step.title = u"Exchange as blueprint"_s;
    step.shortTitle = u"As blueprint"_s;
    step.explain = u"exchange-as-blueprint"_s + explainedBy(proof);
    step.group = frame.group;
    step.body.append({
        {"scope", flow::literal("api://AzureADTokenExchange/.default")},
        {"fmi_path", flow::fromSetup(agent.clientId, agent.pointer + u"/clientId"_s)},
    });
    if (auto done = authenticate(step, setup, blueprint, proof, frame, witness); !done)
        return tl::unexpected(done.error());
    step.audienceAsked = u"api://AzureADTokenExchange/.default"_s;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T1"_s), .token = true, .speaker = party(blueprint)}};
    return step;
}

flow::Step tokenAsAgent(const setup::Tenant& tenant, const setup::App& agent, const setup::App& resource, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, clientCredentials, agent);
    step.id = frame.id(u"token-as-agent"_s);
    step.title = u"Token as the agent"_s;
    step.shortTitle = u"As agent"_s;
    step.explain = u"token-as-agent"_s;
    step.group = frame.group;
    step.body.append({"scope", defaultScope(resource)});
    authenticateWith(step, frame.slot(u"T1"_s));
    step.contractKind = u"child of the blueprint"_s;
    step.contractName = title(agent);
    step.audienceAsked = defaultScopeText(resource);
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T2"_s), .token = true, .speaker = party(agent)}};
    return step;
}

flow::Step agentForUser(const setup::Tenant& tenant, const setup::App& agent, const setup::App& resource, const QString& scope,
    const setup::User& user, const QString& slot, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, jwtBearer, agent);
    step.id = frame.id(u"agent-for-user-%1"_s.arg(resource.name));
    step.title = u"%1 token for %2"_s.arg(title(resource), user.displayName.section(u' ', 0, 0));
    step.shortTitle = u"Agent for user"_s;
    step.explain = u"agent-for-user"_s;
    step.group = frame.group;
    step.body.append({
        {"scope", flow::fromSetup(scope, resource.pointer + u"/identifierUris/0"_s)},
        {"requested_token_use", flow::literal("on_behalf_of")},
        {"assertion", flow::fromToken(frame.slot(u"Tc"_s))},
    });
    authenticateWith(step, frame.slot(u"T1"_s));
    step.presents.append({.slot = frame.slot(u"Tc"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"Tc"_s)});
    step.contractKind = u"child of the blueprint"_s;
    step.contractName = title(agent);
    step.audienceAsked = scope;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(slot), .token = true, .speaker = party(agent)}};
    return step;
}

} // namespace entra
