// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "walkersecrets.h"

#include "core/lab/mcpclients.h"
#include "core/lab/certificate.h"
#include "core/lab/completion.h"
#include "core/lab/targetkeys.h"
#include "core/lab/workloads.h"
#include "core/setup/targetsecrets.h"
#include "core/setup/workloadkeys.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// A renewed certificate around the same key, which nobody registered.
QByteArray renewed(const QByteArray& keyPem, const setup::App& app)
{
    const auto key = jose::Key::fromPem(keyPem);
    const base::Instant end = base::fromEpochSeconds(2'000'000'000); // 2033-05-18
    return key ? QByteArray(keyPem + certify(*key, app.clientId.toUtf8(), end).certificatePem) : keyPem;
}

QByteArray privateKey(const World& world, const setup::App& app, const QByteArray& keyPem)
{
    if (world.hasFault(u"certificate-not-registered"))
        return renewed(keyPem, app);
    if (world.hasFault(u"certificate-wrong-key"))
        return makeRsaKey(world.entropy, "a key of something else").toPrivatePem();
    return keyPem;
}

void putCredentials(const World& world, const QHash<QString, QByteArray>& certificateKeys, setup::MemorySecrets& store)
{
    const bool asId = world.hasFault(u"secret-id-as-value");
    for (const setup::App& app : world.setup.apps) {
        for (const setup::Credential& c : app.credentials) {
            const auto key = setup::secretKey(world.setup, app, c);
            const QByteArray keyPem = certificateKeys.value(certificateName(app, c));
            if (c.type == setup::CredentialType::Secret)
                store.put(key, base::Secret(asId ? c.secretId.toLatin1() : clientSecret(world.entropy, app, c)));
            else if (c.type == setup::CredentialType::Certificate && !keyPem.isEmpty())
                store.put(key, base::Secret(privateKey(world, app, keyPem)));
        }
    }
}

void putTargets(const World& world, setup::MemorySecrets& store)
{
    const bool old = world.hasFault(u"target-secret");
    for (const setup::Target& target : world.setup.targets) {
        if (setup::hasManagementKey(target))
            store.put(setup::secretKey(world.setup, target, u"management-key"_s), base::Secret(managementKey(world.entropy, target)));
        if (setup::hasClientSecret(target))
            store.put(setup::secretKey(world.setup, target),
                base::Secret(old ? QByteArray("labt8Q~of-last-year") : clientSecret(world.entropy, target)));
    }
}

} // namespace

void fillWalkerSecrets(const World& world, const QHash<QString, QByteArray>& certificateKeys, setup::MemorySecrets& store)
{
    putCredentials(world, certificateKeys, store);
    putTargets(world, store);
    for (const setup::ManagedIdentity& identity : world.setup.managedIdentities)
        store.put(setup::identityHeaderKey(world.setup, identity), base::Secret(world.identityHeader));
    for (const setup::Issuer& issuer : world.setup.issuers)
        store.put(setup::requestTokenKey(world.setup, issuer), base::Secret(requestTokenOf(world, issuer)));
    for (const setup::Target& target : world.setup.targets) {
        const QByteArray secret = mcpClientSecret(world.entropy, target);
        if (!secret.isEmpty())
            store.put({world.setup.id, target.name, target.clientId, u"client-secret"_s}, base::Secret(secret));
    }
}

} // namespace lab
