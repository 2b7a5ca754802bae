// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recipes.h"

#include "cast.h"
#include "need_p.h"
#include "roots.h"

#include "core/entra/agent.h"
#include "core/entra/onbehalfof.h"
#include "core/entra/signin.h"
#include "core/federation/anthropic.h"
#include "core/federation/api.h"
#include "core/federation/oidc.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;
using flow::Frame;

namespace {

QString firstName(const setup::User& user) { return user.displayName.section(u' ', 0, 0); }

QString scopeOf(const Cast& cast, const setup::App& resource)
{
    for (const QString& scope : cast.spec().scopes)
        for (const QString& uri : resource.identifierUris)
            if (scope.startsWith(uri + u'/'))
                return scope;
    const QString uri = resource.identifierUris.isEmpty() ? resource.clientId : resource.identifierUris.front();
    return uri + u'/' + (resource.delegatedScopes.isEmpty() ? u".default"_s : resource.delegatedScopes.front());
}

/// From what roots the blueprint to a message at Anthropic, for one pattern.
Result<QList<flow::Step>> autonomousSteps(const Cast& cast, entra::Proof proof, const Frame& frame)
{
    NEED(tenant, cast.tenant());
    NEED(blueprint, cast.app(cast.spec().blueprint, "blueprint"));
    NEED(agent, cast.app(cast.spec().agent, "agent"));
    NEED(target, cast.target(cast.spec().target, "target"));
    NEED(resource, cast.resourceOf(target));
    auto root = rootSteps(cast, proof, frame);
    if (!root)
        return root;
    QList<flow::Step> steps = std::move(*root);
    ADD(steps, entra::exchangeAsBlueprint(cast.setup(), tenant, blueprint, agent, proof, frame, cast.witness()));
    steps.append(entra::tokenAsAgent(tenant, agent, resource, frame));
    steps.append(federation::exchangeAtAnthropic(target, entra::party(agent), u"T2"_s, u"T3"_s, frame));
    steps.append(federation::sendMessage(target, entra::party(agent), u"T3"_s, frame));
    return steps;
}

} // namespace

Result<Flow> signInApi(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const setup::Provider* provider = setup.provider(spec.client);
    if (!provider)
        return base::fail(u"flow-object"_s, u"The flow %1 names %2 as `client`, and the setup has no such provider."_s.arg(spec.id, spec.client), spec.pointer + u"/client"_s);
    const setup::User* user = setup.user(spec.user);
    Flow flow;
    flow.steps = {federation::discover(*provider, {}), federation::signInAt(*provider, user, {}), federation::redeemAt(*provider, user, {})};
    flow.keys = {federation::keysAt(*provider, {})};
    // Sign-in alone is a flow too: any issuer, without an API of one's own.
    if (!spec.target.isEmpty()) {
        NEED(target, cast.target(spec.target, "target"));
        flow.steps.append(federation::callApi(target, flow.steps.back().becomes, u"Tc"_s, {}));
    }
    return flow;
}

Result<Flow> onBehalfOf(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(client, cast.app(spec.client, "client"));
    NEED(middle, cast.app(spec.middleTier, "middleTier"));
    NEED(target, cast.target(spec.target, "target"));
    NEED(resource, cast.resourceOf(target));
    const entra::SignIn signIn {tenant, client, &user, middle, middle.delegatedScopes.mid(0, 1)};
    Flow flow {.keys = tenantKeys(tenant) + rootKeys(cast, cast.proof(), {})};
    flow.steps = {entra::signIn(signIn, {}), entra::redeem(signIn, {})};
    auto root = rootSteps(cast, cast.proof(), {});
    if (!root)
        return tl::unexpected(root.error());
    flow.steps += *root;
    ADD(flow.steps, entra::onBehalfOf(setup, tenant, middle, cast.proof(), resource, scopeOf(cast, resource), {}, cast.witness()));
    flow.steps.append(federation::callGraphMe(target, entra::party(middle), u"T1"_s, firstName(user), {}));
    return flow;
}

Result<Flow> agentAutonomous(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    auto steps = autonomousSteps(cast, cast.proof(), {});
    if (!steps)
        return tl::unexpected(steps.error());
    return Flow {.steps = *steps, .keys = tenantKeys(tenant) + rootKeys(cast, cast.proof(), {})};
}

Result<Flow> agentForUser(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(client, cast.app(spec.client, "client"));
    NEED(blueprint, cast.app(spec.blueprint, "blueprint"));
    NEED(agent, cast.app(spec.agent, "agent"));
    NEED(target, cast.target(spec.target, "target"));
    NEED(resource, cast.resourceOf(target));
    const entra::SignIn signIn {tenant, client, &user, blueprint, blueprint.delegatedScopes.mid(0, 1)};
    Flow flow {.keys = tenantKeys(tenant) + rootKeys(cast, cast.proof(), {})};
    flow.steps = {entra::signIn(signIn, {}), entra::redeem(signIn, {})};
    auto root = rootSteps(cast, cast.proof(), {});
    if (!root)
        return tl::unexpected(root.error());
    flow.steps += *root;
    ADD(flow.steps, entra::exchangeAsBlueprint(setup, tenant, blueprint, agent, cast.proof(), {}, cast.witness()));
    flow.steps.append(entra::agentForUser(tenant, agent, resource, scopeOf(cast, resource), user, u"T2"_s, {}));
    flow.steps.append(federation::callGraphMe(target, entra::party(agent), u"T2"_s, firstName(user), {}));
    if (!spec.alsoTarget.isEmpty()) {
        NEED(also, cast.target(spec.alsoTarget, "alsoTarget"));
        NEED(alsoResource, cast.resourceOf(also));
        flow.steps.append(entra::agentForUser(tenant, agent, alsoResource, scopeOf(cast, alsoResource), user, u"T3"_s, {}));
        flow.steps.append(federation::exchangeAtAnthropic(also, entra::party(agent), u"T3"_s, u"T4"_s, {}));
        flow.steps.append(federation::sendMessage(also, entra::party(agent), u"T4"_s, {}));
    }
    return flow;
}

Result<Flow> agentTwoPatterns(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    auto secret = autonomousSteps(cast, entra::Proof::Secret, {u"A"_s});
    if (!secret)
        return tl::unexpected(secret.error());
    auto federated = autonomousSteps(cast, entra::Proof::ManagedIdentity, {u"B"_s});
    if (!federated)
        return tl::unexpected(federated.error());
    return Flow {.steps = *secret + *federated, .keys = tenantKeys(tenant)};
}

} // namespace catalog
