// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "exchangerecipes.h"

#include "cast.h"
#include "need_p.h"
#include "roots.h"

#include "core/entra/agent.h"
#include "core/entra/signin.h"
#include "core/federation/api.h"
#include "core/federation/tokenexchange.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;

namespace {

QList<flow::KeySource> keysFor(const setup::Tenant& tenant, const setup::Target& server)
{
    return tenantKeys(tenant) + QList<flow::KeySource> {federation::exchangeKeys(server, {})};
}

/// What the API at the end calls itself: the audience to ask for.
federation::Exchange exchangeFor(const Cast& cast, const setup::Target& server, const setup::Target& api)
{
    const bool listed = !api.validAudiences.isEmpty();
    const QString audience = listed ? api.validAudiences.front() : server.audience;
    const QString pointer = listed ? api.pointer + u"/validAudiences/0"_s : server.pointer + u"/audience"_s;
    return {.setup = cast.setup(), .server = server, .audience = flow::fromSetup(audience, pointer), .audienceText = audience,
        .scopes = cast.spec().scopes.isEmpty() ? api.requiredScopes : cast.spec().scopes, .slot = u"T3"_s};
}

/// The sign-in for the exchange's own resource, as far as the user's token.
Result<QList<flow::Step>> userSteps(const Cast& cast, const setup::App& resource)
{
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(client, cast.app(cast.spec().client, "client"));
    const entra::SignIn signIn {tenant, client, &user, resource, resource.delegatedScopes.mid(0, 1)};
    return QList<flow::Step> {entra::signIn(signIn, {}), entra::redeem(signIn, {})};
}

} // namespace

Result<QList<flow::Step>> agentSteps(const Cast& cast, const setup::App& resource)
{
    NEED(tenant, cast.tenant());
    NEED(blueprint, cast.app(cast.spec().blueprint, "blueprint"));
    NEED(agent, cast.app(cast.spec().agent, "agent"));
    auto root = rootSteps(cast, cast.proof(), {});
    if (!root)
        return root;
    QList<flow::Step> steps = std::move(*root);
    ADD(steps, entra::exchangeAsBlueprint(cast.setup(), tenant, blueprint, agent, cast.proof(), {}, cast.witness()));
    steps.append(entra::tokenAsAgent(tenant, agent, resource, {}));
    return steps;
}

Result<Flow> tokenExchange(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(client, cast.app(spec.client, "client"));
    NEED(server, cast.target(spec.via, "via"));
    NEED(api, cast.target(spec.target, "target"));
    NEED(resource, cast.resourceOf(server));
    auto steps = userSteps(cast, resource);
    if (!steps)
        return tl::unexpected(steps.error());
    // How it is not done: the token goes on as it came, to somebody it was not made for.
    if (spec.settings.root()["passOn"].boolean()) {
        steps->append(federation::callApi(api, entra::party(client), u"Tc"_s, {}));
        return Flow {.steps = *steps, .keys = keysFor(tenant, server)};
    }
    federation::Exchange exchange = exchangeFor(cast, server, api);
    exchange.asker = entra::party(client);
    exchange.subject = u"Tc"_s;
    exchange.speaker = entra::party(user);
    steps->append(federation::exchangeMetadata(server, {}));
    steps->append(federation::exchangeToken(exchange, {}));
    steps->append(federation::callApi(api, exchange.asker, u"T3"_s, {}));
    return Flow {.steps = *steps, .keys = keysFor(tenant, server)};
}

Result<Flow> tokenExchangeDelegation(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(agent, cast.app(spec.agent, "agent"));
    NEED(server, cast.target(spec.via, "via"));
    NEED(api, cast.target(spec.target, "target"));
    NEED(resource, cast.resourceOf(server));
    auto steps = userSteps(cast, resource);
    if (!steps)
        return tl::unexpected(steps.error());
    auto asAgent = agentSteps(cast, resource);
    if (!asAgent)
        return tl::unexpected(asAgent.error());
    federation::Exchange exchange = exchangeFor(cast, server, api);
    exchange.asker = entra::party(agent);
    exchange.subject = u"Tc"_s;
    exchange.actor = u"T2"_s;
    exchange.speaker = entra::party(user);
    steps->append(*asAgent);
    steps->append(federation::exchangeMetadata(server, {}));
    steps->append(federation::exchangeToken(exchange, {}));
    steps->append(federation::callApi(api, exchange.asker, u"T3"_s, {}));
    return Flow {.steps = *steps, .keys = keysFor(tenant, server)};
}

Result<Flow> jwtGrant(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(agent, cast.app(spec.agent, "agent"));
    NEED(server, cast.target(spec.via, "via"));
    NEED(api, cast.target(spec.target, "target"));
    NEED(resource, cast.resourceOf(server));
    auto steps = agentSteps(cast, resource);
    if (!steps)
        return tl::unexpected(steps.error());
    federation::Exchange exchange = exchangeFor(cast, server, api);
    exchange.asker = exchange.speaker = entra::party(agent);
    exchange.subject = u"T2"_s;
    exchange.sendAs = spec.settings.root()["sendAs"].bytes().toByteArray();
    steps->append(federation::exchangeMetadata(server, {}));
    steps->append(federation::grantByJwt(exchange, {}));
    steps->append(federation::callApi(api, exchange.asker, u"T3"_s, {}));
    return Flow {.steps = *steps, .keys = keysFor(tenant, server)};
}

} // namespace catalog
