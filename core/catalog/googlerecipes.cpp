// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googlerecipes.h"

#include "cast.h"

#include "core/entra/agent.h"
#include "core/federation/google.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;

namespace {

QList<flow::KeySource> keysOf(const setup::Tenant& tenant)
{
    const flow::Value url = flow::fromSetup(tenant.keysUrl(), tenant.pointer + u"/authority"_s);
    return {{.issuer = tenant.issuerV2(), .url = url}, {.issuer = tenant.issuerV1(), .url = url}};
}

/// The token that is taken to Google: who asks from then on, and in which slot it is.
struct Subject
{
    QList<flow::Step> steps {};
    flow::Party asker {};
    QString slot {};
};

/// The host's token, made for the cloud's own audience in place of the exchange audience.
flow::Step identityTokenFor(const setup::Setup& setup, const setup::ManagedIdentity& identity, const setup::App& resource)
{
    flow::Step step = entra::managedIdentityToken(setup, identity, {});
    const QString uri = resource.identifierUris.value(0, resource.clientId);
    for (flow::Field& field : step.query)
        if (field.name == "resource")
            field.value = flow::fromSetup(uri, resource.pointer + u"/identifierUris/0"_s);
    step.explain = u"managed-identity.cloud"_s;
    step.audienceAsked = uri;
    return step;
}

Result<Subject> identityItself(const Cast& cast, const setup::App& resource)
{
    const auto identity = cast.managedIdentity();
    if (!identity)
        return tl::unexpected(identity.error());
    return Subject {{identityTokenFor(cast.setup(), **identity, resource)}, entra::party(**identity), u"T0"_s};
}

Result<Subject> agentIdentity(const Cast& cast, const setup::App& resource)
{
    const auto tenant = cast.tenant();
    const auto blueprint = cast.app(cast.spec().blueprint, "blueprint");
    const auto agent = cast.app(cast.spec().agent, "agent");
    if (!tenant || !blueprint || !agent)
        return tl::unexpected(!tenant ? tenant.error() : !blueprint ? blueprint.error() : agent.error());
    Subject out {.asker = entra::party(**agent), .slot = u"T2"_s};
    if (cast.proof() == entra::Proof::ManagedIdentity) {
        const auto identity = cast.managedIdentity();
        if (!identity)
            return tl::unexpected(identity.error());
        out.steps.append(entra::managedIdentityToken(cast.setup(), **identity, {}));
    }
    const auto exchange = entra::exchangeAsBlueprint(cast.setup(), **tenant, **blueprint, **agent, cast.proof(), {});
    if (!exchange)
        return tl::unexpected(exchange.error());
    out.steps.append(*exchange);
    out.steps.append(entra::tokenAsAgent(**tenant, **agent, resource, {}));
    return out;
}

base::Error missing(const setup::Target& target, const QString& member, const QString& what)
{
    return {u"flow-member"_s, u"The target %1 has no `%2`: %3."_s.arg(target.name, member, what), target.pointer + u'/' + member};
}

/// The next slot after "T2" is "T3".
QString following(const QString& slot) { return u"T%1"_s.arg(QStringView(slot).sliced(1).toInt() + 1); }

Result<flow::Flow> toGoogle(const setup::Setup& setup, const setup::FlowSpec& spec, bool impersonate)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto found = cast.target(spec.target, "target");
    if (!tenant || !found)
        return tl::unexpected(!tenant ? tenant.error() : found.error());
    const setup::Target& target = **found;
    const auto resource = cast.resourceOf(target);
    if (!resource)
        return tl::unexpected(resource.error());
    if (impersonate && (target.serviceAccount.isEmpty() || target.credentialsUrl.isEmpty()))
        return tl::unexpected(missing(target, target.serviceAccount.isEmpty() ? u"serviceAccount"_s : u"credentialsUrl"_s,
            u"impersonation needs both"_s));
    const auto subject = spec.option == 1 ? identityItself(cast, **resource) : agentIdentity(cast, **resource);
    if (!subject)
        return tl::unexpected(subject.error());
    flow::Flow flow {.steps = subject->steps, .keys = keysOf(**tenant)};
    QString slot = following(subject->slot);
    flow.steps.append(federation::exchangeAtGoogle(target, subject->asker, subject->slot, slot, {}));
    if (impersonate) {
        flow.steps.append(federation::impersonateAccount(target, subject->asker, slot, following(slot), {}));
        slot = following(slot);
    }
    // A target that is the token service alone ends with its token.
    if (!target.authorizationServer.isEmpty())
        flow.steps.append(federation::generateContent(target, subject->asker, slot, {}));
    return flow;
}

} // namespace

Result<flow::Flow> googleDirect(const setup::Setup& setup, const setup::FlowSpec& spec) { return toGoogle(setup, spec, false); }

Result<flow::Flow> googleImpersonation(const setup::Setup& setup, const setup::FlowSpec& spec) { return toGoogle(setup, spec, true); }

} // namespace catalog
