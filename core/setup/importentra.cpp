// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importdraft_p.h"

#include "core/setup/secretshape.h"

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

/// The members of Microsoft Graph's `application` and, after the bar, what the portal's older manifest calls the same.
json::Value either(const json::Value& root, QByteArrayView graph, QByteArrayView portal)
{
    return root[graph] ? root[graph] : root[portal];
}

bool isBlueprint(const json::Value& root) { return root["@odata.type"].text().contains(u"agentIdentityBlueprint"_s) && !root["@odata.type"].text().contains(u"Principal"_s); }

bool isApplication(const json::Value& root)
{
    if (!root["appId"].isString() || root["servicePrincipalType"])
        return false;
    for (const char* member : {"signInAudience", "identifierUris", "keyCredentials", "passwordCredentials", "requiredResourceAccess", "replyUrlsWithType"})
        if (root[member])
            return true;
    return isBlueprint(root);
}

/// Secrets are listed without their value; where a value stands all the same, it was put there by somebody.
QJsonArray passwords(const Source& source, const json::Value& list)
{
    QJsonArray out;
    for (json::Value each = list.first(); each; each = each.next()) {
        QJsonObject credential {{u"type"_s, u"secret"_s}, {u"name"_s, each["displayName"].text().isEmpty() ? u"secret"_s : each["displayName"].text()}};
        if (isGuid(each["keyId"].text()))
            credential[u"secretId"_s] = each["keyId"].text();
        for (const auto& [ours, theirs] : {std::pair("created", "startDateTime"), std::pair("expires", "endDateTime"), std::pair("created", "startDate"), std::pair("expires", "endDate")})
            if (!each[theirs].text().isEmpty())
                credential[QString::fromLatin1(ours)] = each[theirs].text();
        for (const char* place : {"secretText", "value"})
            if (!each[place].text().isEmpty())
                source.secret(each[place], u"a client secret"_s, source.root()["displayName"].text());
        out.append(credential);
    }
    return out;
}

QJsonArray certificates(const Source& source, const json::Value& list)
{
    QJsonArray out;
    for (json::Value each = list.first(); each; each = each.next()) {
        QJsonObject credential {{u"type"_s, u"certificate"_s}, {u"name"_s, each["displayName"].text().isEmpty() ? u"certificate"_s : each["displayName"].text()}};
        const QString expires = either(each, "endDateTime", "endDate").text();
        if (!expires.isEmpty())
            credential[u"expires"_s] = expires;
        // Graph gives the certificate itself only when it is asked for.
        if (!each["key"].text().isEmpty())
            credential[u"certificate"_s] = u"-----BEGIN CERTIFICATE-----\n%1\n-----END CERTIFICATE-----\n"_s.arg(each["key"].text());
        else
            source.gap(each, u"The certificate itself is not in the file: no thumbprint can be compared."_s);
        out.append(credential);
    }
    return out;
}

QStringList redirects(const json::Value& root, bool& isPublic)
{
    QStringList out = textsOf(root["web"]["redirectUris"]) + textsOf(root["spa"]["redirectUris"]);
    const QStringList native = textsOf(root["publicClient"]["redirectUris"]);
    isPublic = !native.isEmpty() || (!textsOf(root["spa"]["redirectUris"]).isEmpty());
    for (json::Value each = root["replyUrlsWithType"].first(); each; each = each.next()) {
        out.append(each["url"].text());
        isPublic = isPublic || each["type"].text() != u"Web";
    }
    return out + native;
}

QString kindOf(const json::Value& root, const QJsonObject& app, bool isPublic)
{
    if (isBlueprint(root))
        return u"blueprint"_s;
    if (!app[u"credentials"].toArray().isEmpty())
        return u"confidential"_s;
    if (isPublic)
        return u"public"_s;
    return app[u"appRoles"].toArray().isEmpty() && app[u"delegatedScopes"].toArray().isEmpty() && app[u"identifierUris"].toArray().isEmpty()
        ? u"confidential"_s
        : u"resource"_s;
}

/// Scopes or roles by their values. What is switched off can neither be asked for nor granted.
QStringList exposed(const Source& source, const json::Value& list)
{
    QStringList out;
    for (json::Value each = list.first(); each; each = each.next()) {
        const QString value = each["value"].text();
        if (each["isEnabled"].isBool() && !each["isEnabled"].boolean())
            source.gap(each, u"%1 is disabled."_s.arg(value));
        else if (!value.isEmpty())
            out.append(value);
    }
    return out;
}

void setList(QJsonObject& app, const QString& name, const QStringList& texts)
{
    if (!texts.isEmpty())
        app[name] = listOf(texts);
}

void readApplication(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& app = source.draft().app(root["appId"].text());
    const QString title = either(root, "displayName", "name").text();
    app[u"displayName"_s] = title;
    QJsonArray credentials = passwords(source, root["passwordCredentials"]);
    for (const QJsonValue& each : certificates(source, root["keyCredentials"]))
        credentials.append(each);
    for (json::Value each = root["federatedIdentityCredentials"].first(); each; each = each.next())
        credentials.append(federated(each));
    if (!credentials.isEmpty())
        app[u"credentials"_s] = credentials;
    setList(app, u"identifierUris"_s, textsOf(root["identifierUris"]));
    setList(app, u"delegatedScopes"_s, exposed(source, either(root["api"], "oauth2PermissionScopes", "").first() ? root["api"]["oauth2PermissionScopes"] : root["oauth2Permissions"]));
    setList(app, u"appRoles"_s, exposed(source, root["appRoles"]));
    setList(app, u"optionalClaims"_s, textsOf(root["optionalClaims"]["accessToken"], "name"));
    bool isPublic = false;
    setList(app, u"redirectUris"_s, redirects(root, isPublic));
    const json::Value version = root["api"]["requestedAccessTokenVersion"] ? root["api"]["requestedAccessTokenVersion"] : root["accessTokenAcceptedVersion"];
    if (version.integer())
        app[u"requestedAccessTokenVersion"_s] = *version.integer();
    app[u"kind"_s] = kindOf(root, app, isPublic);
    const QString domain = root["publisherDomain"].text();
    if (!domain.isEmpty() && source.draft().tenantDomain.isEmpty())
        source.draft().tenantDomain = domain;
    for (json::Value each = root["requiredResourceAccess"].first(); each; each = each.next())
        source.gap(each, u"Permissions are listed by id; their names stand in the resource's own manifest, and whether they were consented to in the grants."_s);
    source.leftOver(root,
        {u"id"_s, u"appId"_s, u"displayName"_s, u"name"_s, u"passwordCredentials"_s, u"keyCredentials"_s, u"federatedIdentityCredentials"_s, u"identifierUris"_s,
            u"api"_s, u"oauth2Permissions"_s, u"appRoles"_s, u"optionalClaims"_s, u"web"_s, u"spa"_s, u"publicClient"_s, u"replyUrlsWithType"_s,
            u"accessTokenAcceptedVersion"_s, u"publisherDomain"_s, u"requiredResourceAccess"_s, u"signInAudience"_s, u"createdDateTime"_s});
    source.read(isBlueprint(root) ? u"agent identity blueprint"_s : u"Entra application"_s, u"%1, %2 credentials"_s.arg(title).arg(credentials.size()));
}

bool isServicePrincipal(const json::Value& root) { return root["servicePrincipalType"].isString() || root["agentIdentityBlueprintId"].isString(); }

/// A managed identity's resource stands among its alternative names (Microsoft Graph, servicePrincipal).
void readManagedIdentity(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject identity {{u"displayName"_s, root["displayName"].text()}, {u"clientId"_s, root["appId"].text()}, {u"objectId"_s, root["id"].text()},
        {u"endpoint"_s, u"http://169.254.169.254"_s}, {u"flavour"_s, u"imds"_s}};
    bool explicitly = false;
    for (const QString& name : textsOf(root["alternativeNames"])) {
        explicitly = explicitly || name.compare(u"isExplicit=True", Qt::CaseInsensitive) == 0 || name.contains(u"/userAssignedIdentities/"_s, Qt::CaseInsensitive);
        if (name.startsWith(u'/'))
            identity[u"resourceId"_s] = name;
    }
    identity[u"type"_s] = explicitly ? u"userAssigned"_s : u"systemAssigned"_s;
    source.draft().identities.append(identity);
    source.read(u"managed identity"_s, u"%1, %2"_s.arg(root["displayName"].text(), explicitly ? u"user-assigned"_s : u"system-assigned"_s));
}

void readServicePrincipal(const Source& source)
{
    const json::Value root = source.root();
    const QString tenant = root["appOwnerOrganizationId"].text();
    const QStringList taken {u"id"_s, u"appId"_s, u"displayName"_s, u"appDisplayName"_s, u"servicePrincipalType"_s, u"appOwnerOrganizationId"_s, u"alternativeNames"_s, u"servicePrincipalNames"_s,
        u"accountEnabled"_s, u"agentIdentityBlueprintId"_s, u"appRoles"_s, u"oauth2PermissionScopes"_s, u"signInAudience"_s, u"createdDateTime"_s};
    source.leftOver(root, taken);
    if (root["servicePrincipalType"].text() == u"ManagedIdentity")
        return readManagedIdentity(source);
    const QString blueprint = root["agentIdentityBlueprintId"].text();
    const bool isAgent = !blueprint.isEmpty();
    // An agent identity has no application of its own: its id is its client id (entra.md 5).
    const QString clientId = root["appId"].text().isEmpty() ? root["id"].text() : root["appId"].text();
    QJsonObject& app = source.draft().app(clientId);
    app[u"objectId"_s] = root["id"].text();
    if (!app.contains(u"displayName"_s))
        app[u"displayName"_s] = root["displayName"].text();
    if (root["accountEnabled"].isBool() && !root["accountEnabled"].boolean())
        app[u"disabled"_s] = true;
    if (isAgent) {
        app[u"kind"_s] = u"agent"_s;
        app[u"parent"_s] = blueprint; // an id until the names are given
        app[u"credentials"_s] = QJsonArray();
        source.draft().app(blueprint)[u"kind"_s] = u"blueprint"_s;
    } else if (isGuid(tenant) && source.draft().tenantId.isEmpty()) {
        source.draft().tenantId = tenant;
    }
    source.read(isAgent ? u"agent identity"_s : u"service principal"_s, root["displayName"].text());
}

bool isCredential(const json::Value& root) { return root["issuer"].isString() && root["audiences"].isArray(); }

json::Value credentialList(const json::Value& root) { return root.isArray() ? root : root["value"]; }

bool isCredentialList(const json::Value& root) { return isCredential(root) || isCredential(credentialList(root).first()); }

void readCredentials(const Source& source)
{
    qsizetype count = 0;
    const auto take = [&](const json::Value& each) {
        if (!isCredential(each))
            return source.gap(each, u"This is no federated credential: issuer and audiences are missing."_s);
        source.draft().looseCredentials.append(federated(each));
        source.leftOver(each, {u"id"_s, u"name"_s, u"issuer"_s, u"subject"_s, u"audiences"_s, u"claimsMatchingExpression"_s, u"description"_s});
        ++count;
    };
    if (isCredential(source.root()))
        take(source.root());
    else
        for (json::Value each = credentialList(source.root()).first(); each; each = each.next())
            take(each);
    source.onePage();
    source.read(u"federated credentials"_s, QString::number(count));
}

} // namespace

const QList<Kind> entraKinds {{isApplication, readApplication}, {isServicePrincipal, readServicePrincipal}, {isCredentialList, readCredentials}};

} // namespace setup::importing
