// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "targetkeys.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/setup/targetsecrets.h"

using namespace Qt::StringLiterals;

namespace lab {

QByteArray clientSecret(const Entropy& entropy, const setup::Target& target)
{
    return "labt8Q~" + jose::base64url(entropy.derived(QByteArray("target " + target.name.toUtf8()))).replace('-', '.').first(33);
}

QByteArray managementKey(const Entropy& entropy, const setup::Target& broker)
{
    return "labK" + jose::base64url(entropy.derived(QByteArray("management key " + broker.name.toUtf8()))).replace('-', '0').first(40);
}

bool isIssuer(const setup::Target& target)
{
    return target.kind == "token-exchange"_L1 || target.kind == "broker"_L1;
}

QString keyName(const setup::Target& target) { return QString(u"target/"_s + target.name); }

const IssuerKeys& keysOf(const World& world, const setup::Target& target)
{
    return world.outside(keyName(target));
}

std::optional<trust::RegisteredClient> registration(const World& world, QByteArrayView clientId)
{
    for (const setup::Target& target : world.setup.targets) {
        if (setup::hasClientSecret(target) && target.clientId.toUtf8() == clientId)
            return trust::RegisteredClient {.clientId = target.clientId, .authMethod = u"client_secret_post"_s,
                .secret = clientSecret(world.entropy, target), .target = target.name};
    }
    return std::nullopt;
}

std::optional<trust::OpaqueGrant> opaqueGrant(World& world, QByteArrayView token)
{
    for (const setup::Target& target : world.setup.targets) {
        if (target.kind == "broker"_L1 && base::equalInConstantTime(token, managementKey(world.entropy, target)))
            return trust::OpaqueGrant {.target = target.name, .principal = u"management key"_s, .scope = u"management"_s,
                .expires = world.now() + std::chrono::hours {24}};
    }
    auto grant = world.ledger.opaque(token);
    if (grant && !grant->session.isEmpty() && world.ledger.jtiUsed(refreshUses, grant->session))
        grant->revoked = true;
    return grant;
}

} // namespace lab
