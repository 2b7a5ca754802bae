// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "brokerrecipes.h"

#include "cast.h"
#include "need_p.h"
#include "roots.h"

#include "core/catalog/exchangerecipes.h"
#include "core/federation/broker.h"
#include "core/federation/saas.h"
#include "core/setup/brokerprofile.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;

namespace {

/// The connection of the broker that ends at this third party.
base::Result<json::Value> connectionTo(const setup::Target& broker, const setup::Target& target)
{
    for (json::Value each = broker.settings.root()["connections"].first(); each; each = each.next())
        if (each["target"].text() == target.name)
            return each;
    return base::fail(u"flow-object"_s, u"The broker %1 has no connection to %2."_s.arg(broker.name, target.name), broker.pointer + u"/settings/connections"_s);
}

base::Result<void> isPlayed(const setup::Target& broker)
{
    const setup::BrokerProfile& profile = setup::brokerProfile(broker);
    if (profile.played)
        return {};
    return base::fail(u"flow-profile"_s, u"%1 is recognised and explained, and has no steps of its own here. Choose the profile descope."_s.arg(QLatin1StringView(profile.title)),
        broker.pointer + u"/profile"_s);
}

} // namespace

Result<Flow> credentialBroker(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(tenant, cast.tenant());
    NEED(user, cast.user());
    NEED(agent, cast.app(spec.agent, "agent"));
    NEED(broker, cast.target(spec.via, "via"));
    NEED(target, cast.target(spec.target, "target"));
    if (auto played = isPlayed(broker); !played)
        return tl::unexpected(played.error());
    const auto connection = connectionTo(broker, target);
    if (!connection)
        return tl::unexpected(connection.error());
    const flow::Party asker = entra::party(agent);
    const bool byKey = spec.settings.root()["managementKey"].boolean();
    Flow flow {.keys = tenantKeys(tenant) + QList<flow::KeySource> {federation::brokerKeys(broker)}};
    if (!byKey) {
        NEED(resource, cast.resourceOf(broker));
        auto asAgent = agentSteps(cast, resource);
        if (!asAgent)
            return tl::unexpected(asAgent.error());
        flow.steps = *asAgent;
        flow.steps.append(federation::brokerInbound(setup, broker, asker, u"T2"_s, broker.scopes));
        flow.steps.append(federation::brokerNarrow(setup, broker, asker, {u"outbound.token.fetch"_s}));
    }
    flow.steps.append(federation::connectionToken({.setup = setup, .broker = broker, .asker = asker, .appId = (*connection)["appId"].text(),
        .user = user, .scopes = spec.scopes, .byKey = byKey}));
    flow.steps.append(federation::saasCall(target, asker, u"T5"_s, u"saas-call"_s, {}));
    return flow;
}

} // namespace catalog
