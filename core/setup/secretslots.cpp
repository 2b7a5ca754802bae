// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secretslots.h"

#include "core/setup/targetsecrets.h"
#include "core/setup/workloadkeys.h"

using namespace Qt::StringLiterals;

namespace setup {

namespace {

template <typename T>
QString titleOf(const T& object)
{
    return object.displayName.isEmpty() ? object.name : object.displayName;
}

void addApps(const Setup& setup, QList<SecretSlot>& out)
{
    using Kind = SecretSlot::Kind;
    for (const App& app : setup.apps)
        for (const Credential& credential : app.credentials)
            if (credential.type != CredentialType::Federated)
                out.append({titleOf(app), app.name + u'/' + credential.name, credential.name, secretKey(setup, app, credential),
                    credential.type == CredentialType::Secret ? Kind::ClientSecret : Kind::PrivateKey});
}

/// GitHub, clusters and AWS want to know which job asks; the others know by where the request comes from.
bool wantsCredential(const Issuer& issuer)
{
    return issuer.tokenSource.type.isEmpty() && (issuer.kind == u"github" || issuer.kind == u"kubernetes" || issuer.kind == u"aws");
}

void addIssuers(const Setup& setup, QList<SecretSlot>& out)
{
    for (const Issuer& issuer : setup.issuers) {
        if (issuer.tokenSource.type == u"paste")
            out.append({titleOf(issuer), issuer.name + u"/token"_s, u"pasted token"_s, pastedTokenKey(setup, issuer), SecretSlot::Kind::Token});
        else if (wantsCredential(issuer))
            out.append({titleOf(issuer), issuer.name + u"/request-token"_s, u"the job's own credential"_s, requestTokenKey(setup, issuer), SecretSlot::Kind::Token});
    }
}

void addTargets(const Setup& setup, QList<SecretSlot>& out)
{
    for (const Target& target : setup.targets) {
        const auto add = [&](const SecretKey& key) {
            out.append({titleOf(target), target.name + u'/' + key.credential, key.credential, key, SecretSlot::Kind::ClientSecret});
        };
        if (hasClientSecret(target))
            add(secretKey(setup, target));
        if (hasManagementKey(target))
            add(secretKey(setup, target, u"management-key"_s));
    }
}

} // namespace

QList<SecretSlot> secretSlots(const Setup& setup)
{
    QList<SecretSlot> out;
    addApps(setup, out);
    addIssuers(setup, out);
    addTargets(setup, out);
    for (const ManagedIdentity& identity : setup.managedIdentities)
        if (identity.flavour == u"app-service")
            out.append({titleOf(identity), identity.name + u"/identity-header"_s, u"identity header"_s, identityHeaderKey(setup, identity), SecretSlot::Kind::Token});
    return out;
}

} // namespace setup
