// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcprecipes.h"

#include "cast.h"

#include "core/entra/identityassertion.h"
#include "core/entra/signin.h"
#include "core/federation/mcp.h"

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using federation::McpWalk;
using flow::Flow;

namespace {

Result<const setup::Target*> serverOf(const Cast& cast)
{
    const auto target = cast.target(cast.spec().target, "target");
    if (target && (*target)->kind != u"mcp")
        return base::fail(u"flow-object"_s, u"The flow %1 ends at %2, which is no MCP server."_s.arg(cast.spec().id, (*target)->name), cast.spec().pointer + u"/target"_s);
    return target;
}

Result<const setup::Tool*> toolOf(const Cast& cast, const setup::Target& target)
{
    const auto tool = std::ranges::find(target.tools, cast.spec().tool, &setup::Tool::name);
    if (tool == target.tools.end())
        return base::fail(u"flow-object"_s, u"The flow %1 names %2 as `tool`, and the server %3 has no such tool."_s.arg(cast.spec().id, cast.spec().tool, target.name), cast.spec().pointer + u"/tool"_s);
    return &*tool;
}

/// The setup's list when the flow names scopes, else the first that the server knows.
void setScopes(const Cast& cast, McpWalk& walk)
{
    const bool named = !cast.spec().scopes.isEmpty();
    walk.scopes = named ? cast.spec().scopes.join(u' ') : walk.target.scopes.value(0);
    walk.scopesPointer = named ? cast.spec().pointer + u"/scopes"_s : walk.target.pointer + u"/scopes"_s;
}

Result<McpWalk> atEntra(const Cast& cast)
{
    const auto tenant = cast.tenant();
    const auto user = cast.user();
    const auto client = cast.app(cast.spec().client, "client");
    const auto target = serverOf(cast);
    if (!tenant || !user)
        return tl::unexpected(tenant ? user.error() : tenant.error());
    if (!client || !target)
        return tl::unexpected(client ? target.error() : client.error());
    McpWalk walk {.target = **target, .tenant = *tenant, .client = *client, .user = *user};
    setScopes(cast, walk);
    return walk;
}

Result<McpWalk> atOwnServer(const Cast& cast)
{
    const auto user = cast.user();
    const auto target = serverOf(cast);
    if (!user || !target)
        return tl::unexpected(user ? target.error() : user.error());
    if ((*target)->authorizationServer.isEmpty())
        return base::fail(u"flow-member"_s, u"The server %1 names no `authorizationServer` of its own."_s.arg((*target)->name), (*target)->pointer + u"/authorizationServer"_s);
    McpWalk walk {.target = **target, .user = *user, .registers = true};
    setScopes(cast, walk);
    return walk;
}

/// From the first knock to the token.
QList<flow::Step> opening(const McpWalk& walk)
{
    QList<flow::Step> steps = QList {federation::mcpChallenge(walk, {})} + federation::mcpResourceMetadata(walk, {});
    steps += federation::mcpServerMetadata(walk, {});
    if (walk.registers)
        steps.append(federation::mcpRegister(walk, {}));
    if (walk.documented)
        steps.append(federation::mcpClientDocument(walk, {}));
    steps.append(federation::mcpSignIn(walk, false, {}));
    steps.append(federation::mcpRedeem(walk, false, {}));
    steps.append(federation::mcpInitialize(walk, u"Tc"_s, {}));
    steps.append(federation::mcpInitialized(walk, u"Tc"_s, {}));
    return steps;
}

Result<Flow> toolFlow(const Cast& cast, const Result<McpWalk>& walk)
{
    if (!walk)
        return tl::unexpected(walk.error());
    const auto tool = toolOf(cast, walk->target);
    if (!tool)
        return tl::unexpected(tool.error());
    return Flow {.steps = opening(*walk) << federation::mcpCallTool(*walk, **tool, u"Tc"_s, {}), .keys = {federation::mcpKeys(*walk, {})}};
}

} // namespace

Result<Flow> mcpTool(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    return toolFlow(cast, atEntra(cast));
}

Result<Flow> mcpRegistered(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    return toolFlow(cast, atOwnServer(cast));
}

Result<Flow> mcpDocumented(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    auto walk = atOwnServer(cast);
    if (!walk)
        return tl::unexpected(walk.error());
    if (!walk->target.clientId.startsWith(u"https://"))
        return base::fail(u"flow-member"_s, u"The `clientId` of the server %1 is not the https address of a client's metadata document."_s.arg(walk->target.name), walk->target.pointer + u"/clientId"_s);
    walk->registers = false;
    walk->documented = true;
    return toolFlow(cast, walk);
}

Result<Flow> mcpStepUp(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto walk = atEntra(cast);
    if (!walk)
        return tl::unexpected(walk.error());
    const auto tool = toolOf(cast, walk->target);
    if (!tool)
        return tl::unexpected(tool.error());
    Flow flow {.steps = opening(*walk), .keys = {federation::mcpKeys(*walk, {})}};
    flow.steps.append(federation::mcpStepUpChallenge(*walk, **tool, u"Tc"_s, {}));
    const QString challenged = flow.steps.back().id;
    for (flow::Step step : {federation::mcpSignIn(*walk, true, {}), federation::mcpRedeem(*walk, true, {}), federation::mcpCallTool(*walk, **tool, u"Ts"_s, {})}) {
        // Who had enough the first time needs none of this.
        step.onlyAfter = flow::Step::OnlyAfter {challenged, {403}};
        flow.steps.append(step);
    }
    return flow;
}

Result<Flow> mcpEnterprise(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto client = cast.app(spec.client, "client");
    const auto asker = spec.middleTier.isEmpty() ? client : cast.app(spec.middleTier, "middleTier");
    auto walk = atOwnServer(cast);
    if (!tenant || !client)
        return tl::unexpected(tenant ? client.error() : tenant.error());
    if (!asker || !walk)
        return tl::unexpected(asker ? walk.error() : asker.error());
    const auto tool = toolOf(cast, walk->target);
    if (!tool)
        return tl::unexpected(tool.error());
    walk->registers = false;
    walk->client = *client;
    Flow flow {.steps = QList {federation::mcpChallenge(*walk, {})} + federation::mcpResourceMetadata(*walk, {})};
    flow.steps += federation::mcpServerMetadata(*walk, {});
    // The user signs in at the enterprise, and for nothing but to say who it is.
    const entra::SignIn signIn {**tenant, **client, walk->user, **client, {}};
    flow.steps.append(entra::signIn(signIn, {}));
    flow::Step redeem = entra::redeem(signIn, {});
    if (const auto done = entra::authenticate(redeem, setup, **client, cast.proof(), {}); !done)
        return tl::unexpected(done.error());
    flow.steps.append(redeem);
    auto assertion = entra::identityAssertion(setup, **tenant, **asker, cast.proof(),
        {walk->target.authorizationServer, walk->target.pointer + u"/authorizationServer"_s, walk->target.url, walk->target.pointer + u"/url"_s,
            walk->scopes, walk->scopesPointer},
        {});
    if (!assertion)
        return tl::unexpected(assertion.error());
    flow.steps.append(std::move(*assertion));
    flow.steps.append(federation::mcpRedeemAssertion(setup, *walk, {}));
    flow.steps.append(federation::mcpInitialize(*walk, u"Tm"_s, {}));
    flow.steps.append(federation::mcpInitialized(*walk, u"Tm"_s, {}));
    flow.steps.append(federation::mcpCallTool(*walk, **tool, u"Tm"_s, {}));
    flow.keys = {federation::mcpKeys(*walk, {}),
        {.issuer = (*tenant)->issuerV2(), .url = flow::fromSetup((*tenant)->keysUrl(), (*tenant)->pointer + u"/authority"_s)}};
    return flow;
}

} // namespace catalog
