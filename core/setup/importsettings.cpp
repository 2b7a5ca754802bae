// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importdraft_p.h"

#include "core/setup/sidecarreading.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

QString setting(const SidecarCredential& credential, QStringView name)
{
    const auto found = std::ranges::find_if(credential.members, [&](const SettingRead& m) { return m.key.endsWith(name, Qt::CaseInsensitive); });
    return found == credential.members.end() ? QString() : found->value;
}

/// The first credential that can be taken over decides: the sidecar tries them in order.
void takeCredential(Draft& draft, const QString& file, const SidecarReading& reading, QJsonObject& blueprint, QJsonObject& settings)
{
    QJsonArray credentials = blueprint[u"credentials"].toArray();
    for (const SidecarCredential& each : reading.credentials) {
        const QString type = each.sourceType.toLower();
        if (type == u"clientsecret") {
            credentials.append(QJsonObject {{u"type"_s, u"secret"_s}, {u"name"_s, u"sidecar"_s}});
            settings[u"credential"_s] = u"secret"_s;
        } else if (type == u"signedassertionfrommanagedidentity") {
            const QString clientId = setting(each, u"ManagedIdentityClientId");
            draft.identities.append({{u"name"_s, u"managed-identity"_s}, {u"type"_s, clientId.isEmpty() ? u"systemAssigned"_s : u"userAssigned"_s},
                {u"clientId"_s, isGuid(clientId) ? clientId : draft.madeUpId(u"The managed identity's client id: the settings do not name one."_s)},
                {u"objectId"_s, draft.madeUpId(u"The managed identity's object id: settings name its client id alone."_s)},
                {u"flavour"_s, u"imds"_s}, {u"endpoint"_s, u"http://169.254.169.254"_s}});
            settings[u"credential"_s] = u"managed-identity"_s;
            settings[u"managedIdentity"_s] = u"managed-identity"_s;
        } else {
            draft.out.notUnderstood.append({file, u"ClientCredentials %1"_s.arg(each.index), u"Source type %1 is not taken over."_s.arg(each.sourceType)});
        }
    }
    if (!credentials.isEmpty())
        blueprint[u"credentials"_s] = credentials;
}

QString targetKind(const SidecarApi& api)
{
    const QString all = (api.target + u' ' + api.name).toLower();
    return all.contains(u"anthropic") || all.contains(u"claude") ? u"anthropic"_s : all.contains(u"graph.microsoft.com") || api.name == u"graph" ? u"graph"_s : u"api"_s;
}

void takeApis(Draft& draft, const SidecarReading& reading, QJsonObject& settings)
{
    QJsonArray apis;
    for (const SidecarApi& api : reading.apis) {
        const QString kind = targetKind(api);
        const auto same = std::ranges::find_if(draft.targets, [&](const QJsonObject& t) { return t[u"kind"].toString() == kind && kind != u"api"; });
        const QString name = same == draft.targets.end() ? shortName(api.name, draft.targets) : (*same)[u"name"].toString();
        if (same == draft.targets.end())
            draft.targets.append({{u"name"_s, name}, {u"kind"_s, kind}, {u"url"_s, api.target}});
        else if (!api.target.isEmpty())
            (*same)[u"url"_s] = api.target;
        for (const QString& scope : api.scopes)
            if (scope.startsWith(u"api://"_s) && scope.endsWith(u"/.default"_s))
                std::ranges::find(draft.targets, name, [](const QJsonObject& t) { return t[u"name"].toString(); })->insert(u"audienceHint"_s, scope.chopped(9));
        QJsonObject entry {{u"name"_s, api.name}, {u"target"_s, name}, {u"requestAppToken"_s, api.appToken}};
        if (!api.scopes.isEmpty())
            entry[u"scopes"_s] = listOf(api.scopes);
        apis.append(entry);
    }
    settings[u"apis"_s] = apis;
}

void noteSecrets(Draft& draft, const QString& file, const SidecarReading& reading)
{
    for (const SettingsHolder& holder : reading.holders)
        for (const SettingRead& each : holder.settings)
            if (each.secret && each.inlined)
                draft.out.secrets.append({file, u"line %1"_s.arg(each.line), u"a secret by its name or shape: %1"_s.arg(each.key),
                    each.key.contains(u"ClientSecret"_s, Qt::CaseInsensitive) || each.key.contains(u"CLIENT_SECRET"_s) ? u"blueprint"_s : QString()});
    for (const QString& gap : reading.notUnderstood)
        draft.out.notUnderstood.append({file, gap.section(u": "_s, 0, 0), gap.section(u": "_s, 1)});
}

/// An id that is none cannot be looked up. Its value may be anything, and is not repeated.
void noteIds(Draft& draft, const QString& file, const SidecarReading& reading)
{
    for (const auto& [name, id] : {std::pair(u"AzureAd__TenantId"_s, reading.tenantId), std::pair(u"AzureAd__ClientId"_s, reading.clientId),
             std::pair(u"The agent's client id"_s, reading.agentClientId)})
        if (!id.isEmpty() && !isGuid(id))
            draft.out.notUnderstood.append({file, name, u"The value is no GUID."_s});
}

/// Without the blueprint's id there is nobody whose credentials and APIs these are.
void noteUnowned(Draft& draft, const QString& file, const SidecarReading& reading)
{
    for (const SidecarCredential& each : reading.credentials)
        draft.out.notUnderstood.append({file, u"ClientCredentials %1"_s.arg(each.index), u"The settings name no blueprint that it belongs to."_s});
    for (const SidecarApi& each : reading.apis)
        draft.out.notUnderstood.append({file, u"DownstreamApis %1"_s.arg(each.name), u"The settings name no blueprint that asks for it."_s});
}

} // namespace

bool readSettings(Draft& draft, const ImportFile& file)
{
    const auto reading = readSidecarSettings(file.bytes, file.name);
    if (!reading || (reading->clientId.isEmpty() && reading->credentials.isEmpty() && reading->agentClientId.isEmpty() && reading->apis.isEmpty()))
        return false;
    noteSecrets(draft, file.name, *reading);
    noteIds(draft, file.name, *reading);
    if (isGuid(reading->tenantId))
        draft.tenantId = reading->tenantId;
    if (isGuid(reading->agentClientId))
        draft.app(reading->agentClientId)[u"kind"_s] = u"agent"_s;
    if (!isGuid(reading->clientId)) {
        noteUnowned(draft, file.name, *reading);
        draft.out.read.append({file.name, u"settings"_s, reading->agentClientId.isEmpty() ? u"without ids"_s : u"agent %1"_s.arg(reading->agentClientId)});
        return true;
    }
    QJsonObject& blueprint = draft.app(reading->clientId);
    blueprint[u"kind"_s] = u"blueprint"_s;
    QJsonObject settings {{u"host"_s, u"agent's container"_s}, {u"blueprint"_s, reading->clientId}};
    static const QRegularExpression tag(u":(\\d+\\.\\d+\\.\\d+)"_s);
    if (const SettingsHolder* holder = reading->sidecar())
        if (const auto match = tag.match(holder->image); match.hasMatch())
            settings[u"version"_s] = match.captured(1);
    takeCredential(draft, file.name, *reading, blueprint, settings);
    takeApis(draft, *reading, settings);
    const bool known = std::ranges::any_of(draft.targets, [](const QJsonObject& t) { return t[u"kind"].toString() == u"sidecar"; });
    if (!known)
        draft.targets.append({{u"name"_s, u"sidecar"_s}, {u"kind"_s, u"sidecar"_s}, {u"displayName"_s, u"auth sidecar"_s}, {u"url"_s, u"http://localhost:5000"_s}, {u"settings"_s, settings}});
    draft.out.read.append({file.name, u"sidecar settings"_s, u"blueprint %1, %2 APIs"_s.arg(reading->clientId).arg(reading->apis.size())});
    return true;
}

} // namespace setup::importing
