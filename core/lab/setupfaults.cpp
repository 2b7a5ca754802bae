// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "setupfaults.h"

#include "core/lab/setupedits.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::CredentialType;

constexpr QLatin1StringView elsewhere {"11111111-2222-4333-8444-555555555555"}; ///< a tenant that nobody has
constexpr QLatin1StringView longAgo {"2020-01-31T00:00:00Z"};

QString at(const QString& pointer, QLatin1StringView member) { return QString(pointer + u'/' + member); }

/// The same edit for each target of a kind that has a value to edit.
template <typename Value>
base::Result<Setup> editTargets(
    const Setup& setup, QLatin1StringView kind, QLatin1StringView member, Value value)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, kind)) {
        const QByteArray json = value(*target);
        if (!json.isEmpty())
            edits.append({at(target->pointer, member), json});
    }
    return withEdits(setup, edits);
}

template <typename Value>
base::Result<Setup> editCredentials(
    const Setup& setup, CredentialType type, QLatin1StringView member, Value value)
{
    QList<Edit> edits;
    for (const setup::Credential* credential : rootCredentials(setup, type)) {
        const QString text = value(*credential);
        if (!text.isEmpty())
            edits.append({at(credential->pointer, member), jsonText(text)});
    }
    return withEdits(setup, edits);
}

QString ruleText(const setup::Target& target, const char* member)
{
    return target.rule.root()["match"][member].text();
}

/// "a90f6e1b-..." -> "a90f6e1b-...5": another GUID that looks like the first.
QString neighbour(QString guid)
{
    guid.back() = guid.back() == u'0' ? u'1' : u'0';
    return guid;
}

} // namespace

base::Result<Setup> apiAudienceUriOnly(const Setup& setup)
{
    return editTargets(setup, "api"_L1, "validAudiences"_L1, [&](const setup::Target& target) {
        const setup::App* resource = setup.app(target.resource);
        const QString uri = resource ? resource->identifierUris.value(0) : QString();
        return uri.isEmpty() ? QByteArray() : QByteArray('[' + jsonText(uri) + ']');
    });
}

base::Result<Setup> apiScopeMissing(const Setup& setup)
{
    return editTargets(setup, "api"_L1, "requiredScopes"_L1, [](const setup::Target& target) {
        const QString asked = target.requiredScopes.value(0, u"Everything"_s);
        return QByteArray('[' + jsonText(QString(asked + u".All"_s)) + ']');
    });
}

base::Result<Setup> resourceAppV1(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "api"_L1) + targets(setup, "anthropic"_L1)) {
        const setup::App* resource = setup.app(target->resource);
        // The exchange resource is Microsoft's own: its version is nobody's to set.
        const bool ours = resource && !resource->isNamedBy(setup::exchangeAudienceUri);
        if (ours && resource->requestedAccessTokenVersion != 1)
            edits.append({at(resource->pointer, "requestedAccessTokenVersion"_L1), "1"});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> redirectPath(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::App* client : clientApps(setup)) {
        for (qsizetype i = 0; i < client->redirectUris.size(); ++i)
            edits.append({QString(at(client->pointer, "redirectUris"_L1) + u'/' + QString::number(i)),
                jsonText(QString(client->redirectUris[i] + u"-old"_s))});
    }
    return withEdits(setup, edits);
}

/// On ways without a page: the middle tier's or the agent's own permissions for what the flow ends at.
base::Result<Setup> consentMissing(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::FlowSpec& flow : setup.flows) {
        const setup::Target* target = setup.target(flow.target);
        const setup::App* actor = setup.app(flow.agent.isEmpty() ? flow.middleTier : flow.agent);
        if (!target || !actor || flow.user.isEmpty())
            continue;
        for (const setup::Permission& permission : actor->permissions) {
            if (permission.resource == target->resource && !permission.scopes.isEmpty())
                edits.append({at(permission.pointer, "scopes"_L1), "[]"});
        }
    }
    return withEdits(setup, edits);
}

/// A second registration of the middle tier makes the request. Both carry the same URI, and the token is made
/// for the first one.
base::Result<Setup> oboAudience(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::FlowSpec& flow : setup.flows) {
        const setup::App* middle = setup.app(flow.middleTier);
        if (!middle)
            continue;
        QJsonObject copy = secondRegistration(setup, *middle);
        copy[u"clientId"_s] = neighbour(middle->clientId);
        if (!middle->objectId.isEmpty())
            copy[u"objectId"_s] = neighbour(middle->objectId);
        edits.append({u"/apps/-"_s, QJsonDocument(copy).toJson(QJsonDocument::Compact)});
        edits.append({at(flow.pointer, "middleTier"_L1), jsonText(copy[u"name"_s].toString())});
        break; // one copy is enough, and a second would have the same name
    }
    return withEdits(setup, edits);
}

/// Changes nothing in the setup: the store of the one who walks gets the id in place of the value.
base::Result<Setup> secretIdAsValue(const Setup& setup)
{
    return editCredentials(
        setup, CredentialType::Secret, "secretId"_L1, [](const setup::Credential& c) { return c.secretId; });
}

base::Result<Setup> secretExpired(const Setup& setup)
{
    return editCredentials(setup, CredentialType::Secret, "expires"_L1,
        [](const setup::Credential&) { return QString(longAgo); });
}

base::Result<Setup> ficSubjectCase(const Setup& setup)
{
    return editCredentials(setup, CredentialType::Federated, "subject"_L1, [](const setup::Credential& c) {
        return c.subject.toUpper() == c.subject ? c.subject.toLower() : c.subject.toUpper();
    });
}

base::Result<Setup> ficIssuerSlash(const Setup& setup)
{
    return editCredentials(setup, CredentialType::Federated, "issuer"_L1, [](const setup::Credential& c) {
        return c.issuer.endsWith(u'/') ? c.issuer.chopped(1) : QString(c.issuer + u'/');
    });
}

base::Result<Setup> ficClientId(const Setup& setup)
{
    return editCredentials(setup, CredentialType::Federated, "subject"_L1, [&](const setup::Credential& c) {
        const setup::ManagedIdentity* identity = setup.managedIdentityByObjectId(c.subject);
        return identity ? identity->clientId : QString();
    });
}

base::Result<Setup> ficAudienceGuid(const Setup& setup)
{
    return editCredentials(
        setup, CredentialType::Federated, "audiences/0"_L1, [](const setup::Credential& c) {
            return c.audiences.isEmpty() ? QString() : setup::exchangeAudienceGuid.toString();
        });
}

base::Result<Setup> agentWrongParent(const Setup& setup)
{
    static constexpr auto stranger = R"({
        "name": "stranger-blueprint", "kind": "blueprint", "displayName": "Another blueprint",
        "clientId": "d7419e3c-60a8-4b2f-a1e5-8f9c02b6d740",
        "objectId": "4a8d0f72-c15e-4937-8b60-d3e7a9f1c580" })";
    QList<Edit> edits {{u"/apps/-"_s, stranger}};
    for (const setup::App* agent : agentApps(setup))
        edits.append({at(agent->pointer, "parent"_L1), jsonText(u"stranger-blueprint"_s)});
    return withEdits(setup, edits.size() > 1 ? edits : QList<Edit>());
}

/// Where a rule has no subject it pins the agent by claim azp.
base::Result<Setup> ruleSubjectCase(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "anthropic"_L1)) {
        const QString subject = ruleText(*target, "subject_prefix");
        const QString azp = target->rule.root()["match"]["claims"]["azp"].text();
        if (!subject.isEmpty())
            edits.append({at(target->pointer, "rule/match/subject_prefix"_L1), jsonText(subject.toUpper())});
        else if (!azp.isEmpty())
            edits.append({at(target->pointer, "rule/match/claims/azp"_L1), jsonText(azp.toUpper())});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> ruleAudienceUri(const Setup& setup)
{
    return editTargets(setup, "anthropic"_L1, "rule/match/audience"_L1, [&](const setup::Target& target) {
        const setup::App* resource = setup.app(target.resource);
        const bool hasBoth
            = resource && !resource->identifierUris.isEmpty() && !ruleText(target, "audience").isEmpty();
        return hasBoth ? jsonText(resource->identifierUris.front()) : QByteArray();
    });
}

base::Result<Setup> ruleTenantWrong(const Setup& setup)
{
    return editTargets(setup, "anthropic"_L1, "issuer/issuer_url"_L1, [&](const setup::Target& target) {
        QString url = target.issuer.root()["issuer_url"].text();
        const QString own = setup.home() ? setup.home()->id : QString();
        return own.isEmpty() || !url.contains(own) ? QByteArray()
                                                   : jsonText(url.replace(own, QString(elsewhere)));
    });
}

base::Result<Setup> ruleArchived(const Setup& setup)
{
    return editTargets(setup, "anthropic"_L1, "rule/archived_at"_L1,
        [](const setup::Target&) { return jsonText(QString(longAgo)); });
}

base::Result<Setup> ruleKeysStale(const Setup& setup)
{
    return editTargets(setup, "anthropic"_L1, "issuer/jwks"_L1, [](const setup::Target& target) {
        return target.issuer.root().isObject() ? QByteArray(R"({"type":"inline","keys":[)" + formerKey() + "]}") : QByteArray();
    });
}

base::Result<Setup> issuerLifetimeShort(const Setup& setup)
{
    return editTargets(setup, "anthropic"_L1, "issuer/max_jwt_lifetime_seconds"_L1,
        [](const setup::Target&) { return QByteArray("1800"); });
}

} // namespace lab
