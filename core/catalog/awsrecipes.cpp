// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsrecipes.h"

#include "cast.h"
#include "roots.h"

#include "core/entra/agent.h"
#include "core/federation/aws.h"

#include <optional>

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;

namespace {

/// The first of several look-ups that found nothing.
template <typename... Found>
std::optional<base::Error> missing(const Found&... found)
{
    std::optional<base::Error> first;
    ((found || first ? void() : void(first = found.error())), ...);
    return first;
}

QList<flow::KeySource> keysOf(const Cast& cast, const setup::Tenant& tenant)
{
    return tenantKeys(tenant) + rootKeys(cast, cast.proof(), {});
}

/// An app that a workload is federated to asks for a token of its own audience: the way round where a cloud takes no
/// managed identity token (microsoft/entra-agentid-samples, "v1 token exchange").
Result<flow::Step> tokenAsIntermediary(const Cast& cast, const setup::Tenant& tenant, const setup::App& app, const setup::App& resource)
{
    auto step = entra::tokenAsApp(cast.setup(), tenant, app, cast.proof(), resource, {}, cast.witness());
    if (!step)
        return step;
    step->id = step->explain = u"token-as-intermediary"_s;
    step->title = u"Token as the intermediary"_s;
    step->shortTitle = u"Intermediary"_s;
    return step;
}

/// From a web identity token to a call with the session that comes of it.
QList<flow::Step> sessionSteps(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const QString& sessionSlot)
{
    return {federation::assumeRole(target, asker, tokenSlot, sessionSlot, {}), federation::callerIdentity(target, asker, sessionSlot, {})};
}

} // namespace

Result<Flow> awsDirect(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto identity = cast.managedIdentity();
    const auto target = cast.target(spec.target, "target");
    const auto root = rootSteps(cast, entra::Proof::ManagedIdentity, {});
    if (const auto error = missing(tenant, identity, target, root))
        return tl::unexpected(*error);
    return Flow {.steps = *root + sessionSteps(**target, entra::party(**identity), u"T0"_s, u"T1"_s), .keys = keysOf(cast, **tenant)};
}

Result<Flow> awsIntermediary(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto app = cast.app(spec.intermediary, "intermediary");
    const auto target = cast.target(spec.target, "target");
    const auto root = rootSteps(cast, cast.proof(), {});
    if (const auto error = missing(tenant, app, target, root))
        return tl::unexpected(*error);
    const auto resource = cast.resourceOf(**target);
    if (!resource)
        return tl::unexpected(resource.error());
    const auto token = tokenAsIntermediary(cast, **tenant, **app, **resource);
    if (!token)
        return tl::unexpected(token.error());
    return Flow {.steps = *root + QList {*token} + sessionSteps(**target, entra::party(**app), u"T1"_s, u"T2"_s), .keys = keysOf(cast, **tenant)};
}

Result<Flow> awsAgent(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto blueprint = cast.app(spec.blueprint, "blueprint");
    const auto agent = cast.app(spec.agent, "agent");
    const auto target = cast.target(spec.target, "target");
    const auto root = rootSteps(cast, cast.proof(), {});
    if (const auto error = missing(tenant, blueprint, agent, target, root))
        return tl::unexpected(*error);
    const auto resource = cast.resourceOf(**target);
    if (!resource)
        return tl::unexpected(resource.error());
    const auto exchange = entra::exchangeAsBlueprint(setup, **tenant, **blueprint, **agent, cast.proof(), {}, cast.witness());
    if (!exchange)
        return tl::unexpected(exchange.error());
    return Flow {.steps = *root + QList {*exchange, entra::tokenAsAgent(**tenant, **agent, **resource, {})}
            + sessionSteps(**target, entra::party(**agent), u"T2"_s, u"T3"_s),
        .keys = keysOf(cast, **tenant)};
}

} // namespace catalog
