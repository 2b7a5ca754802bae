// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importassemble_p.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

QString textOf(const QJsonObject& object, QStringView member) { return object[member].toString(); }

void nameTenant(Draft& draft)
{
    if (draft.tenantId.isEmpty())
        draft.tenantId = draft.madeUpId(u"The tenant's id: no file names one."_s);
    if (draft.tenantDomain.isEmpty())
        draft.tenantDomain = u"tenant.example"_s;
}

/// What another file says of an app by its client id is known by its name from here on.
void nameApps(Draft& draft)
{
    for (QJsonObject& app : draft.apps) {
        const QString kind = textOf(app, u"kind").isEmpty() ? u"confidential"_s : textOf(app, u"kind");
        app[u"kind"_s] = kind;
        app[u"name"_s] = shortName(textOf(app, u"displayName").isEmpty() ? kind : textOf(app, u"displayName"), draft.apps);
        if (kind == u"agent" && textOf(app, u"objectId").isEmpty())
            app[u"objectId"_s] = textOf(app, u"clientId"); // an agent identity's two ids are one
    }
    for (QJsonObject& app : draft.apps)
        if (const QJsonObject* parent = draft.appWhere(u"clientId", textOf(app, u"parent")))
            app[u"parent"_s] = textOf(*parent, u"name");
}

void nameIdentities(Draft& draft)
{
    for (QJsonObject& identity : draft.identities)
        if (textOf(identity, u"name").isEmpty())
            identity[u"name"_s] = shortName(textOf(identity, u"displayName"), draft.identities);
}

/// Credentials that came as a list belong to the one app that can have them.
void placeLooseCredentials(Draft& draft)
{
    if (draft.looseCredentials.isEmpty())
        return;
    QJsonObject* owner = appOfKind(draft, u"blueprint");
    if (!owner)
        owner = appOfKind(draft, u"confidential");
    if (!owner)
        owner = &addApp(draft, u"confidential"_s, u"workload"_s, draft.madeUpId(u"The application of the federated credentials: no file names it."_s));
    QJsonArray credentials = (*owner)[u"credentials"].toArray();
    for (const QJsonObject& each : std::as_const(draft.looseCredentials))
        credentials.append(each);
    (*owner)[u"credentials"_s] = credentials;
}

/// Where a workload of that platform asks for its token: no credential says so, and a walk begins there.
struct IssuerKind
{
    QLatin1StringView part;
    QLatin1StringView kind;
    const char16_t* endpoint;
};
constexpr IssuerKind issuerKinds[] {
    {"token.actions.githubusercontent.com"_L1, "github"_L1, u"https://run-actions-1.actions.githubusercontent.com/idtoken/1/1"},
    {"gitlab"_L1, "gitlab"_L1, u"https://gitlab.com/id-token"}, {"oic.prod-aks"_L1, "kubernetes"_L1, u"https://cluster.example"},
    {"container.googleapis.com"_L1, "kubernetes"_L1, u"https://cluster.example"}, {"oidc.eks."_L1, "kubernetes"_L1, u"https://cluster.example"},
    {"accounts.google.com"_L1, "google"_L1, u"http://169.254.169.254"}, {"spire"_L1, "spiffe"_L1, u"https://spire-agent.example/svid/jwt"},
    {"vstoken.dev.azure.com"_L1, "azure-devops"_L1, u"https://dev.azure.example/oidctoken"}, {"app.terraform.io"_L1, "terraform"_L1, nullptr},
    {"tokens.sts.global.api.aws"_L1, "aws"_L1, u"https://sts.us-east-1.amazonaws.com"}};

const IssuerKind* kindOfIssuer(const QString& issuer)
{
    const auto known = std::ranges::find_if(issuerKinds, [&](const IssuerKind& k) { return issuer.contains(k.part); });
    return known == std::end(issuerKinds) ? nullptr : &*known;
}

/// A subject that the credential's expression takes: its pattern with something for each star.
QString subjectOf(const QJsonObject& credential)
{
    if (!textOf(credential, u"subject").isEmpty())
        return textOf(credential, u"subject");
    static const QRegularExpression quoted(u"'sub'\\]\\s+(?:matches|eq)\\s+'([^']*)'"_s);
    const auto match = quoted.match(credential[u"claimsMatchingExpression"][u"value"].toString());
    return match.captured(1).replace(u'*', u"main"_s).replace(u'?', u'x');
}

QString issuerFor(Draft& draft, const QJsonObject& credential)
{
    const QString url = textOf(credential, u"issuer"), subject = subjectOf(credential);
    for (const QJsonObject& known : std::as_const(draft.issuers))
        if (textOf(known, u"issuer") == url && textOf(known, u"subject") == subject)
            return textOf(known, u"name");
    const IssuerKind* kind = kindOfIssuer(url);
    const QString name = shortName(kind ? QString(kind->kind) : textOf(credential, u"name"), draft.issuers);
    QJsonObject issuer {{u"name"_s, name}, {u"kind"_s, kind ? QString(kind->kind) : u"other"_s}, {u"issuer"_s, url}, {u"subject"_s, subject}, {u"audience"_s, credential[u"audiences"].toArray().first()}};
    if (kind && kind->endpoint) {
        issuer[u"endpoint"_s] = QString::fromUtf16(kind->endpoint);
        draft.note(u"Where %1 hands out tokens: a credential does not say it."_s.arg(name));
    }
    draft.issuers.append(issuer);
    return name;
}

QString identityFor(Draft& draft, const QString& objectId)
{
    for (QJsonObject& known : draft.identities)
        if (textOf(known, u"objectId").compare(objectId, Qt::CaseInsensitive) == 0)
            return textOf(known, u"name");
    // Settings name an identity by its client id, its credential by the object id: one of each is the same.
    for (QJsonObject& known : draft.identities)
        if (draft.identities.size() == 1 && textOf(known, u"name") == u"managed-identity") {
            known[u"objectId"_s] = objectId;
            return textOf(known, u"name");
        }
    const QString name = shortName(u"managed-identity"_s, draft.identities);
    draft.identities.append({{u"name"_s, name}, {u"type"_s, u"userAssigned"_s}, {u"objectId"_s, objectId},
        {u"clientId"_s, draft.madeUpId(u"The client id of the managed identity %1: its credential names its object id alone."_s.arg(objectId))},
        {u"flavour"_s, u"imds"_s}, {u"endpoint"_s, u"http://169.254.169.254"_s}});
    return name;
}

void nameSources(Draft& draft)
{
    for (QJsonObject& app : draft.apps) {
        QJsonArray credentials = app[u"credentials"].toArray();
        for (QJsonValueRef each : credentials) {
            QJsonObject credential = each.toObject();
            if (textOf(credential, u"type") != u"federated")
                continue;
            const bool entra = !tenantOfIssuer(textOf(credential, u"issuer")).isEmpty() && isGuid(textOf(credential, u"subject"));
            credential[u"source"_s] = entra
                ? QJsonObject {{u"type"_s, u"managed-identity"_s}, {u"name"_s, identityFor(draft, textOf(credential, u"subject"))}}
                : QJsonObject {{u"type"_s, u"issuer"_s}, {u"name"_s, issuerFor(draft, credential)}};
            each = credential;
        }
        if (credentials.isEmpty())
            app.remove(u"credentials"_s);
        else
            app[u"credentials"_s] = credentials;
    }
}

/// A sidecar's settings say which identity it shows; which credential takes that identity no settings say.
void trustSidecarIdentity(Draft& draft)
{
    QJsonObject* blueprint = appOfKind(draft, u"blueprint");
    for (const QJsonObject& target : std::as_const(draft.targets)) {
        const QString identity = target[u"settings"][u"managedIdentity"].toString();
        if (!blueprint || textOf(target, u"kind") != u"sidecar" || identity.isEmpty())
            continue;
        const QJsonArray credentials = (*blueprint)[u"credentials"].toArray();
        if (std::ranges::any_of(credentials, [](const QJsonValue& c) { return c[u"type"].toString() == u"federated"; }))
            continue;
        trustIdentity(draft, *blueprint, identity);
    }
}

void completeAgents(Draft& draft)
{
    QJsonObject* blueprint = appOfKind(draft, u"blueprint");
    if (!blueprint)
        return;
    const QString parent = textOf(*blueprint, u"name");
    if (!appOfKind(draft, u"agent")) {
        const QString subject = subjectOfTargets(draft);
        const QString id = isGuid(subject) ? subject : draft.madeUpId(u"The agent identity: no file names one."_s);
        QJsonObject& agent = addApp(draft, u"agent"_s, u"agent"_s, id);
        agent[u"objectId"_s] = id;
    }
    for (QJsonObject& app : draft.apps)
        if (textOf(app, u"kind") == u"agent" && textOf(app, u"parent").isEmpty())
            app[u"parent"_s] = parent;
}

QJsonArray arrayOf(const QList<QJsonObject>& objects)
{
    QJsonArray out;
    for (const QJsonObject& each : objects)
        out.append(each);
    return out;
}

QByteArray document(const Draft& draft)
{
    const QString title = draft.out.read.isEmpty() ? u"Imported"_s : u"Imported: "_s + draft.out.read.front().what.section(u", "_s, 0, 0);
    // Who has a secret and nothing better is in a lower environment, or should be: the rules say so there.
    const bool secret = std::ranges::any_of(draft.apps, [](const QJsonObject& app) {
        const QJsonArray credentials = app[u"credentials"].toArray();
        return !credentials.isEmpty() && std::ranges::all_of(credentials, [](const QJsonValue& c) { return c[u"type"].toString() == u"secret"; });
    });
    QJsonObject out {{u"schema"_s, u"setup"_s}, {u"version"_s, 1}, {u"id"_s, u"imported"_s}, {u"title"_s, title},
        {u"summary"_s, u"Made of existing configuration by trustwalk import."_s}, {u"environment"_s, secret ? u"lower"_s : u"higher"_s},
        {u"tenants"_s,
            QJsonArray {QJsonObject {{u"name"_s, u"home"_s}, {u"id"_s, draft.tenantId}, {u"domain"_s, draft.tenantDomain},
                {u"authority"_s, u"https://login.microsoftonline.com"_s}, {u"v1Issuer"_s, u"https://sts.windows.net"_s}}}},
        {u"apps"_s, arrayOf(draft.apps)}, {u"targets"_s, arrayOf(draft.targets)}, {u"flows"_s, arrayOf(draft.flows)}};
    if (!draft.identities.isEmpty())
        out[u"managedIdentities"_s] = arrayOf(draft.identities);
    if (!draft.issuers.isEmpty())
        out[u"issuers"_s] = arrayOf(draft.issuers);
    return QJsonDocument(out).toJson();
}

} // namespace

QJsonObject* appOfKind(Draft& draft, QStringView kind)
{
    const auto found = std::ranges::find_if(draft.apps, [kind](const QJsonObject& a) { return textOf(a, u"kind") == kind; });
    return found == draft.apps.end() ? nullptr : &*found;
}

QJsonObject& addApp(Draft& draft, const QString& kind, const QString& title, const QString& clientId)
{
    const QString name = shortName(title, draft.apps);
    draft.apps.append({{u"name"_s, name}, {u"kind"_s, kind}, {u"displayName"_s, title}, {u"clientId"_s, clientId}});
    return draft.apps.back();
}

void trustIdentity(Draft& draft, QJsonObject& app, const QString& identity)
{
    const auto found = std::ranges::find_if(draft.identities, [&](const QJsonObject& i) { return textOf(i, u"name") == identity; });
    if (found == draft.identities.end())
        return;
    draft.note(u"A federated credential of %1 that takes %2: no file lists one."_s.arg(textOf(app, u"name"), identity));
    QJsonArray credentials = app[u"credentials"].toArray();
    credentials.append(QJsonObject {{u"type"_s, u"federated"_s}, {u"name"_s, identity}, {u"issuer"_s, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(draft.tenantId)},
        {u"subject"_s, textOf(*found, u"objectId")}, {u"audiences"_s, QJsonArray {u"api://AzureADTokenExchange"_s}},
        {u"source"_s, QJsonObject {{u"type"_s, u"managed-identity"_s}, {u"name"_s, identity}}}});
    app[u"credentials"_s] = credentials;
}

QByteArray assembled(Draft& draft)
{
    nameTenant(draft);
    nameApps(draft);
    nameIdentities(draft);
    placeLooseCredentials(draft);
    nameSources(draft);
    trustSidecarIdentity(draft);
    completeTargets(draft);
    completeAgents(draft);
    deriveFlows(draft);
    return document(draft);
}

} // namespace setup::importing
