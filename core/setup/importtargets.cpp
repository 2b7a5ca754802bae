// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importassemble_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

QString textOf(const QJsonObject& object, QStringView member) { return object[member].toString(); }
/// A member of a member. (Of an object that is no constant, [] would add what is missing.)
QJsonValue partOf(const QJsonObject& object, QStringView member, QStringView part) { return object[member][part]; }

/// "api://<guid>" names the app as much as the GUID does.
QString guidIn(const QString& audience)
{
    const QString bare = audience.startsWith(u"api://") ? audience.mid(6) : audience;
    return isGuid(bare) ? bare.toLower() : QString();
}

constexpr int unknownVersion = 0;

/// The app's tokens are of that version. Nothing told: v2, until something tells otherwise.
void setVersion(Draft& draft, QJsonObject& app, int version)
{
    app[u"requestedAccessTokenVersion"_s] = version == unknownVersion ? 2 : version;
    draft.assumedVersions.removeAll(textOf(app, u"name"));
    if (version == unknownVersion)
        draft.assumedVersions.append(textOf(app, u"name"));
}

/// The app whose tokens carry one of these audiences; made when there is none.
QString resourceFor(Draft& draft, const QStringList& audiences, const QString& title, int version = unknownVersion)
{
    for (const QString& audience : audiences) {
        for (QJsonObject& app : draft.apps) {
            const bool named = textOf(app, u"clientId") == guidIn(audience) || app[u"identifierUris"].toArray().contains(audience);
            if (!named || textOf(app, u"kind") == u"agent")
                continue;
            if (version != unknownVersion && draft.assumedVersions.contains(textOf(app, u"name")))
                setVersion(draft, app, version);
            return textOf(app, u"name");
        }
    }
    QString clientId, uri;
    for (const QString& audience : audiences) {
        if (clientId.isEmpty())
            clientId = guidIn(audience);
        if (uri.isEmpty() && !isGuid(audience))
            uri = audience;
    }
    if (clientId.isEmpty())
        clientId = draft.madeUpId(u"The client id of the app behind the audience %1."_s.arg(audiences.value(0)));
    QJsonObject& app = addApp(draft, u"resource"_s, title, clientId);
    app[u"identifierUris"_s] = QJsonArray {uri.isEmpty() ? QString(u"api://"_s + clientId) : uri};
    setVersion(draft, app, version);
    return textOf(app, u"name");
}

void setDefault(QJsonObject& object, const QString& member, const QJsonValue& value)
{
    if (!object.contains(member) || object[member].toString(u"x"_s).isEmpty())
        object[member] = value;
}

QStringList textsIn(const QJsonValue& list)
{
    QStringList out;
    if (list.isString())
        return {list.toString()};
    for (const QJsonValue& each : list.toArray())
        out.append(each.toString());
    return out;
}

void completeAnthropic(Draft& draft, QJsonObject& target)
{
    const QJsonObject match = partOf(target, u"rule", u"match").toObject();
    QStringList audiences = textsIn(match[u"audience"]);
    if (audiences.isEmpty() && target.contains(u"audienceHint"_s))
        audiences = {textOf(target, u"audienceHint")};
    if (audiences.isEmpty())
        audiences = {u"api://anthropic"_s};
    setDefault(target, u"url"_s, u"https://api.anthropic.com"_s);
    setDefault(target, u"displayName"_s, u"Anthropic"_s);
    target[u"resource"_s] = resourceFor(draft, audiences, u"anthropic-api"_s);
    if (!target.contains(u"organizationId"_s))
        target[u"organizationId"_s] = draft.madeUpId(u"The Anthropic organization: a rule does not name it."_s);
    if (!target.contains(u"rule"_s))
        draft.out.notUnderstood.append({{}, u"/targets/anthropic"_s, u"No file holds Anthropic's issuer and rule: whether it accepts the token cannot be said."_s});
    else if (!target.contains(u"issuer"_s))
        draft.out.notUnderstood.append({{}, u"/targets/anthropic/issuer"_s, u"No file holds the federation issuer that the rule names."_s});
}

// -- AWS ----------------------------------------------------------------------------------------------------------------

/// What the policy's conditions compare ":aud" or ":sub" with.
QStringList conditionValues(const QJsonObject& policy, QStringView key)
{
    QStringList out;
    const QJsonValue statements = policy[u"Statement"];
    for (const QJsonValue& statement : statements.isArray() ? statements.toArray() : QJsonArray {statements})
        for (const QJsonValue& operation : statement[u"Condition"].toObject())
            for (const QString& name : operation.toObject().keys())
                if (name.endsWith(key))
                    out += textsIn(operation.toObject()[name]);
    return out;
}

/// The first provider that a trust policy names by its ARN: account (1), and URL without its scheme (2).
QRegularExpressionMatch providerIn(const QJsonObject& policy)
{
    static const QRegularExpression arn(u"^arn:aws[a-z-]*:iam::(\\d{12}):oidc-provider/(.+)$"_s);
    const QJsonValue statements = policy[u"Statement"];
    for (const QJsonValue& statement : statements.isArray() ? statements.toArray() : QJsonArray {statements})
        for (const QString& federated : textsIn(statement[u"Principal"][u"Federated"]))
            if (const auto match = arn.match(federated); match.hasMatch())
                return match;
    return {};
}

QString accountOf(const QJsonObject& policy)
{
    const auto named = providerIn(policy);
    return named.hasMatch() ? named.captured(1) : u"123456789012"_s;
}

/// Without an agent the caller is an application in between, known by what the policy says of it (downstream.md 2.6).
void addIntermediary(Draft& draft, QJsonObject& target, bool v1)
{
    const QJsonObject policy = target.value(u"trustPolicy").toObject();
    QStringList audiences = conditionValues(policy, u":aud") + textsIn(partOf(target, u"provider", u"ClientIDList"));
    if (audiences.isEmpty())
        audiences = {u"api://aws"_s};
    const QString name = resourceFor(draft, audiences, u"aws-intermediary"_s, v1 ? 1 : 2);
    QJsonObject& app = *draft.appWhere(u"name", name);
    app[u"kind"_s] = u"confidential"_s;
    const QString subject = conditionValues(policy, u":sub").value(0);
    if (isGuid(subject))
        app[u"objectId"_s] = subject;
    target[u"resource"_s] = name;
    if (!app.contains(u"credentials"_s)) {
        if (draft.identities.isEmpty())
            draft.identities.append({{u"name"_s, u"managed-identity"_s}, {u"type"_s, u"userAssigned"_s},
                {u"clientId"_s, draft.madeUpId(u"The managed identity that the intermediary trusts, its client id."_s)},
                {u"objectId"_s, draft.madeUpId(u"The managed identity that the intermediary trusts, its object id."_s)}, {u"flavour"_s, u"imds"_s},
                {u"endpoint"_s, u"http://169.254.169.254"_s}});
        trustIdentity(draft, app, textOf(draft.identities.front(), u"name"));
    }
}

void completeAws(Draft& draft, QJsonObject& target)
{
    const QJsonObject policy = target.value(u"trustPolicy").toObject();
    setDefault(target, u"region"_s, u"us-east-1"_s);
    setDefault(target, u"url"_s, u"https://sts.%1.amazonaws.com"_s.arg(textOf(target, u"region")));
    setDefault(target, u"displayName"_s, u"AWS"_s);
    setDefault(target, u"sessionName"_s, u"trustwalk"_s);
    if (textOf(target, u"roleArn").isEmpty()) {
        target[u"roleArn"_s] = u"arn:aws:iam::%1:role/imported"_s.arg(accountOf(policy));
        draft.note(u"The role's name: a trust policy does not hold it."_s);
    }
    const QString registered = partOf(target, u"provider", u"Url").toString(), issuer = registered.isEmpty() ? providerIn(policy).captured(2) : registered;
    if (!issuer.isEmpty() && tenantOfIssuer(issuer).isEmpty()) {
        draft.out.notUnderstood.append({{}, u"/targets/aws"_s,
            u"The provider trusts %1, no Entra tenant. No flow walks from there to AWS; trustwalk match judges a token of it."_s.arg(issuer)});
        target[u"resource"_s] = resourceFor(draft, textsIn(partOf(target, u"provider", u"ClientIDList")), u"aws-api"_s);
        return;
    }
    const bool v1 = issuer.contains(u"sts.windows.net");
    if (!appOfKind(draft, u"blueprint"))
        return addIntermediary(draft, target, v1);
    QStringList audiences = conditionValues(policy, u":oaud") + textsIn(partOf(target, u"provider", u"ClientIDList"));
    audiences.removeIf([&](const QString& a) { return draft.appWhere(u"clientId", a) && textOf(*draft.appWhere(u"clientId", a), u"kind") == u"agent"; });
    target[u"resource"_s] = resourceFor(draft, audiences.isEmpty() ? QStringList {u"api://aws"_s} : audiences, u"aws-api"_s, v1 ? 1 : 2);
}

// -- Google -------------------------------------------------------------------------------------------------------------

void completeGoogle(Draft& draft, QJsonObject& target)
{
    setDefault(target, u"url"_s, u"https://us-central1-aiplatform.googleapis.com"_s);
    setDefault(target, u"authorizationServer"_s, u"https://sts.googleapis.com"_s);
    setDefault(target, u"credentialsUrl"_s, u"https://iamcredentials.googleapis.com"_s);
    setDefault(target, u"displayName"_s, u"Google Cloud"_s);
    setDefault(target, u"subjectTokenType"_s, u"urn:ietf:params:oauth:token-type:jwt"_s);
    setDefault(target, u"model"_s, u"gemini-2.5-flash"_s);
    const QString providerName = target.take(u"providerName"_s).toString();
    if (!target.contains(u"provider"_s)) {
        draft.out.notUnderstood.append({{}, u"/targets/%1/provider"_s.arg(textOf(target, u"name")), u"No file holds the provider %1: whether it accepts the token cannot be said."_s.arg(providerName)});
        target[u"provider"_s] = QJsonObject {{u"name"_s, providerName}, {u"state"_s, u"ACTIVE"_s}};
    }
    const QJsonValue oidc = partOf(target, u"provider", u"oidc");
    QStringList audiences = textsIn(oidc[u"allowedAudiences"]);
    if (const QString hint = textOf(target, u"audienceHint"); audiences.isEmpty() && !hint.isEmpty())
        audiences = {hint};
    if (audiences.isEmpty())
        audiences = {u"api://google"_s};
    const QString issuer = oidc[u"issuerUri"].toString();
    target[u"resource"_s] = resourceFor(draft, audiences, u"google-api"_s, issuer.isEmpty() ? unknownVersion : issuer.contains(u"sts.windows.net") ? 1 : 2);
    QJsonObject settings = target.value(u"settings").toObject();
    setDefault(settings, u"project"_s, u"imported"_s);
    setDefault(settings, u"location"_s, u"us-central1"_s);
    target[u"settings"_s] = settings;
}

// -- APIs ---------------------------------------------------------------------------------------------------------------

void completeApi(Draft& draft, QJsonObject& target)
{
    QStringList audiences = textsIn(target.value(u"validAudiences"));
    const QString hint = target.take(u"audienceHint"_s).toString();
    if (audiences.isEmpty() && !hint.isEmpty())
        audiences = {hint};
    if (audiences.isEmpty())
        audiences = {u"api://"_s + textOf(target, u"name")};
    if (textOf(target, u"url").isEmpty()) {
        target[u"url"_s] = u"https://%1.example"_s.arg(textOf(target, u"name"));
        draft.note(u"The address of %1: no file says where it listens."_s.arg(textOf(target, u"name")));
    }
    const QString resource = resourceFor(draft, audiences, textOf(target, u"name") + u"-app"_s);
    target[u"resource"_s] = resource;
    // A scope that is asked for is a name of the app, whatever the API's own list calls it.
    QJsonObject& named = *draft.appWhere(u"name", resource);
    QJsonArray uris = named[u"identifierUris"].toArray();
    if (!hint.isEmpty() && !isGuid(hint) && !uris.contains(hint)) {
        uris.append(hint);
        named[u"identifierUris"_s] = uris;
    }
    if (!target.contains(u"validAudiences"_s)) {
        draft.note(u"What %1 takes in aud: its own app, in both spellings."_s.arg(textOf(target, u"name")));
        const QJsonObject& app = *draft.appWhere(u"name", resource);
        target[u"validAudiences"_s] = QJsonArray {textOf(app, u"clientId"), app[u"identifierUris"].toArray().first().toString()};
    }
}

void completeGraph(Draft& draft, QJsonObject& target)
{
    setDefault(target, u"url"_s, u"https://graph.microsoft.com"_s);
    target.remove(u"audienceHint"_s);
    QJsonObject& app = draft.app(u"00000003-0000-0000-c000-000000000000"_s);
    setDefault(app, u"name"_s, shortName(u"graph"_s, draft.apps));
    app[u"kind"_s] = u"resource"_s;
    app[u"identifierUris"_s] = QJsonArray {u"https://graph.microsoft.com"_s};
    app[u"requestedAccessTokenVersion"_s] = 1;
    target[u"resource"_s] = textOf(app, u"name");
}

void completeSidecar(Draft& draft, QJsonObject& target)
{
    QJsonObject settings = target.value(u"settings").toObject();
    if (!settings.contains(u"version"_s)) {
        settings[u"version"_s] = u"1.0.0"_s;
        draft.note(u"The sidecar's version: no file names one. Since 1.1.0 the anonymous route needs a switch to take an agent identity."_s);
    }
    if (const QJsonObject* blueprint = draft.appWhere(u"clientId", settings[u"blueprint"].toString()))
        settings[u"blueprint"_s] = textOf(*blueprint, u"name");
    target[u"settings"_s] = settings;
}

void completeMcp(Draft& draft, QJsonObject& target)
{
    setDefault(target, u"validAudiences"_s, QJsonArray {textOf(target, u"url")});
    target[u"resource"_s] = resourceFor(draft, {textOf(target, u"url")}, u"mcp-server"_s);
}

struct Completion
{
    QLatin1StringView kind;
    void (*complete)(Draft& draft, QJsonObject& target);
};
constexpr Completion completions[] {{"anthropic"_L1, completeAnthropic}, {"aws"_L1, completeAws}, {"google"_L1, completeGoogle}, {"api"_L1, completeApi},
    {"graph"_L1, completeGraph}, {"sidecar"_L1, completeSidecar}, {"mcp"_L1, completeMcp}};

} // namespace

QString providerUrlOf(const QJsonObject& policy) { return providerIn(policy).captured(2); }

void completeTargets(Draft& draft)
{
    for (qsizetype i = 0; i < draft.targets.size(); ++i) {
        QJsonObject target = draft.targets[i];
        const auto row = std::ranges::find_if(completions, [&](const Completion& c) { return textOf(target, u"kind") == c.kind; });
        if (row != std::end(completions))
            row->complete(draft, target);
        target.remove(u"audienceHint"_s);
        draft.targets[i] = target;
    }
}

QString subjectOfTargets(const Draft& draft)
{
    for (const QJsonObject& target : draft.targets) {
        const QString prefix = target[u"rule"][u"match"][u"subject_prefix"].toString();
        if (isGuid(prefix))
            return prefix;
        for (const QString& subject : conditionValues(target[u"trustPolicy"].toObject(), u":sub"))
            if (isGuid(subject))
                return subject;
    }
    return {};
}

} // namespace setup::importing
