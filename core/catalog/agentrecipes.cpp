// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "agentrecipes.h"

#include "roots.h"

#include "core/entra/agent.h"
#include "core/entra/agentuser.h"
#include "core/federation/anthropic.h"
#include "core/federation/api.h"

namespace catalog {

using namespace Qt::StringLiterals;
using flow::Flow;
using flow::Frame;
using Steps = base::Result<QList<flow::Step>>;

namespace {

/// The objects these recipes share; the first that is missing is named.
struct Objects
{
    const setup::Tenant* tenant = nullptr;
    const setup::App* blueprint = nullptr;
    const setup::App* agent = nullptr;
    const setup::Target* target = nullptr;
    const setup::App* resource = nullptr;
};

base::Result<Objects> objectsOf(const Cast& cast)
{
    const setup::FlowSpec& spec = cast.spec();
    Objects out;
    std::optional<base::Error> missing;
    const auto take = [&](auto& place, const auto& found) {
        if (found)
            place = *found;
        else if (!missing)
            missing = found.error();
    };
    take(out.tenant, cast.tenant());
    take(out.blueprint, cast.app(spec.blueprint, "blueprint"));
    take(out.agent, cast.app(spec.agent, "agent"));
    take(out.target, cast.target(spec.target, "target"));
    if (out.target)
        take(out.resource, cast.resourceOf(*out.target));
    if (missing)
        return tl::unexpected(*missing);
    return out;
}

/// Root, then the blueprint's exchange token for this agent.
Steps toBlueprint(const Cast& cast, const Objects& o, const setup::App& agent, const Frame& frame, bool withRoot = true)
{
    Steps steps = withRoot ? rootSteps(cast, cast.proof(), frame) : Steps(QList<flow::Step> {});
    if (!steps)
        return steps;
    auto exchange = entra::exchangeAsBlueprint(cast.setup(), *o.tenant, *o.blueprint, agent, cast.proof(), frame, cast.witness());
    if (!exchange)
        return tl::unexpected(exchange.error());
    steps->append(std::move(*exchange));
    return steps;
}

QString scopeOf(const setup::FlowSpec& spec, const setup::App& resource)
{
    for (const QString& scope : spec.scopes)
        for (const QString& uri : resource.identifierUris)
            if (scope.startsWith(uri + u'/'))
                return scope;
    return resource.identifierUris.value(0, resource.clientId) + u'/' + resource.delegatedScopes.value(0, u".default"_s);
}

QList<flow::Step> atAnthropic(const setup::Target& target, const flow::Party& asker, const QString& shown, const QString& slot, const Frame& frame)
{
    return {federation::exchangeAtAnthropic(target, asker, shown, slot, frame), federation::sendMessage(target, asker, slot, frame)};
}

Flow finished(QList<flow::Step> steps, const Cast& cast, const Objects& o)
{
    return {.steps = std::move(steps), .keys = tenantKeys(*o.tenant) + rootKeys(cast, cast.proof(), {})};
}

} // namespace

base::Result<Flow> agentUser(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto o = objectsOf(cast);
    if (!o)
        return tl::unexpected(o.error());
    const auto user = cast.user();
    if (!user)
        return tl::unexpected(user.error());
    auto steps = toBlueprint(cast, *o, *o->agent, {});
    if (!steps)
        return tl::unexpected(steps.error());
    steps->append(entra::agentExchangeToken(*o->tenant, *o->agent, {}));
    steps->append(entra::tokenAsAgentUser(*o->tenant, *o->agent, **user, *o->resource, scopeOf(spec, *o->resource), u"T3"_s, {}));
    steps->append(federation::callGraphMe(*o->target, entra::party(*o->agent), u"T3"_s, (*user)->displayName, {}));
    return finished(std::move(*steps), cast, *o);
}

base::Result<Flow> twoFederations(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto o = objectsOf(cast);
    if (!o)
        return tl::unexpected(o.error());
    const bool byHost = spec.option == 1;
    const auto cloud = byHost ? cast.target(spec.settings.root()["hostTarget"].text(), "settings/hostTarget")
                              : cast.target(spec.alsoTarget, "alsoTarget");
    const auto identity = cast.managedIdentity();
    if (!cloud || !identity)
        return tl::unexpected(!cloud ? cloud.error() : identity.error());
    auto steps = toBlueprint(cast, *o, *o->agent, {});
    if (!steps)
        return tl::unexpected(steps.error());
    steps->append(entra::tokenAsAgent(*o->tenant, *o->agent, *o->resource, {}));
    steps->append(federation::callApi(*o->target, entra::party(*o->agent), u"T2"_s, {}));
    if (byHost) {
        *steps += atAnthropic(**cloud, entra::party(**identity), u"T0"_s, u"T4"_s, {});
        return finished(std::move(*steps), cast, *o);
    }
    const auto cloudResource = cast.resourceOf(**cloud);
    if (!cloudResource)
        return tl::unexpected(cloudResource.error());
    flow::Step second = entra::tokenAsAgent(*o->tenant, *o->agent, **cloudResource, {});
    second.id = u"token-for-cloud"_s;
    second.title = u"Token for the cloud"_s;
    second.yields.front().slot = u"T3"_s;
    steps->append(std::move(second));
    *steps += atAnthropic(**cloud, entra::party(*o->agent), u"T3"_s, u"T4"_s, {});
    return finished(std::move(*steps), cast, *o);
}

base::Result<Flow> siblings(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto o = objectsOf(cast);
    if (!o)
        return tl::unexpected(o.error());
    const auto sibling = cast.app(spec.settings.root()["sibling"].text(), "settings/sibling");
    const auto first = cast.target(spec.alsoTarget, "alsoTarget");
    if (!sibling || !first)
        return tl::unexpected(!sibling ? sibling.error() : first.error());
    QList<flow::Step> all;
    struct Walked { const setup::App* agent; const setup::Target* target; QString group; };
    for (const Walked& w : {Walked {*sibling, *first, u"A"_s}, Walked {o->agent, o->target, u"B"_s}}) {
        const Frame frame {w.group};
        auto steps = toBlueprint(cast, *o, *w.agent, frame);
        if (!steps)
            return tl::unexpected(steps.error());
        steps->append(entra::tokenAsAgent(*o->tenant, *w.agent, *o->resource, frame));
        *steps += atAnthropic(*w.target, entra::party(*w.agent), u"T2"_s, u"T3"_s, frame);
        all += *steps;
    }
    return finished(std::move(all), cast, *o);
}

base::Result<Flow> hostToCloud(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto identity = cast.managedIdentity();
    const auto target = cast.target(spec.target, "target");
    for (const auto* error : {tenant ? nullptr : &tenant.error(), identity ? nullptr : &identity.error(), target ? nullptr : &target.error()})
        if (error)
            return tl::unexpected(*error);
    auto steps = rootSteps(cast, entra::Proof::ManagedIdentity, {});
    if (!steps)
        return tl::unexpected(steps.error());
    *steps += atAnthropic(**target, entra::party(**identity), u"T0"_s, u"T1"_s, {});
    return Flow {.steps = std::move(*steps), .keys = tenantKeys(**tenant)};
}

namespace {

/// The one recipe that walks either way as `option` says; the others have a flow for each.
bool walksBothWays(const setup::FlowSpec& flow) { return flow.recipe == "two-federations"_L1; }

} // namespace

QString flowOfOption(const setup::Setup& setup, const QString& flowId, int option)
{
    const setup::FlowSpec* from = setup.flow(flowId);
    if (!from || from->option == 0)
        return {};
    if (from->option == option)
        return flowId;
    QStringList same, any;
    for (const setup::FlowSpec& flow : setup.flows) {
        if (flow.option != option)
            continue;
        any.append(flow.id);
        if (flow.recipe == from->recipe)
            same.append(flow.id);
    }
    return !same.isEmpty() ? same.front() : any.size() == 1 && !walksBothWays(*from) ? any.front() : QString();
}

bool hasOptions(const setup::Setup& setup, const QString& flowId)
{
    const setup::FlowSpec* flow = setup.flow(flowId);
    return flow && flow->option != 0 && (walksBothWays(*flow) || !flowOfOption(setup, flowId, 3 - flow->option).isEmpty());
}

base::Result<setup::Setup> withOption(const setup::Setup& setup, const QString& flowId, int option)
{
    const setup::FlowSpec* flow = setup.flow(flowId);
    if (!flow)
        return base::fail(u"flow-object"_s, u"The setup has no flow %1."_s.arg(flowId), flowId);
    if (option != 1 && option != 2)
        return base::fail(u"flow-member"_s, u"There are two options, 1 and 2."_s, flow->pointer + u"/option"_s);
    return setup::edited(setup, QString(flow->pointer + u"/option"_s), QByteArray::number(option));
}

} // namespace catalog
