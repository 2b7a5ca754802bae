// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarrecipes.h"

#include "cast.h"

#include "core/entra/signin.h"
#include "core/federation/anthropic.h"
#include "core/federation/api.h"
#include "core/federation/sidecar.h"

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;

namespace {

struct Parts
{
    const setup::Target* sidecar = nullptr;
    const setup::Target* target = nullptr;
    const setup::App* agent = nullptr;
    setup::SidecarApi api {};
};

Result<Parts> partsOf(const Cast& cast)
{
    const setup::FlowSpec& spec = cast.spec();
    const auto sidecar = cast.target(spec.via, "via");
    const auto target = cast.target(spec.target, "target");
    const auto agent = cast.app(spec.agent, "agent");
    if (!sidecar)
        return tl::unexpected(sidecar.error());
    if (!target || !agent)
        return tl::unexpected(target ? agent.error() : target.error());
    const QString name = spec.settings.root()["api"].text();
    const QList<setup::SidecarApi> apis = setup::sidecarApis(cast.setup(), **sidecar);
    const auto api = std::ranges::find_if(apis, [&](const setup::SidecarApi& a) { return name.isEmpty() ? a.target == spec.target : a.name == name; });
    if (api == apis.end())
        return base::fail(u"flow-object"_s, u"The flow %1 asks the sidecar for an API that its settings do not have. Add it to `apis`."_s.arg(spec.id), (*sidecar)->pointer + u"/settings"_s);
    return Parts {*sidecar, *target, *agent, *api};
}

QList<flow::KeySource> keysOf(const setup::Tenant& tenant)
{
    const flow::Value url = flow::fromSetup(tenant.keysUrl(), tenant.pointer + u"/authority"_s);
    return {{.issuer = tenant.issuerV2(), .url = url}, {.issuer = tenant.issuerV1(), .url = url}};
}

/// What the agent does with the token: the sidecar has no part in it any more.
void useToken(const Parts& parts, const QString& slot, const QString& userTitle, Flow& flow)
{
    const flow::Party agent = flow.steps.back().becomes;
    if (parts.target->kind == u"anthropic") {
        flow.steps.append(federation::exchangeAtAnthropic(*parts.target, agent, slot, u"T3"_s, {}));
        flow.steps.append(federation::sendMessage(*parts.target, agent, u"T3"_s, {}));
    } else if (parts.target->kind == u"graph") {
        flow.steps.append(federation::callGraphMe(*parts.target, agent, slot, userTitle, {}));
    } else {
        flow.steps.append(federation::callApi(*parts.target, agent, slot, {}));
    }
}

} // namespace

Result<Flow> sidecarAutonomous(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto parts = partsOf(cast);
    if (!tenant || !parts)
        return tl::unexpected(tenant ? parts.error() : tenant.error());
    Flow flow {.keys = keysOf(**tenant)};
    flow.steps = {federation::askSidecar(setup, *parts->sidecar, parts->api, *parts->agent, u"T2"_s, {})};
    useToken(*parts, u"T2"_s, {}, flow);
    return flow;
}

Result<Flow> sidecarForUser(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto user = cast.user();
    const auto client = cast.app(spec.client, "client");
    const auto blueprint = cast.app(spec.blueprint, "blueprint");
    const auto parts = partsOf(cast);
    if (!tenant || !user)
        return tl::unexpected(tenant ? user.error() : tenant.error());
    if (!client || !blueprint)
        return tl::unexpected(client ? blueprint.error() : client.error());
    if (!parts)
        return tl::unexpected(parts.error());
    const entra::SignIn signIn {**tenant, **client, *user, **blueprint, (*blueprint)->delegatedScopes.mid(0, 1)};
    Flow flow {.keys = keysOf(**tenant)};
    flow.steps = {entra::signIn(signIn, {}), entra::redeem(signIn, {})};
    flow.steps.append(federation::askSidecarForUser(setup, *parts->sidecar, parts->api, *parts->agent, u"Tc"_s, u"T2"_s, {}));
    useToken(*parts, u"T2"_s, (*user)->displayName.section(u' ', 0, 0), flow);
    return flow;
}

} // namespace catalog
