// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "vaultrecipes.h"

#include "cast.h"

#include "core/entra/agent.h"
#include "core/entra/resourcetoken.h"
#include "core/federation/anthropic.h"
#include "core/federation/keyvault.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;
using flow::Step;

namespace {

/// The vault and whoever asks it, with the steps that lead to the token.
struct Opening
{
    const setup::Target* vault = nullptr;
    QList<Step> steps {};      ///< challenge and token
    flow::Party asker {};
    QString slot {};

    federation::VaultTalk about(const QString& secret, const QString& version = {}) const { return {*vault, asker, secret, slot, version}; }
};

/// Every key an Entra token of these flows may be signed with.
QList<flow::KeySource> keysOf(const setup::Tenant& tenant)
{
    const flow::Value url = flow::fromSetup(tenant.keysUrl(), tenant.pointer + u"/authority"_s);
    return {{.issuer = tenant.issuerV2(), .url = url}, {.issuer = tenant.issuerV1(), .url = url}};
}

Result<void> openAsAgent(const Cast& cast, const setup::Tenant& tenant, const setup::App& resource, Opening& out)
{
    const auto blueprint = cast.app(cast.spec().blueprint, "blueprint");
    const auto agent = cast.app(cast.spec().agent, "agent");
    if (!blueprint || !agent)
        return tl::unexpected(blueprint ? agent.error() : blueprint.error());
    if (cast.proof() == entra::Proof::ManagedIdentity) {
        const auto identity = cast.managedIdentity();
        if (!identity)
            return tl::unexpected(identity.error());
        out.steps.append(entra::managedIdentityToken(cast.setup(), **identity, {}));
    }
    auto exchange = entra::exchangeAsBlueprint(cast.setup(), tenant, **blueprint, **agent, cast.proof(), {});
    if (!exchange)
        return tl::unexpected(exchange.error());
    out.steps.append(std::move(*exchange));
    out.steps.append(entra::tokenAsAgent(tenant, **agent, resource, {}));
    out.asker = entra::party(**agent);
    out.slot = u"T2"_s;
    return {};
}

Result<void> openAsApp(const Cast& cast, const setup::Tenant& tenant, const setup::App& resource, Opening& out)
{
    const auto app = cast.app(cast.spec().middleTier, "middleTier");
    if (!app)
        return tl::unexpected(app.error());
    if (cast.proof() == entra::Proof::ManagedIdentity) {
        const auto identity = cast.managedIdentity();
        if (!identity)
            return tl::unexpected(identity.error());
        out.steps.append(entra::managedIdentityToken(cast.setup(), **identity, {}));
    }
    auto token = entra::tokenAsApp(cast.setup(), tenant, **app, cast.proof(), resource, {});
    if (!token)
        return tl::unexpected(token.error());
    out.steps.append(std::move(*token));
    out.asker = entra::party(**app);
    out.slot = u"T1"_s;
    return {};
}

Result<void> openAsHost(const Cast& cast, const setup::App& resource, Opening& out)
{
    const auto identity = cast.managedIdentity();
    if (!identity)
        return tl::unexpected(identity.error());
    const flow::Value asked = flow::fromSetup(resource.identifierUris.value(0, resource.clientId), resource.pointer + u"/identifierUris/0"_s);
    out.steps.append(entra::managedIdentityTokenFor(cast.setup(), **identity, asked, u"T0"_s, {}));
    out.asker = entra::party(**identity);
    out.slot = u"T0"_s;
    return {};
}

/// Challenge, then the token. `secret` is what the first, unauthorized request asks for.
Result<Opening> opened(const Cast& cast, const QString& secret)
{
    const setup::FlowSpec& spec = cast.spec();
    const auto tenant = cast.tenant();
    const auto vault = cast.target(spec.via.isEmpty() ? spec.target : spec.via, spec.via.isEmpty() ? "target" : "via");
    if (!tenant || !vault)
        return tl::unexpected(tenant ? vault.error() : tenant.error());
    const auto resource = cast.resourceOf(**vault);
    if (!resource)
        return tl::unexpected(resource.error());
    if (spec.secret.isEmpty())
        return base::fail(u"flow-member"_s, u"The flow %1 does not say which `secret` it is about. Add the member."_s.arg(spec.id), spec.pointer + u"/secret"_s);
    Opening out {.vault = *vault};
    const auto done = !spec.agent.isEmpty() ? openAsAgent(cast, **tenant, **resource, out)
        : !spec.middleTier.isEmpty()        ? openAsApp(cast, **tenant, **resource, out)
                                            : openAsHost(cast, **resource, out);
    if (!done)
        return tl::unexpected(done.error());
    out.steps.prepend(federation::vaultChallenge(out.about(secret), {}));
    return out;
}

Flow flowOf(const Cast& cast, QList<Step> steps) { return {.steps = std::move(steps), .keys = keysOf(**cast.tenant())}; }

/// The version that rotation takes out of use: the newest one the setup lists.
const setup::VaultSecret* listedVersion(const setup::Target& vault, const QString& secret)
{
    const setup::VaultSecret* found = nullptr;
    for (const setup::VaultSecret& each : vault.secrets)
        if (each.name == secret && !each.version.isEmpty() && (!found || found->created <= each.created))
            found = &each;
    return found;
}

} // namespace

Result<Flow> vaultSecret(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    auto opening = opened(cast, spec.secret);
    if (!opening)
        return tl::unexpected(opening.error());
    opening->steps.append(federation::readSecret(opening->about(spec.secret), u"secret"_s, {}));
    return flowOf(cast, opening->steps);
}

Result<Flow> vaultBlueGreen(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const QString primary = spec.secret + u"-primary"_s;
    auto opening = opened(cast, primary);
    if (!opening)
        return tl::unexpected(opening.error());
    const Step first = federation::readSecret(opening->about(primary), u"secret"_s, {});
    opening->steps.append(first);
    Step twin = federation::readTwin(opening->about(spec.secret + u"-secondary"_s), u"secret"_s, first.id, {});
    // The textbook helper catches every exception: shown where a setup says so, never the default.
    if (spec.settings.root()["fallback"].text() == u"any") {
        twin.onlyAfter = Step::OnlyAfter {first.id, {400, 401, 403, 404, 429}};
        twin.expects.clear();
    }
    opening->steps.append(twin);
    return flowOf(cast, opening->steps);
}

Result<Flow> vaultRotation(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    auto opening = opened(cast, spec.secret);
    if (!opening)
        return tl::unexpected(opening.error());
    const setup::VaultSecret* old = listedVersion(*opening->vault, spec.secret);
    if (!old)
        return base::fail(u"flow-object"_s, u"The flow %1 rotates %2, and the vault lists no version of it. Add the version that is to be disabled."_s.arg(spec.id, spec.secret), opening->vault->pointer + u"/secrets"_s);
    Step confirm = federation::readSecret(opening->about(spec.secret), u"fresh"_s, {});
    confirm.id = u"read-new-version"_s;
    confirm.title = u"Read the new version"_s;
    confirm.explain = u"read-new-version"_s;
    opening->steps.append(QList<Step> {federation::readSecret(opening->about(spec.secret), u"secret"_s, {}), federation::newVersion(opening->about(spec.secret), {}), confirm,
        federation::disableVersion(opening->about(spec.secret, old->version), {}), federation::confirmDisabled(opening->about(spec.secret, old->version), {})});
    return flowOf(cast, opening->steps);
}

Result<Flow> vaultKey(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    auto opening = opened(cast, spec.secret);
    const auto target = cast.target(spec.target, "target");
    if (!opening || !target)
        return tl::unexpected(opening ? target.error() : opening.error());
    opening->steps.append(federation::readSecret(opening->about(spec.secret), u"key"_s, {}));
    opening->steps.append(federation::sendMessageWithKey(**target, opening->asker, u"key"_s, {}));
    return flowOf(cast, opening->steps);
}

} // namespace catalog
