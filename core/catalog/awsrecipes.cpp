// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsrecipes.h"

#include "cast.h"

#include "core/entra/agent.h"
#include "core/entra/intermediary.h"
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

/// Every key an Entra token of these flows may be signed with.
QList<flow::KeySource> keysOf(const setup::Tenant& tenant)
{
    const flow::Value url = flow::fromSetup(tenant.keysUrl(), tenant.pointer + u"/authority"_s);
    return {{.issuer = tenant.issuerV2(), .url = url}, {.issuer = tenant.issuerV1(), .url = url}};
}

/// What roots the flow: the host's token for its managed identity, nothing where a secret does.
Result<QList<flow::Step>> rootOf(const Cast& cast)
{
    if (cast.proof() != entra::Proof::ManagedIdentity)
        return QList<flow::Step> {};
    const auto identity = cast.managedIdentity();
    if (!identity)
        return tl::unexpected(identity.error());
    return QList<flow::Step> {entra::managedIdentityToken(cast.setup(), **identity, {})};
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
    if (const auto error = missing(tenant, identity, target))
        return tl::unexpected(*error);
    return Flow {.steps = QList {entra::managedIdentityToken(setup, **identity, {})}
            + sessionSteps(**target, entra::party(**identity), u"T0"_s, u"T1"_s),
        .keys = keysOf(**tenant)};
}

Result<Flow> awsIntermediary(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto app = cast.app(spec.intermediary, "intermediary");
    const auto target = cast.target(spec.target, "target");
    const auto root = rootOf(cast);
    if (const auto error = missing(tenant, app, target, root))
        return tl::unexpected(*error);
    const auto resource = cast.resourceOf(**target);
    if (!resource)
        return tl::unexpected(resource.error());
    const auto token = entra::tokenAsIntermediary(setup, **tenant, **app, **resource, cast.proof(), {});
    if (!token)
        return tl::unexpected(token.error());
    return Flow {.steps = *root + QList {*token} + sessionSteps(**target, entra::party(**app), u"T1"_s, u"T2"_s), .keys = keysOf(**tenant)};
}

Result<Flow> awsAgent(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto blueprint = cast.app(spec.blueprint, "blueprint");
    const auto agent = cast.app(spec.agent, "agent");
    const auto target = cast.target(spec.target, "target");
    const auto root = rootOf(cast);
    if (const auto error = missing(tenant, blueprint, agent, target, root))
        return tl::unexpected(*error);
    const auto resource = cast.resourceOf(**target);
    if (!resource)
        return tl::unexpected(resource.error());
    const auto exchange = entra::exchangeAsBlueprint(setup, **tenant, **blueprint, **agent, cast.proof(), {});
    if (!exchange)
        return tl::unexpected(exchange.error());
    return Flow {.steps = *root + QList {*exchange, entra::tokenAsAgent(**tenant, **agent, **resource, {})}
            + sessionSteps(**target, entra::party(**agent), u"T2"_s, u"T3"_s),
        .keys = keysOf(**tenant)};
}

} // namespace catalog
