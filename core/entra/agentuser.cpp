// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "agentuser.h"

namespace entra {

using namespace Qt::StringLiterals;

namespace {

constexpr auto userFic = "user_fic"; // the grant; user_federated_identity_credential is a parameter of it

} // namespace

flow::Step agentExchangeToken(const setup::Tenant& tenant, const setup::App& agent, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, clientCredentials, agent);
    step.id = frame.id(u"agent-exchange-token"_s);
    step.title = u"Exchange token as the agent"_s;
    step.shortTitle = u"As agent"_s;
    step.explain = u"agent-exchange-token"_s;
    step.group = frame.group;
    step.body.append({"scope", flow::literal("api://AzureADTokenExchange/.default")});
    authenticateWith(step, frame.slot(u"T1"_s));
    step.contractKind = u"child of the blueprint"_s;
    step.contractName = title(agent);
    step.audienceAsked = u"api://AzureADTokenExchange/.default"_s;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T2"_s), .token = true, .speaker = party(agent)}};
    return step;
}

flow::Step tokenAsAgentUser(const setup::Tenant& tenant, const setup::App& agent, const setup::User& user, const setup::App& resource,
    const QString& scope, const QString& slot, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, userFic, agent);
    step.id = frame.id(u"token-as-agent-user"_s);
    step.title = u"Token as the agent user"_s;
    step.shortTitle = u"As agent user"_s;
    step.explain = u"token-as-agent-user"_s;
    step.group = frame.group;
    step.body.append({
        {"scope", flow::fromSetup(scope, resource.pointer + u"/identifierUris/0"_s)},
        {"username", flow::fromSetup(user.username, user.pointer + u"/username"_s)},
        {"user_federated_identity_credential", flow::fromToken(frame.slot(u"T2"_s))},
    });
    authenticateWith(step, frame.slot(u"T1"_s));
    step.presents.append({.slot = frame.slot(u"T2"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"T2"_s)});
    step.contractKind = u"agent of the agent user"_s;
    step.contractName = title(agent);
    step.audienceAsked = scope;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(slot), .token = true, .speaker = party(agent)}};
    return step;
}

} // namespace entra
