// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "setup.h"

#include <algorithm>

namespace setup {

namespace {

template <typename T, typename Member>
const T* find(const QList<T>& list, Member member, QStringView wanted)
{
    const auto found = std::ranges::find_if(list, [&](const T& each) { return each.*member == wanted; });
    return found == list.end() || wanted.isEmpty() ? nullptr : &*found;
}

} // namespace

bool App::isNamedBy(QStringView audience) const
{
    return !audience.isEmpty()
        && (clientId == audience
            || std::ranges::any_of(identifierUris, [&](const QString& uri) { return uri == audience; }));
}

const Credential* App::credential(CredentialType type) const
{
    const auto found = std::ranges::find(credentials, type, &Credential::type);
    return found == credentials.end() ? nullptr : &*found;
}

const Tenant* Setup::tenantOf(const App& app) const
{
    return app.tenant.isEmpty() ? home() : find(tenants, &Tenant::name, app.tenant);
}

const App* Setup::app(QStringView name) const { return find(apps, &App::name, name); }
const App* Setup::appByClientId(QStringView clientId) const { return find(apps, &App::clientId, clientId); }
const App* Setup::appByObjectId(QStringView objectId) const { return find(apps, &App::objectId, objectId); }

const App* Setup::appByAudience(QStringView audience) const
{
    // Graph alone answers to its URI with and without a closing slash (RFC 3986 would call them different).
    const QStringView graph(graphUri);
    if (audience.size() == graph.size() + 1 && audience.startsWith(graph) && audience.endsWith(u'/'))
        audience.chop(1);
    const auto found = std::ranges::find_if(apps, [&](const App& each) { return each.isNamedBy(audience); });
    return found == apps.end() ? nullptr : &*found;
}

const ManagedIdentity* Setup::managedIdentity(QStringView name) const
{
    return find(managedIdentities, &ManagedIdentity::name, name);
}

const ManagedIdentity* Setup::managedIdentityByObjectId(QStringView objectId) const
{
    return find(managedIdentities, &ManagedIdentity::objectId, objectId);
}

const User* Setup::user(QStringView name) const { return find(users, &User::name, name); }
const User* Setup::userByObjectId(QStringView objectId) const
{
    return find(users, &User::objectId, objectId);
}
const Target* Setup::target(QStringView name) const { return find(targets, &Target::name, name); }
const Issuer* Setup::issuer(QStringView name) const { return find(issuers, &Issuer::name, name); }
const Provider* Setup::provider(QStringView name) const { return find(providers, &Provider::name, name); }
const FlowSpec* Setup::flow(QStringView wanted) const { return find(flows, &FlowSpec::id, wanted); }

} // namespace setup
