// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "manifest.h"

#include "core/lab/googletrust.h"
#include "core/lab/brokerserver.h"
#include "core/lab/exchangeserver.h"
#include "core/lab/sites.h"
#include "core/lab/vaultstore.h"
#include "core/setup/atomicfile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto authorityFile = "lab-ca.pem"_L1;

QString certificateFile(const setup::App& app) { return QString(app.name + u".pem"_s); }
QString certificateKeyFile(const setup::App& app) { return QString(app.name + u".key.pem"_s); }
QString issuerKeyFile(const setup::Issuer& issuer) { return QString(issuer.name + u".key.pem"_s); }

QString withoutSlash(QString url)
{
    while (url.endsWith(u'/'))
        url.chop(1);
    return url;
}

QString originOf(const QString& url) { return QString::fromUtf8(http::splitUrl(url.toUtf8()).origin()); }

/// A public-key GUID for an app that was written without an object id.
QString objectIdOf(const setup::App& app) { return app.objectId.isEmpty() ? app.clientId : app.objectId; }

QString kindName(setup::AppKind kind)
{
    static constexpr QLatin1StringView names[] {
        "public"_L1, "confidential"_L1, "blueprint"_L1, "agent"_L1, "resource"_L1};
    return names[int(kind)];
}

QJsonObject credential(
    const World& world, const Completed& made, const setup::App& app, const setup::Credential& c)
{
    switch (c.type) {
    case setup::CredentialType::Secret:
        return {
            {u"type"_s, u"secret"_s}, {u"value"_s, QString::fromLatin1(clientSecret(world.entropy, app, c))}};
    case setup::CredentialType::Certificate:
        if (!made.certificateKeys.contains(certificateName(app, c)))
            return {}; // the setup's own: its key is elsewhere
        return {{u"type"_s, u"certificate"_s}, {u"certificateFile"_s, certificateFile(app)},
            {u"keyFile"_s, certificateKeyFile(app)}};
    case setup::CredentialType::Federated:
        break;
    }
    QJsonObject out {{u"type"_s, u"federated"_s}, {u"name"_s, c.name}, {u"issuer"_s, c.issuer},
        {u"subject"_s, c.subject}, {u"audiences"_s, QJsonArray::fromStringList(c.audiences)}};
    if (!c.source.type.isEmpty())
        out[u"source"_s] = QJsonObject {{u"type"_s, c.source.type}, {u"name"_s, c.source.name}};
    return out;
}

QJsonObject appEntry(const World& world, const Completed& made, const setup::App& app)
{
    QJsonArray credentials;
    for (const setup::Credential& c : app.credentials) {
        const QJsonObject entry = credential(world, made, app, c);
        if (!entry.isEmpty())
            credentials.append(entry);
    }
    QJsonObject out {{u"name"_s, app.name}, {u"kind"_s, kindName(app.kind)}, {u"clientId"_s, app.clientId},
        {u"objectId"_s, objectIdOf(app)},
        {u"identifierUris"_s, QJsonArray::fromStringList(app.identifierUris)},
        {u"redirectUris"_s, QJsonArray::fromStringList(app.redirectUris)},
        {u"delegatedScopes"_s, QJsonArray::fromStringList(app.delegatedScopes)},
        {u"credentials"_s, credentials}};
    if (!app.parent.isEmpty())
        out[u"parent"_s] = app.parent;
    return out;
}

QJsonObject identityEntry(const setup::ManagedIdentity& mi)
{
    QJsonObject out {{u"name"_s, mi.name},
        {u"type"_s, mi.systemAssigned ? u"systemAssigned"_s : u"userAssigned"_s},
        {u"clientId"_s, mi.clientId}, {u"objectId"_s, mi.objectId}};
    if (!mi.systemAssigned)
        out[u"resourceId"_s] = mi.resourceId;
    return out;
}

/// People can sign in; an agent's user is asked for by its agent alone and has no password (entra.md 7.6).
QJsonObject userEntry(const World& world, const setup::User& user)
{
    if (!user.agent.isEmpty())
        return {{u"name"_s, user.name}, {u"username"_s, user.username}, {u"objectId"_s, user.objectId},
            {u"displayName"_s, user.displayName}, {u"agent"_s, user.agent}};
    return {{u"name"_s, user.name}, {u"username"_s, user.username},
        {u"password"_s, QString::fromLatin1(password(world.entropy, user))}, {u"objectId"_s, user.objectId},
        {u"displayName"_s, user.displayName}};
}

QList<setup::Issuer> listedIssuers(const World& world) { return world.options.listsIssuers ? world.setup.issuers : QList<setup::Issuer>(); }

QJsonObject issuerEntry(const World& world, const setup::Issuer& issuer)
{
    const Signer& signer = world.outside(issuer.name).rsa;
    return {{u"name"_s, issuer.name}, {u"issuer"_s, issuer.issuer}, {u"keyFile"_s, issuerKeyFile(issuer)},
        {u"keyId"_s, QString::fromLatin1(signer.key().kid)},
        {u"algorithm"_s, QString::fromLatin1(signer.algorithm())}};
}

QString regionOf(const setup::Setup& setup, const QString& url)
{
    const auto at = std::ranges::find_if(setup.targets,
        [&](const setup::Target& t) { return t.kind == "aws"_L1 && withoutSlash(t.url) == url; });
    return at == setup.targets.end() || at->region.isEmpty() ? u"us-east-1"_s : at->region;
}

QJsonArray endpoints(const World& world)
{
    QJsonArray out;
    for (const Lab::Endpoint& endpoint : endpointsOf(world)) {
        QJsonObject entry {{u"name"_s, endpoint.name}, {u"url"_s, endpoint.url}};
        if (endpoint.name == "app-service"_L1)
            entry[u"header"_s] = QString::fromLatin1(world.identityHeader);
        if (endpoint.name == "aws-sts"_L1)
            entry[u"region"_s] = regionOf(world.setup, endpoint.url);
        out.append(entry);
    }
    return out;
}

QJsonObject principalEntry(const setup::App& app)
{
    const bool isAgent = app.kind == setup::AppKind::Agent;
    return {{u"type"_s, isAgent ? u"agent"_s : u"app"_s}, {u"name"_s, app.name}};
}

/// The subject that a role's trust policy names exactly.
QString subjectOf(const json::Value& policy)
{
    for (json::Value statement = policy["Statement"].first(); statement; statement = statement.next())
        for (json::Value key = statement["Condition"]["StringEquals"].first(); key; key = key.next())
            if (key.keyText().endsWith(":sub"_L1))
                return key.text();
    return {};
}

/// A role whose trust policy names one app or agent exactly is a trust in it.
void addAwsTrusts(const World& world, QJsonArray& out)
{
    for (const setup::Target& target : world.setup.targets) {
        const setup::App* app = world.setup.appByObjectId(subjectOf(target.trustPolicy.root()));
        const setup::App* resource = world.setup.app(target.resource);
        if (target.kind != "aws"_L1 || !app || !resource)
            continue;
        out.append(QJsonObject {{u"name"_s, target.name}, {u"service"_s, u"aws"_s}, {u"principal"_s, principalEntry(*app)},
            {u"scope"_s, QString(resource->identifierUris.value(0, resource->clientId) + u"/.default"_s)},
            {u"settings"_s, QJsonObject {{u"roleArn"_s, target.roleArn}, {u"region"_s, target.region}}}});
    }
}

/// An Anthropic rule that names one agent exactly is a trust in this agent.
QJsonArray trusts(const World& world)
{
    QJsonArray out = googleTrusts(world.setup);
    addAwsTrusts(world, out);
    for (const setup::Target& target : world.setup.targets) {
        const QJsonObject trust = target.kind == "token-exchange"_L1 ? exchangeTrust(world, target)
            : target.kind == "broker"_L1                             ? brokerTrust(world, target)
                                                                     : QJsonObject();
        if (!trust.isEmpty())
            out.append(trust);
        const json::Value rule = target.rule.root();
        const setup::App* agent = world.setup.appByObjectId(rule["match"]["subject_prefix"].text());
        const setup::App* resource = world.setup.app(target.resource);
        if (target.kind != "anthropic"_L1 || !agent || !resource)
            continue;
        QJsonObject settings {{u"federationRuleId"_s, rule["id"].text()},
            {u"organizationId"_s, target.organizationId}, {u"serviceAccountId"_s, target.serviceAccountId},
            {u"model"_s, target.model}};
        if (!target.workspaceId.isEmpty())
            settings[u"workspaceId"_s] = target.workspaceId;
        out.append(QJsonObject {{u"name"_s, target.name}, {u"service"_s, u"anthropic"_s},
            {u"principal"_s, principalEntry(*agent)},
            {u"scope"_s, QString(resource->identifierUris.value(0, resource->clientId) + u"/.default"_s)},
            {u"settings"_s, settings}});
    }
    return out;
}

QJsonObject field(const QString& name, const QString& label)
{
    return {{u"name"_s, name}, {u"label"_s, label}, {u"value"_s, name}};
}

QJsonObject button(const QString& value, const QString& label)
{
    return {{u"name"_s, u"action"_s}, {u"value"_s, value}, {u"label"_s, label}};
}

QJsonObject signIn()
{
    const QJsonObject credentials {{u"name"_s, u"credentials"_s}, {u"formId"_s, u"signin"_s},
        {u"fields"_s, QJsonArray {field(u"username"_s, u"Username"_s), field(u"password"_s, u"Password"_s)}},
        {u"submit"_s, button(u"signin"_s, u"Sign in"_s)}};
    const QJsonObject consent {{u"name"_s, u"consent"_s}, {u"formId"_s, u"consent"_s},
        {u"fields"_s, QJsonArray()}, {u"submit"_s, button(u"accept"_s, u"Accept"_s)}};
    return {{u"pages"_s, QJsonArray {credentials, consent}}};
}

/// What can be read of the vault behind the endpoint key-vault.
QJsonArray vaultSecrets(const World& world)
{
    const setup::Target* vault = world.setup.target(u"key-vault");
    for (const setup::Target& target : world.setup.targets) {
        if (!vault && target.kind == "key-vault"_L1)
            vault = &target;
    }
    QJsonArray out;
    const QList<SecretVersion> current = vault ? newestOf(listedVersions(world.entropy, world.setup, *vault)) : QList<SecretVersion>();
    for (const SecretVersion& secret : current) {
        if (secret.enabled)
            out.append(QJsonObject {{u"name"_s, secret.name}, {u"value"_s, QString::fromUtf8(valueOf(world.entropy, secret))}});
    }
    return out;
}

template <typename List, typename Entry>
QJsonArray entries(const List& list, Entry entry)
{
    QJsonArray out;
    for (const auto& each : list)
        out.append(entry(each));
    return out;
}

/// Objects that the setup calls otherwise stand under the promised name too.
void addAliases(QJsonObject& manifest, const QList<Alias>& aliases)
{
    for (const Alias& alias : aliases) {
        QJsonArray list = manifest[alias.array].toArray();
        for (const QJsonValue& each : QJsonArray(list)) {
            QJsonObject copy = each.toObject();
            if (copy[u"name"_s].toString() != alias.own)
                continue;
            copy[u"name"_s] = alias.base;
            list.append(copy);
            break;
        }
        if (manifest.contains(alias.array))
            manifest[alias.array] = list;
    }
}

base::Result<void> writeFile(const QString& path, const QByteArray& bytes, QStringList& files)
{
    auto done = setup::writeAtomically(path, bytes, u"lab-manifest-unwritable"_s);
    if (done)
        files.append(path);
    return done;
}

base::Result<void> writeKeyFiles(
    const World& world, const Completed& made, const QString& folder, QStringList& files)
{
    for (const setup::Issuer& issuer : listedIssuers(world)) {
        const QByteArray pem = world.outside(issuer.name).rsa.key().toPrivatePem();
        if (auto done = writeFile(QString(folder + issuerKeyFile(issuer)), pem, files); !done)
            return done;
    }
    for (const setup::App& app : world.setup.apps) {
        for (const setup::Credential& c : app.credentials) {
            const QByteArray key = made.certificateKeys.value(certificateName(app, c));
            if (key.isEmpty())
                continue;
            if (auto done = writeFile(QString(folder + certificateKeyFile(app)), key, files); !done)
                return done;
            if (auto done = writeFile(QString(folder + certificateFile(app)), c.certificate.toUtf8(), files);
                !done)
                return done;
        }
    }
    return {};
}

} // namespace

QList<Lab::Endpoint> endpointsOf(const World& world)
{
    QList<Lab::Endpoint> out;
    const auto add = [&out](const QString& name, const QString& url) {
        if (std::ranges::none_of(out, [&](const Lab::Endpoint& e) { return e.name == name; }))
            out.append({name, withoutSlash(url)});
    };
    if (const setup::Tenant* home = world.setup.home())
        add(u"entra"_s, home->authority);
    for (const setup::ManagedIdentity& mi : world.setup.managedIdentities) {
        add(u"imds"_s, originOf(mi.endpoint));
        add(u"app-service"_s,
            mi.flavour == "app-service"_L1
                ? mi.endpoint
                : QString(originOf(mi.endpoint) + QLatin1StringView(appServicePath)));
    }
    for (const setup::Target& target : world.setup.targets)
        add(target.name, target.url);
    for (const Lab::Endpoint& endpoint : googleEndpoints(world.setup))
        add(endpoint.name, endpoint.url);
    for (const setup::Target& target : world.setup.targets)
        add(target.kind == "api"_L1 ? u"demo-api"_s : target.kind == "aws"_L1 ? u"aws-sts"_s : target.kind, target.url);
    return out;
}

QList<setup::User> usersOf(const World& world, bool ofAgents)
{
    QList<setup::User> out = world.setup.users;
    out.removeIf([ofAgents](const setup::User& user) { return user.agent.isEmpty() == ofAgents; });
    return out;
}

QJsonObject manifestOf(const World& world, const Completed& made)
{
    const setup::Setup& setup = world.setup;
    QJsonObject tenant;
    if (setup.home())
        tenant = {{u"id"_s, setup.home()->id.toLower()}, {u"domain"_s, setup.home()->domain}};
    QJsonObject out {{u"schema"_s, u"lab-manifest"_s}, {u"version"_s, 1},
        {u"tls"_s, QJsonObject {{u"caFile"_s, authorityFile}}}, {u"tenant"_s, tenant},
        {u"endpoints"_s, endpoints(world)},
        {u"issuers"_s, entries(listedIssuers(world), [&](const auto& i) { return issuerEntry(world, i); })},
        {u"apps"_s, entries(setup.apps, [&](const auto& a) { return appEntry(world, made, a); })},
        {u"managedIdentities"_s, entries(setup.managedIdentities, identityEntry)},
        {u"users"_s, entries(usersOf(world, false), [&](const auto& u) { return userEntry(world, u); })},
        {u"agentUsers"_s, entries(usersOf(world, true), [&](const auto& u) { return userEntry(world, u); })},
        {u"signIn"_s, signIn()}, {u"trusts"_s, trusts(world)}, {u"vaultSecrets"_s, vaultSecrets(world)}};
    addAliases(out, made.aliases);
    return out;
}

base::Result<void> writeManifest(const World& world, const Completed& made, const Certified& authority,
    const QString& path, QStringList& files)
{
    const QString folder = QString(QFileInfo(path).absolutePath() + u'/');
    QStringList written;
    if (auto done = writeFile(QString(folder + authorityFile), authority.certificatePem, written); !done)
        return done;
    if (auto done = writeKeyFiles(world, made, folder, written); !done)
        return done;
    auto done = writeFile(path, QJsonDocument(manifestOf(world, made)).toJson(), files);
    files += written;
    return done;
}

} // namespace lab
