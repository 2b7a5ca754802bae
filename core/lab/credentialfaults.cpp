// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "credentialfaults.h"

#include "core/lab/setupedits.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace lab {

using setup::Setup;

namespace {

using setup::Credential;
using setup::CredentialType;
using setup::FlowSpec;

QString at(const QString& pointer, QLatin1StringView member) { return QString(pointer + u'/' + member); }

/// One more member in a flow's settings; what stands there stays.
Edit setting(const FlowSpec& flow, QLatin1StringView member, const QByteArray& json)
{
    if (flow.settings.root().isObject())
        return {at(flow.pointer, "settings"_L1) + u'/' + member, json};
    return {at(flow.pointer, "settings"_L1), "{\"" + QByteArray(member.data(), member.size()) + "\": " + json + '}'};
}

template <typename Which, typename Make>
base::Result<Setup> editFlows(const Setup& setup, Which which, Make make)
{
    QList<Edit> edits;
    for (const FlowSpec& flow : setup.flows)
        if (which(flow))
            edits.append(make(flow));
    return withEdits(setup, edits);
}

bool byCertificate(const FlowSpec& flow) { return flow.credential == "certificate"_L1; }
bool byIssuer(const FlowSpec& flow) { return flow.credential == "issuer"_L1; }

/// The same edit for each outside issuer of a kind.
template <typename Value>
base::Result<Setup> editIssuers(const Setup& setup, QLatin1StringView kind, QLatin1StringView member, Value value)
{
    QList<Edit> edits;
    for (const setup::Issuer& issuer : setup.issuers) {
        const QByteArray json = issuer.kind == kind ? value(issuer) : QByteArray();
        if (!json.isEmpty())
            edits.append({at(issuer.pointer, member), json});
    }
    return withEdits(setup, edits);
}

const setup::Issuer* sourceOf(const Setup& setup, const Credential& credential)
{
    return credential.source.type == "issuer"_L1 ? setup.issuer(credential.source.name) : nullptr;
}

} // namespace

base::Result<Setup> certificateExpired(const Setup& setup)
{
    QList<Edit> edits;
    for (const Credential* credential : rootCredentials(setup, CredentialType::Certificate))
        if (credential->certificate.isEmpty())
            edits.append({at(credential->pointer, "expires"_L1), jsonText(u"2020-01-31T00:00:00Z"_s)});
    return withEdits(setup, edits);
}

base::Result<Setup> assertionAudience(const Setup& setup)
{
    return editFlows(setup, byCertificate, [&](const FlowSpec& flow) {
        const QString authority = setup.home() ? setup.home()->authority : QString();
        return setting(flow, "assertionAudience"_L1, jsonText(QString(authority + u"/common/oauth2/v2.0/token"_s)));
    });
}

/// "repo:harbour/claims:..." becomes "repo:harbour@81240077/claims@744120931:...": what a renamed repository writes.
base::Result<Setup> githubImmutable(const Setup& setup)
{
    static const QRegularExpression name(u"^repo:([^/@:]+)/([^@:]+):"_s);
    return editIssuers(setup, "github"_L1, "subject"_L1, [](const setup::Issuer& issuer) {
        QString subject = issuer.subject;
        if (!name.match(subject).hasMatch())
            return QByteArray();
        return jsonText(subject.replace(name, u"repo:\\1@81240077/\\2@744120931:"_s));
    });
}

base::Result<Setup> kubernetesSlash(const Setup& setup)
{
    QList<Edit> edits;
    for (const Credential* credential : rootCredentials(setup, CredentialType::Federated)) {
        const setup::Issuer* issuer = sourceOf(setup, *credential);
        if (issuer && issuer->kind == "kubernetes"_L1)
            edits.append({at(credential->pointer, "issuer"_L1),
                jsonText(credential->issuer.endsWith(u'/') ? credential->issuer.chopped(1) : QString(credential->issuer + u'/'))});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> spiffeNoIssuer(const Setup& setup)
{
    return editIssuers(setup, "spiffe"_L1, "claims"_L1, [](const setup::Issuer&) { return QByteArray(R"({"iss": null})"); });
}

/// The job asks for what its platform would write by itself.
base::Result<Setup> workloadAudience(const Setup& setup)
{
    return editFlows(setup, byIssuer, [&](const FlowSpec& flow) {
        const setup::Issuer* issuer = setup.issuer(flow.issuer);
        const QString own = issuer && !issuer->audience.isEmpty() ? issuer->audience : u"https://harbour.example"_s;
        return setting(flow, "audience"_L1, jsonText(own));
    });
}

/// Nobody says which identity of the host is meant, and the host has a second one: the platform takes its own.
base::Result<Setup> clientIdUnpinned(const Setup& setup)
{
    static constexpr auto second = R"({ "name": "host-own", "displayName": "the host's own identity", "type": "systemAssigned",
        "clientId": "d05a7c93-4e18-4b62-8f37-a91c6e20b5d4", "objectId": "9be3f016-72ad-4c58-b1e9-0d46a8c7f253",
        "host": "%1", "flavour": "imds", "endpoint": "%2" })";
    QList<Edit> edits;
    const setup::ManagedIdentity* first = nullptr;
    for (const FlowSpec& flow : setup.flows) {
        const setup::ManagedIdentity* identity = setup.managedIdentity(flow.managedIdentity);
        if (!identity || identity->systemAssigned || identity->flavour == "arc"_L1)
            continue;
        first = first ? first : identity;
        edits.append({at(flow.pointer, "pinned"_L1), "false"});
    }
    const bool alone = std::ranges::none_of(setup.managedIdentities,
        [](const setup::ManagedIdentity& i) { return i.systemAssigned && i.flavour != "arc"_L1; });
    if (first && alone)
        edits.append({u"/managedIdentities/-"_s, QString::fromUtf8(second).arg(first->host, first->endpoint).toUtf8()});
    return withEdits(setup, edits);
}

namespace {

/// Another GUID for the same place: each deployment counts the first group on.
QString renewed(QString guid)
{
    bool ok = false;
    const quint32 first = guid.first(8).toUInt(&ok, 16);
    return ok ? guid.replace(0, 8, u"%1"_s.arg(first + 0x01010101U, 8, 16, QLatin1Char('0'))) : guid;
}

} // namespace

base::Result<Setup> redeployed(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::ManagedIdentity& identity : setup.managedIdentities) {
        if (!identity.systemAssigned)
            continue;
        edits.append({at(identity.pointer, "objectId"_L1), jsonText(renewed(identity.objectId))});
        if (!identity.clientId.isEmpty())
            edits.append({at(identity.pointer, "clientId"_L1), jsonText(renewed(identity.clientId))});
    }
    return withEdits(setup, edits);
}

/// The request goes to the token endpoint of a tenant where nobody provisioned the application.
base::Result<Setup> wrongTenant(const Setup& setup)
{
    static constexpr auto elsewhere = R"({ "name": "elsewhere", "id": "11111111-2222-4333-8444-555555555555", "domain": "elsewhere.example",
        "displayName": "Another tenant", "authority": "%1", "v1Issuer": "%2" })";
    if (!setup.home())
        return withEdits(setup, {});
    const bool has = setup.tenants.size() > 1;
    QList<Edit> edits;
    for (const FlowSpec& flow : setup.flows)
        if (flow.recipe == "workload"_L1 || flow.recipe == "agent-autonomous"_L1)
            edits.append({at(flow.pointer, "tenant"_L1), jsonText(has ? setup.tenants.back().name : u"elsewhere"_s)});
    if (!edits.isEmpty() && !has)
        edits.prepend({u"/tenants/-"_s, QString::fromUtf8(elsewhere).arg(setup.home()->authority, setup.home()->v1Issuer).toUtf8()});
    return withEdits(setup, edits);
}

base::Result<Setup> agentDisabled(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::App* agent : agentApps(setup))
        edits.append({at(agent->pointer, "disabled"_L1), "true"});
    return withEdits(setup, edits);
}

/// Of two siblings' rules the second one's: the first goes on.
base::Result<Setup> oneRuleArchived(const Setup& setup)
{
    QList<Edit> edits;
    for (const FlowSpec& flow : setup.flows) {
        const setup::Target* target = setup.target(flow.target);
        if (flow.recipe == "siblings"_L1 && target && target->rule.root())
            edits.append({at(target->pointer, "rule/archived_at"_L1), jsonText(u"2026-01-31T00:00:00Z"_s)});
    }
    return withEdits(setup, edits);
}

} // namespace lab
