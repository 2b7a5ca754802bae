// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "roots.h"

#include "core/federation/workloadtoken.h"

namespace catalog {

using namespace Qt::StringLiterals;
using Steps = base::Result<QList<flow::Step>>;

namespace {

Steps onHost(const Cast& cast, const flow::Frame& frame)
{
    const auto identity = cast.managedIdentity();
    if (!identity)
        return tl::unexpected(identity.error());
    if ((*identity)->flavour == u"arc")
        return entra::arcToken(**identity, frame);
    return QList<flow::Step> {entra::managedIdentityToken(cast.setup(), **identity, frame, cast.spec().pinned)};
}

/// The issuer's metadata first, so that its keys are known when the token comes. Whoever pastes a token may be far from it.
Steps outside(const Cast& cast, const flow::Frame& frame)
{
    const auto issuer = cast.issuer();
    if (!issuer)
        return tl::unexpected(issuer.error());
    const QString asked = cast.spec().settings.root()["audience"].text();
    const QString audience = asked.isEmpty() ? setup::exchangeAudienceUri.toString() : asked;
    return QList<flow::Step> {federation::issuerMetadata(**issuer, frame)}
        + federation::workloadToken(cast.setup(), **issuer, audience, u"T0"_s, frame);
}

} // namespace

Steps rootSteps(const Cast& cast, entra::Proof proof, const flow::Frame& frame)
{
    switch (proof) {
    case entra::Proof::ManagedIdentity: return onHost(cast, frame);
    case entra::Proof::Issuer: return outside(cast, frame);
    case entra::Proof::Secret:
    case entra::Proof::Certificate: break;
    }
    return QList<flow::Step> {};
}

QList<flow::KeySource> rootKeys(const Cast& cast, entra::Proof proof, const flow::Frame& frame)
{
    if (proof != entra::Proof::Issuer)
        return {};
    const auto issuer = cast.issuer();
    return issuer ? QList {federation::keysOf(**issuer, frame)} : QList<flow::KeySource> {};
}

QList<flow::KeySource> tenantKeys(const setup::Tenant& tenant)
{
    const auto from = [&](const QString& issuer) {
        return flow::KeySource {.issuer = issuer, .url = flow::fromSetup(tenant.keysUrl(), tenant.pointer + u"/authority"_s)};
    };
    return {from(tenant.issuerV2()), from(tenant.issuerV1())};
}

} // namespace catalog
