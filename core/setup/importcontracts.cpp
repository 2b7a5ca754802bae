// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importdraft_p.h"

#include "core/jose/key.h"
#include "core/setup/externalaccount.h"

#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

void knowTenant(const Source& source, const QString& issuer)
{
    const QString tenant = tenantOfIssuer(issuer);
    if (!tenant.isEmpty() && source.draft().tenantId.isEmpty())
        source.draft().tenantId = tenant;
}

/// Targets of one kind from several files are one target: a provider and a policy, a provider and a client's file.
QJsonObject& target(const Source& source, const QString& kind)
{
    for (QJsonObject& each : source.draft().targets)
        if (each[u"kind"].toString() == kind)
            return each;
    source.draft().targets.append({{u"name"_s, kind}, {u"kind"_s, kind}});
    return source.draft().targets.back();
}

/// Two providers are two targets, and a client's file belongs to the provider that its audience names.
QJsonObject& googleTarget(const Source& source, const QString& provider)
{
    QList<QJsonObject>& targets = source.draft().targets;
    const auto named = std::ranges::find_if(targets, [&](const QJsonObject& t) {
        return t[u"kind"].toString() == u"google" && (t[u"provider"][u"name"].toString() == provider || t[u"providerName"].toString() == provider);
    });
    if (named != targets.end())
        return *named;
    targets.append({{u"name"_s, shortName(u"google"_s, targets)}, {u"kind"_s, u"google"_s}});
    return targets.back();
}

/// Of each part a target has one: the first stays, another one is listed.
void put(const Source& source, QJsonObject& target, const QString& member, const QJsonValue& value, const json::Value& from)
{
    if (target.contains(member) && target.value(member) != value)
        return source.gap(from, u"Another %1 was read before. Import this one by itself."_s.arg(member));
    target[member] = value;
}

/// Keys given inline are taken over as they are. Where a private one is among them it is a leak, and only the public halves, which
/// are returned, go into the setup; else nothing is.
QByteArray publicKeys(const Source& source, const json::Value& keys)
{
    const auto read = jose::readKeys(keys.isString() ? keys.bytes() : keys.raw());
    if (!keys || !read || std::ranges::none_of(read->keys, &jose::Key::isPrivate))
        return {};
    source.secret(keys, u"a private key"_s);
    return jose::toJwks(read->keys);
}

// -- AWS: the role's policy and what GetOpenIDConnectProvider answers ---------------------------------------------------

bool isPolicy(const json::Value& value) { return value["Statement"].isArray() || value["Statement"].isObject(); }
bool isAwsProvider(const json::Value& value) { return value["ClientIDList"].isArray() && value["Url"].isString(); }
bool isAws(const json::Value& root)
{
    return root["trustPolicy"].isObject() || isPolicy(root) || isAwsProvider(root) || isPolicy(root["Role"]["AssumeRolePolicyDocument"]);
}

QString region(const QString& arn) { return arn.contains(u":aws-us-gov:") ? u"us-gov-west-1"_s : u"us-east-1"_s; }

void readAws(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& aws = target(source, u"aws"_s);
    const json::Value role = root["Role"];
    const json::Value policy = root["trustPolicy"] ? root["trustPolicy"] : role ? role["AssumeRolePolicyDocument"] : isPolicy(root) ? root : json::Value();
    const json::Value provider = root["provider"] ? root["provider"] : isAwsProvider(root) ? root : json::Value();
    QStringList what;
    if (policy) {
        put(source, aws, u"trustPolicy"_s, foreign(policy), policy);
        knowTenant(source, providerUrlOf(foreign(policy).toObject()));
        what.append(u"trust policy"_s);
    }
    if (provider) {
        put(source, aws, u"provider"_s, foreign(provider), provider);
        knowTenant(source, provider["Url"].text());
        what.append(u"OIDC provider %1"_s.arg(provider["Url"].text()));
    }
    if (!role["Arn"].text().isEmpty())
        aws[u"roleArn"_s] = role["Arn"].text();
    if (!aws.contains(u"region"_s))
        aws[u"region"_s] = region(aws[u"roleArn"].toString());
    if (root["trustPolicy"] || root["provider"])
        source.leftOver(root, {u"trustPolicy"_s, u"provider"_s});
    source.read(u"AWS"_s, what.join(u", "_s));
}

// -- Google: a pool's provider, and the file that clients are given -----------------------------------------------------

bool isGoogleProvider(const json::Value& root) { return root["oidc"]["issuerUri"].isString(); }

void readGoogleProvider(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& google = googleTarget(source, root["name"].text());
    QJsonObject provider = foreign(root).toObject();
    if (const QByteArray keys = publicKeys(source, root["oidc"]["jwksJson"]); !keys.isEmpty()) {
        QJsonObject oidc = provider[u"oidc"_s].toObject();
        oidc[u"jwksJson"_s] = QString::fromLatin1(keys);
        provider[u"oidc"_s] = oidc;
    }
    put(source, google, u"provider"_s, provider, root);
    knowTenant(source, root["oidc"]["issuerUri"].text());
    source.read(u"Google workload identity provider"_s, root["name"].text());
}

bool isOtherProvider(const json::Value& root) { return root["name"].text().contains(u"/workloadIdentityPools/"_s) && !root["oidc"]; }

void readOtherProvider(const Source& source)
{
    source.gap(source.root(), u"A workload identity provider of another kind than oidc is not taken over."_s);
}

/// A metadata service that the client asks: the URL names the audience, and the identity where there are several.
void readTokenUrl(const Source& source, QJsonObject& google, const QUrl& url)
{
    const QUrlQuery query(url);
    const auto parameter = [&query](const QString& name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
    if (const QString resource = parameter(u"resource"_s); !resource.isEmpty())
        google[u"audienceHint"_s] = resource;
    Draft& draft = source.draft();
    if (url.host() != u"169.254.169.254" || !draft.identities.isEmpty())
        return;
    const QString clientId = parameter(u"client_id"_s), objectId = parameter(u"object_id"_s).isEmpty() ? parameter(u"principal_id"_s) : parameter(u"object_id"_s), resourceId = parameter(u"msi_res_id"_s);
    QJsonObject identity {{u"name"_s, u"managed-identity"_s}, {u"type"_s, clientId.isEmpty() && objectId.isEmpty() && resourceId.isEmpty() ? u"systemAssigned"_s : u"userAssigned"_s},
        {u"clientId"_s, isGuid(clientId) ? clientId : draft.madeUpId(u"The managed identity's client id: the URL of the token does not name one."_s)},
        {u"objectId"_s, isGuid(objectId) ? objectId : draft.madeUpId(u"The managed identity's object id: the URL of the token does not name one."_s)},
        {u"flavour"_s, u"imds"_s}, {u"endpoint"_s, u"http://169.254.169.254"_s}};
    if (!resourceId.isEmpty())
        identity[u"resourceId"_s] = resourceId;
    draft.identities.append(identity);
}

bool isGoogleFile(const json::Value& root) { return googleFile(root) != GoogleFile::Other; }

void readGoogleFile(const Source& source)
{
    const json::Value root = source.root();
    if (googleFile(root) == GoogleFile::ServiceAccountKey)
        return source.secret(root["private_key"], u"a Google service account key"_s), source.read(u"Google service account key"_s, root["client_email"].text());
    if (googleFile(root) == GoogleFile::AuthorizedUser)
        return source.secret(root["refresh_token"], u"a refresh token"_s), source.read(u"Google user credentials"_s, u"refresh token"_s);
    const auto account = readExternalAccount(root);
    if (!account)
        return source.gap(root, account.error().text);
    QJsonObject& google = googleTarget(source, account->providerName());
    google[u"subjectTokenType"_s] = account->subjectTokenType;
    if (!account->serviceAccount().isEmpty())
        google[u"serviceAccount"_s] = account->serviceAccount();
    google[u"providerName"_s] = account->providerName(); // taken apart when the targets are finished
    if (account->from == TokenFrom::Url)
        readTokenUrl(source, google, QUrl(account->source));
    else
        source.gap(root["credential_source"], u"Where the client takes its token from is not taken over: a setup's flows get theirs from Entra."_s);
    if (account->tokenLifetimeSeconds != 3600)
        source.gap(root["service_account_impersonation"]["token_lifetime_seconds"], u"A setup has no lifetime of the account's token: a walk asks for an hour."_s);
    if (account->hasClientSecret)
        source.secret(root["client_secret"], u"a client secret"_s);
    for (const QString& pointer : account->notUnderstood)
        source.draft().out.notUnderstood.append({source.file(), pointer, u"This member is not part of a setup."_s});
    source.read(u"Google external_account"_s, account->audience);
}

// -- Anthropic, MCP, API audience lists ---------------------------------------------------------------------------------

bool isAnthropic(const json::Value& root) { return root["rule"].isObject() || (root["issuer"].isObject() && root["issuer"]["issuer_url"]) || root["match"].isObject(); }

void readAnthropic(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& anthropic = target(source, u"anthropic"_s);
    const json::Value rule = root["rule"] ? root["rule"] : root["match"] ? root : json::Value();
    if (rule)
        put(source, anthropic, u"rule"_s, foreign(rule), rule);
    if (root["issuer"].isObject()) {
        QJsonObject issuer = foreign(root["issuer"]).toObject();
        if (const QByteArray keys = publicKeys(source, root["issuer"]["jwks"]); !keys.isEmpty())
            issuer[u"jwks"_s] = QJsonObject {{u"type"_s, u"inline"_s}, {u"keys"_s, QJsonDocument::fromJson(keys)[u"keys"]}};
        put(source, anthropic, u"issuer"_s, issuer, root["issuer"]);
        knowTenant(source, root["issuer"]["issuer_url"].text());
    }
    if (const QString account = rule["target"]["service_account_id"].text(); !account.isEmpty())
        anthropic[u"serviceAccountId"_s] = account;
    source.read(u"Anthropic federation"_s, rule["name"].text().isEmpty() ? rule["id"].text() : rule["name"].text());
}

bool isMetadata(const json::Value& root) { return root["resource"].isString() && root["authorization_servers"].isArray(); }

void readMetadata(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& mcp = target(source, u"mcp"_s);
    mcp[u"url"_s] = root["resource"].text();
    mcp[u"metadata"_s] = foreign(root);
    mcp[u"scopes"_s] = listOf(textsOf(root["scopes_supported"]));
    for (const QString& server : textsOf(root["authorization_servers"])) {
        mcp[u"authorizationServer"_s] = server;
        knowTenant(source, server);
    }
    source.read(u"protected-resource metadata"_s, root["resource"].text());
}

bool isAudienceList(const json::Value& root) { return root["validAudiences"].isArray(); }

void readAudienceList(const Source& source)
{
    const json::Value root = source.root();
    QJsonObject& api = target(source, u"api"_s);
    api[u"validAudiences"_s] = listOf(textsOf(root["validAudiences"]));
    const QStringList issuers = textsOf(root["validIssuers"]);
    if (!issuers.isEmpty())
        api[u"validIssuers"_s] = listOf(issuers);
    for (const QString& issuer : issuers)
        knowTenant(source, issuer);
    source.leftOver(root, {u"validAudiences"_s, u"validIssuers"_s});
    source.read(u"audience list of an API"_s, textsOf(root["validAudiences"]).join(u", "_s));
}

} // namespace

const QList<Kind> contractKinds {{isAws, readAws}, {isGoogleProvider, readGoogleProvider}, {isOtherProvider, readOtherProvider}, {isGoogleFile, readGoogleFile}, {isAnthropic, readAnthropic},
    {isMetadata, readMetadata}, {isAudienceList, readAudienceList}};

} // namespace setup::importing
