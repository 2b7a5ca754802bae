// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googletrust.h"

#include "core/trust/google.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

bool names(const setup::Target& target, const QString& objectId)
{
    return !objectId.isEmpty() && target.provider.root()["attributeCondition"].text().contains(objectId);
}

QJsonObject principal(const QString& type, const QString& name) { return {{u"type"_s, type}, {u"name"_s, name}}; }

QJsonObject principalOf(const setup::Setup& setup, const setup::Target& target)
{
    for (const setup::ManagedIdentity& identity : setup.managedIdentities)
        if (names(target, identity.objectId))
            return principal(u"managed-identity"_s, identity.name);
    for (const setup::App& app : setup.apps)
        if (names(target, app.objectId))
            return principal(app.kind == setup::AppKind::Agent ? u"agent"_s : u"app"_s, app.name);
    return {};
}

} // namespace

QList<Lab::Endpoint> googleEndpoints(const setup::Setup& setup)
{
    QList<Lab::Endpoint> out;
    for (const setup::Target& target : setup.targets) {
        if (target.kind != "google"_L1)
            continue;
        out.append({u"gcp-sts"_s, QString(trust::googleTokenService(target) + u"/v1/token"_s)});
        if (!target.credentialsUrl.isEmpty())
            out.append({u"gcp-iamcredentials"_s, target.credentialsUrl});
    }
    return out;
}

QJsonArray googleTrusts(const setup::Setup& setup)
{
    QJsonArray out;
    for (const setup::Target& target : setup.targets) {
        const setup::App* resource = setup.app(target.resource);
        const QJsonObject who = principalOf(setup, target);
        if (target.kind != "google"_L1 || !resource || who.isEmpty())
            continue;
        out.append(QJsonObject {{u"name"_s, target.name}, {u"service"_s, u"gcp"_s}, {u"principal"_s, who},
            {u"scope"_s, QString(resource->identifierUris.value(0, resource->clientId) + u"/.default"_s)},
            {u"settings"_s,
                QJsonObject {{u"audience"_s, trust::googleAudience(target.provider.root())},
                    {u"subjectTokenType"_s, target.subjectTokenType},
                    {u"serviceAccount"_s, target.serviceAccount}}}});
    }
    return out;
}

} // namespace lab
