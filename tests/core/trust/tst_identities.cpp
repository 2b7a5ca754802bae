// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/managedidentity.h"
#include "core/trust/principal.h"

#include <QTest>

using namespace Qt::StringLiterals;
using trust::PrincipalKind;

/// What a host's metadata service decides, and who a token speaks for.
class TestIdentities : public QObject
{
    Q_OBJECT

private slots:
    void metadataService_data();
    void metadataService();
    void saysWhichIdWasSent();
    void appService_data();
    void appService();
    void principals_data();
    void principals();
    void exchangeSubjects();
    void namesAreThoseOfTheCommandLine();
};

namespace {

http::Form query(std::initializer_list<std::pair<const char*, QByteArray>> changes = {})
{
    return world::with(world::form({{"api-version", "2018-02-01"}, {"resource", "api://AzureADTokenExchange"}}), changes);
}

const QByteArray armId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami";

} // namespace

void TestIdentities::metadataService_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("identity"); // empty: refused
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const http::Form& form, const QByteArray& header, const char* identity, const char* error = "") {
        QTest::newRow(name) << form << header << QString::fromLatin1(identity) << QString::fromLatin1(error);
    };
    // entra.md 5.1 and the promises of a lab manifest
    row("default", query(), "true", "system");
    row("header in any case", query(), "True", "system");
    row("no header", query(), {}, "", "invalid_request");
    row("another header value", query(), "yes", "", "invalid_request");
    row("by client id", query({{"client_id", world::uamiClient}}), "true", "uami");
    row("by object id", query({{"object_id", world::uamiObject}}), "true", "uami");
    row("by ARM id", query({{"msi_res_id", armId}}), "true", "uami");
    row("by ARM id in another case", query({{"msi_res_id", armId.toLower()}}), "true", "uami");
    row("object id for client id", query({{"client_id", world::uamiObject}}), "true", "", "invalid_request");
    row("unknown identity", query({{"client_id", "x"}}), "true", "", "invalid_request");
    row("two selectors", query({{"client_id", world::uamiClient}, {"object_id", world::uamiObject}}), "true", "", "invalid_request");
    row("no resource", query({{"resource", {}}}), "true", "", "invalid_request");
    row("unknown resource", query({{"resource", "api://nobody"}}), "true", "", "invalid_resource");
    row("a scope for a resource", query({{"resource", "https://vault.azure.net/.default"}}), "true", "", "invalid_resource");
    row("resource by GUID", query({{"resource", world::exchangeGuid}}), "true", "system");
    row("spelling of the other host", query({{"mi_res_id", armId}}), "true", "system");
}

void TestIdentities::metadataService()
{
    QFETCH(http::Form, form);
    QFETCH(QByteArray, header);
    QFETCH(QString, identity);
    QFETCH(QString, error);
    http::Headers headers;
    if (!header.isEmpty())
        headers.append(http::Header {"metadata", header});
    const auto decision = trust::decideManagedIdentity(world::setup(), false, form, headers, world::all(), world::at());
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == !identity.isEmpty(), world::described(decision.verdict));
    if (identity.isEmpty()) {
        QCOMPARE(decision.verdict.refusal->error, error);
        QCOMPARE(decision.verdict.refusal->status, 400);
        return;
    }
    QCOMPARE(decision.identity->name, identity);
    QVERIFY(decision.resource);
}

/// The request is what has to change here, not the identity.
void TestIdentities::saysWhichIdWasSent()
{
    const auto decision = trust::decideManagedIdentity(world::setup(), false, query({{"client_id", world::uamiObject}}),
        {http::Header {"Metadata", "true"}}, world::all(), world::at());
    const base::Check& check = *decision.verdict.decisive();
    QCOMPARE(base::nearName(check.near->kind), u"objectIdForClientId"_s);
    QCOMPARE(check.near->text, u"This is the object id of the managed identity mi-agents. The host needs its client id."_s);
    QCOMPARE(check.fixValue, QString::fromLatin1(world::uamiClient));
}

void TestIdentities::appService_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("identity");
    // entra.md 5.2
    QTest::newRow("ARM id, its own spelling") << query({{"mi_res_id", armId}}) << QByteArray("identity-header-value") << u"uami"_s;
    QTest::newRow("ARM id, the other spelling") << query({{"msi_res_id", armId}}) << QByteArray("identity-header-value") << u"uami"_s;
    QTest::newRow("principal id") << query({{"principal_id", world::uamiObject}}) << QByteArray("identity-header-value") << u"uami"_s;
    QTest::newRow("default") << query() << QByteArray("identity-header-value") << u"system"_s;
    QTest::newRow("wrong header") << query() << QByteArray("identity-header-valuf") << QString();
    QTest::newRow("no header") << query() << QByteArray() << QString();
}

void TestIdentities::appService()
{
    QFETCH(http::Form, form);
    QFETCH(QByteArray, header);
    QFETCH(QString, identity);
    http::Headers headers;
    if (!header.isEmpty())
        headers.append(http::Header {"X-IDENTITY-HEADER", header});
    const auto decision = trust::decideManagedIdentity(world::setup(), true, form, headers, world::all(), world::at());
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == !identity.isEmpty(), world::described(decision.verdict));
    if (!identity.isEmpty())
        QCOMPARE(decision.identity->name, identity);
    else
        QCOMPARE(decision.verdict.refusal->status, 401);
    for (const base::Check& check : decision.verdict.checks)
        QVERIFY(header.isEmpty() || !QString(check.presented + check.expected).contains(QString::fromLatin1(header)));
    trust::Knowledge nothing;
    if (!header.isEmpty())
        QCOMPARE(trust::decideManagedIdentity(world::setup(), true, form, headers, nothing, world::at()).verdict.decision, base::Decision::NotEvaluated);
}

void TestIdentities::principals_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<PrincipalKind>("withSetup");
    QTest::addColumn<PrincipalKind>("alone");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("title");
    using world::with;
    const QString guid = u"11111111-2222-4333-8444-555555555555"_s;
    const QJsonObject user = world::userClaims(u"x"_s), mi = world::managedIdentityClaims();
    const QJsonObject agent = with(world::appClaims(u"x"_s, world::agent), {{u"xms_par_app_azp"_s, QString::fromLatin1(world::blueprint)}, {u"xms_act_fct"_s, u"3 11"_s}, {u"xms_sub_fct"_s, u"11 9"_s}});
    const auto row = [](const char* name, const QJsonObject& claims, PrincipalKind withSetup, PrincipalKind alone, const QString& object, const QString& title) {
        QTest::newRow(name) << claims << withSetup << alone << object << title;
    };
    // entra.md 5.6, 7.4, 7.5
    row("user", user, PrincipalKind::User, PrincipalKind::User, u"alice"_s, u"Alice Lab"_s);
    row("user without idtyp", with(user, {{u"idtyp"_s, QJsonValue()}}), PrincipalKind::User, PrincipalKind::User, u"alice"_s, u"Alice Lab"_s);
    row("version 1 user", with(user, {{u"azp"_s, QJsonValue()}, {u"appid"_s, QString::fromLatin1(world::publicClient)}, {u"ver"_s, u"1.0"_s}}), PrincipalKind::User, PrincipalKind::User, u"alice"_s, u"Alice Lab"_s);
    row("managed identity", mi, PrincipalKind::ManagedIdentity, PrincipalKind::ManagedIdentity, u"uami"_s, u"mi-agents"_s);
    row("managed identity without xms_mirid", with(mi, {{u"xms_mirid"_s, QJsonValue()}}), PrincipalKind::ManagedIdentity, PrincipalKind::App, u"uami"_s, u"mi-agents"_s);
    row("application", world::appClaims(u"x"_s), PrincipalKind::App, PrincipalKind::App, u"web-api"_s, u"Web API"_s);
    row("application without idtyp", with(world::appClaims(u"x"_s), {{u"idtyp"_s, QJsonValue()}}), PrincipalKind::App, PrincipalKind::App, u"web-api"_s, u"Web API"_s);
    row("exchange token", world::exchangeClaims(), PrincipalKind::Blueprint, PrincipalKind::Blueprint, u"blueprint"_s, u"Blueprint"_s);
    row("agent", agent, PrincipalKind::AgentIdentity, PrincipalKind::AgentIdentity, u"agent"_s, u"claims-desk"_s);
    row("agent with an empty scope", with(agent, {{u"scp"_s, u"/"_s}, {u"idtyp"_s, QJsonValue()}}), PrincipalKind::AgentIdentity, PrincipalKind::AgentIdentity, u"agent"_s, u"claims-desk"_s);
    row("agent for a user", with(user, {{u"azp"_s, QString::fromLatin1(world::agent)}, {u"xms_act_fct"_s, u"11"_s}}), PrincipalKind::User, PrincipalKind::User, u"alice"_s, u"Alice Lab"_s);
    row("agent user", with(user, {{u"oid"_s, guid}, {u"xms_sub_fct"_s, u"13 5"_s}, {u"name"_s, u"Agent User"_s}}), PrincipalKind::AgentUser, PrincipalKind::AgentUser, QString(), u"Agent User"_s);
    row("facets that are no numbers", with(user, {{u"xms_sub_fct"_s, u"x 113 1311"_s}}), PrincipalKind::User, PrincipalKind::User, u"alice"_s, u"Alice Lab"_s);
    row("outside workload", world::outsideClaims(), PrincipalKind::ExternalWorkload, PrincipalKind::ExternalWorkload, u"outside"_s, u"repo:lab/demo:ref:refs/heads/main"_s);
    row("no issuer", QJsonObject {{u"sub"_s, u"x"_s}}, PrincipalKind::Unknown, PrincipalKind::Unknown, QString(), QString());
}

void TestIdentities::principals()
{
    QFETCH(QJsonObject, claims);
    QFETCH(PrincipalKind, withSetup);
    QFETCH(PrincipalKind, alone);
    QFETCH(QString, name);
    QFETCH(QString, title);
    const jose::Jwt token = jose::decode(world::token(claims, world::tenantKey()));
    const trust::Principal known = trust::principalOf(token, &world::setup());
    QCOMPARE(known.kind, withSetup);
    QCOMPARE(known.name, name);
    QCOMPARE(known.title, title);
    QCOMPARE(trust::principalOf(token, nullptr).kind, alone);
    if (withSetup == PrincipalKind::User)
        QCOMPARE(known.actor, token.text("azp") == QString::fromLatin1(world::agent) ? u"claims-desk"_s : u"Public client"_s);
}

/// Base64url of the GUID's bytes in .NET's order (entra.md 7.4).
void TestIdentities::exchangeSubjects()
{
    const QString tenant = u"00112233-4455-6677-8899-aabbccddeeff"_s, app = QString::fromLatin1(world::blueprint);
    const QString subject = trust::exchangeSubject(tenant, app, u"a/b");
    QVERIFY2(subject.startsWith(u"/eid1/c/pub/t/MyIRAFVEd2aImaq7zN3u_w/a/"_s), qPrintable(subject));
    const auto read = trust::readExchangeSubject(subject);
    QVERIFY(read);
    QCOMPARE(read->tenant, tenant);
    QCOMPARE(read->app, app);
    QCOMPARE(read->path, u"a/b"_s);
    // The first-party application of Azure DevOps, as decoded in public traces.
    QCOMPARE(trust::readExchangeSubject(trust::exchangeSubject(tenant, u"499b84ac-1321-427f-aa17-267ca6975798", u"sc/x/y"))->app, u"499b84ac-1321-427f-aa17-267ca6975798"_s);
    QVERIFY(subject.size() > 60);
    for (const char16_t* broken : {u"", u"x", u"/eid1/c/pub/t/", u"/eid1/c/pub/t/AA/a/BB/x", u"/eid1/c/pub/t/MyIRAFVEd2aImaq7zN3u_w/b/MyIRAFVEd2aImaq7zN3u_w/x",
                                   u"/eid1/c/pub/t/MyIRAFVEd2aImaq7zN3u_w/a/MyIRAFVEd2aImaq7zN3u_w", u"/eid1/c/pub/t/MyIRAFVEd2aImaq7zN3u_w==/a/MyIRAFVEd2aImaq7zN3u_w/x"})
        QVERIFY(!trust::readExchangeSubject(QStringView(broken)));
}

void TestIdentities::namesAreThoseOfTheCommandLine()
{
    QCOMPARE(trust::principalName(PrincipalKind::ManagedIdentity), u"managedIdentity"_s);
    QCOMPARE(trust::principalName(PrincipalKind::AgentIdentity), u"agentIdentity"_s);
    QCOMPARE(trust::principalName(PrincipalKind::ExternalWorkload), u"externalWorkload"_s);
    QCOMPARE(trust::principalName(PrincipalKind::Unknown), u"unknown"_s);
}

QTEST_GUILESS_MAIN(TestIdentities)
#include "tst_identities.moc"
