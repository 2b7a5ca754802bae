// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "brokerworld.h"

#include "core/trust/broker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString hub = u"https://hub.lab.example"_s;
const QByteArray project = "P2Lab0000000000000000000000";
const QByteArray managementKey = "K2LabManagementKey0123456789";

trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    static const jose::KeySet own {.keys = {world::outsideKey()}};
    out.keys = [known = out.keys](const QString& issuer) { return issuer == hub ? &own : known(issuer); };
    out.opaque = [](QByteArrayView key) -> std::optional<trust::OpaqueGrant> {
        if (key == managementKey)
            return trust::OpaqueGrant {.target = u"hub"_s, .scope = u"management"_s};
        if (key == "another-hub")
            return trust::OpaqueGrant {.target = u"other"_s, .scope = u"management"_s};
        if (key == "access-key")
            return trust::OpaqueGrant {.target = u"hub"_s, .scope = u"access"_s};
        return {};
    };
    return out;
}

QByteArray platform(const QJsonObject& changes = {}, const jose::Key& key = world::outsideKey())
{
    return world::token(world::with({{u"iss"_s, hub}, {u"aud"_s, QString::fromLatin1(project)}, {u"sub"_s, QString::fromLatin1(world::agent)},
                                        {u"client_id"_s, u"claims-desk"_s}, {u"scope"_s, u"agent.run outbound.token.fetch"_s}},
                            changes), key);
}

QByteArray bearer(const QByteArray& credential) { return "Bearer " + project + ':' + credential; }

QJsonObject body(const QJsonObject& changes = {})
{
    return world::with({{u"appId"_s, u"github"_s}, {u"userId"_s, u"alice@lab.example"_s}, {u"scopes"_s, QJsonArray {u"repo"_s}}}, changes);
}

trust::ConnectionDecision decide(const setup::Setup& setup, const QByteArray& authorization, const QJsonObject& asked,
    const trust::Knowledge& knowledge = knowing())
{
    http::Headers headers;
    if (!authorization.isEmpty())
        headers.append(http::Header {"Authorization", authorization});
    const json::Document document = json::Document::read(QJsonDocument(asked).toJson());
    return trust::decideConnection(setup, setup.targets.back(), headers, document.root(), knowledge, world::at());
}

} // namespace

/// A broker's vault of connections: who may fetch the token of which user's account.
class TestBrokerConnection : public QObject
{
    Q_OBJECT

private slots:
    void fetches_data();
    void fetches();
    void contracts_data();
    void contracts();
    void gives();
    void bypasses();
    void leavesOpen();
};

void TestBrokerConnection::fetches_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QJsonObject>("asked");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QByteArray& authorization, const QJsonObject& asked, const char* failing = "", int status = 200,
                         const char* near = "") {
        QTest::newRow(name) << authorization << asked << QString::fromLatin1(failing) << status << QString::fromLatin1(near);
    };
    const QByteArray good = bearer(platform());
    // Descope docs: Fetching connection tokens, authentication: Bearer <PROJECT_ID>:<ACCESS_TOKEN>
    row("platform token", good, body());
    row("no header", {}, body(), "project", 401);
    row("the token without the project", "Bearer " + platform(), body(), "project", 401);
    row("another project", "Bearer P2Lab0000000000000000000001:" + platform(), body(), "project", 401);
    row("the project in another case", "Bearer p2lab0000000000000000000000:" + platform(), body(), "project", 401, "case");
    row("another scheme", "Basic " + project + ':' + platform(), body(), "project", 401);
    row("the project alone", "Bearer " + project + ':', body(), "credential", 401);
    // The token is the broker's own, signed and in its time
    row("the workload's token", bearer(world::token(world::appClaims(hub, world::agent), world::tenantKey())), body(), "issuer scope policy", 401);
    row("issuer with a slash", bearer(platform({{u"iss"_s, u"https://hub.lab.example/"_s}})), body(), "issuer", 401, "trailingSlash");
    row("a foreign key", bearer(platform({}, world::strangerKey())), body(), "signature", 401);
    row("ended", bearer(platform({{u"exp"_s, world::now - 90}})), body(), "lifetime.exp", 401, "clockSkew");
    row("ended a moment ago", bearer(platform({{u"exp"_s, world::now - 30}})), body());
    row("no JWT", bearer("a.b.c"), body(), "form issuer lifetime.exp scope policy", 401);
    // The same page: the scope outbound.token.fetch, asked for by the client and granted
    row("without the scope", bearer(platform({{u"scope"_s, u"agent.run"_s}})), body(), "scope", 403);
    row("with a longer one", bearer(platform({{u"scope"_s, u"outbound.token.fetch.all"_s}})), body(), "scope", 403);
    row("no scope at all", bearer(platform({{u"scope"_s, QJsonValue()}})), body(), "scope", 403);
    row("that scope alone", bearer(platform({{u"scope"_s, u"outbound.token.fetch"_s}})), body());
    // Descope API: user/token: appId, userId, scopes; user/token/latest: no scopes
    row("two scopes", good, body({{u"scopes"_s, QJsonArray {u"repo"_s, u"read:user"_s}}}));
    row("no scopes", good, body({{u"scopes"_s, QJsonValue()}}));
    row("user by object id", good, body({{u"userId"_s, QString::fromLatin1(world::alice)}}));
    row("a user without an account", good, body({{u"userId"_s, u"bob@lab.example"_s}}), "user", 404);
    row("no user", good, body({{u"userId"_s, QJsonValue()}}), "user", 404);
    row("no such connection", good, body({{u"appId"_s, u"GitHub"_s}, {u"scopes"_s, QJsonArray()}}), "connection user policy", 404);
    row("a scope nobody consented to", good, body({{u"scopes"_s, QJsonArray {u"repo"_s, u"admin:org"_s}}}), "connection.scopes", 403);
    // The same page: access control policies are enforced on the request
    row("a connection no policy allows", good, body({{u"appId"_s, u"crm"_s}, {u"scopes"_s, QJsonArray()}}), "policy", 403);
    row("another client's token", bearer(platform({{u"client_id"_s, u"other"_s}})), body(), "policy", 403);
    // Descope docs: Agentic identities: revoked one by one
    row("a revoked agent", bearer(platform({{u"sub"_s, u"revoked-agent"_s}})), body(), "record", 403);
    // The same page: Bearer <PROJECT_ID>:<MANAGEMENT_KEY>, full access, policies bypassed
    row("management key", bearer(managementKey), body());
    row("management key, no policy", bearer(managementKey), body({{u"appId"_s, u"crm"_s}, {u"scopes"_s, QJsonArray()}}));
    row("management key, no account", bearer(managementKey), body({{u"userId"_s, u"bob@lab.example"_s}}), "user", 404);
    row("a wrong key", bearer("K2Guess"), body(), "key", 401);
    row("another broker's key", bearer("another-hub"), body(), "key", 401);
    row("a key of another kind", bearer("access-key"), body(), "key", 401);
    row("management key, another project", "Bearer P2Other:" + managementKey, body(), "project", 401);
}

void TestBrokerConnection::fetches()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QJsonObject, asked);
    QFETCH(QString, failing);
    QFETCH(int, status);
    QFETCH(QString, near);
    const auto decision = decide(withBroker(), authorization, asked);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->status : 200, status);
    QCOMPARE(decision.reason, failing.section(u' ', 0, 0));
    if (failing.isEmpty())
        return;
    QCOMPARE(decision.verdict.confidence, base::Confidence::Likely); // the vendor publishes no code of a denial
    const auto& nearMiss = decision.verdict.decisive()->near;
    QCOMPARE(nearMiss ? base::nearName(nearMiss->kind) : QString(), near);
    QVERIFY(!decision.verdict.decisive()->fix.isEmpty());
    // No key and no token is written into what is shown.
    for (const base::Check& check : decision.verdict.checks)
        QVERIFY(!check.presented.contains(QString::fromLatin1(managementKey)) && !check.presented.contains("eyJ"_L1));
}

void TestBrokerConnection::contracts_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("byToken");
    QTest::addColumn<QString>("byKey");
    const auto row = [](const char* name, const char* member, const char* json, const char* byToken, const char* byKey = "") {
        QTest::newRow(name) << QString::fromLatin1(member) << QByteArray(json) << QString::fromLatin1(byToken) << QString::fromLatin1(byKey);
    };
    // Descope docs: Fetching connection tokens: policies hold for tokens alone; what the user connected holds for both
    row("no policy", "/settings/policies", "[]", "policy");
    row("a policy for another connection", "/settings/policies/1/scopes", R"(["crm"])", "policy");
    row("a policy for another grant", "/settings/policies/1/grants", R"(["token-exchange"])", "policy");
    row("record revoked", "/settings/records/0/revoked", "true", "record");
    row("no record yet", "/settings/records", "[]", "");
    row("nobody connected", "/settings/connections/0/users", "[]", "user", "user");
    row("less was consented to", "/settings/connections/0/scopes", R"(["read:user"])", "connection.scopes", "connection.scopes");
}

void TestBrokerConnection::contracts()
{
    QFETCH(QString, member);
    QFETCH(QByteArray, json);
    QFETCH(QString, byToken);
    QFETCH(QString, byKey);
    const setup::Setup setup = withBroker(member, json);
    const auto token = decide(setup, bearer(platform()), body());
    QVERIFY2(world::failing(token.verdict) == byToken, world::described(token.verdict));
    const auto key = decide(setup, bearer(managementKey), body());
    QVERIFY2(world::failing(key.verdict) == byKey, world::described(key.verdict));
}

void TestBrokerConnection::gives()
{
    const auto asked = decide(withBroker(), bearer(platform()), body());
    QCOMPARE(asked.connection, u"github"_s);
    QCOMPARE(asked.user, u"alice"_s);
    QCOMPARE(asked.scopes, QStringList {u"repo"_s});
    QCOMPARE(asked.client, u"claims-desk"_s);
    QCOMPARE(asked.principal, QString::fromLatin1(world::agent));
    QVERIFY(!asked.byKey);
    const auto latest = decide(withBroker(), bearer(platform()), body({{u"scopes"_s, QJsonValue()}}));
    QCOMPARE(latest.scopes, QStringList({u"read:user"_s, u"repo"_s})); // all that was consented to
}

/// A management key is nobody's: no client, no principal, no record, and the missing policy is said.
void TestBrokerConnection::bypasses()
{
    const auto decision = decide(withBroker(), bearer(managementKey), body());
    QVERIFY(decision.byKey);
    QVERIFY(decision.client.isEmpty() && decision.principal.isEmpty());
    QVERIFY(!world::find(decision.verdict, u"record"_s));
    QCOMPARE(world::find(decision.verdict, u"policy"_s)->outcome, base::Outcome::Warning);
    // Nothing was shown, so nothing is said to be a key.
    for (const QByteArray& nothing : {QByteArray(), QByteArray("Bearer"), QByteArray("Bearer " + platform()), bearer({})})
        QVERIFY(!decide(withBroker(), nothing, body()).byKey);
}

void TestBrokerConnection::leavesOpen()
{
    const auto key = decide(withBroker(), bearer(managementKey), body(), world::keysOnly());
    QCOMPARE(key.verdict.decision, base::Decision::NotEvaluated);
    QCOMPARE(world::find(key.verdict, u"key"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(world::failing(key.verdict), QString());
    const auto token = decide(withBroker(), bearer(platform()), body(), world::keysOnly());
    QCOMPARE(token.verdict.decision, base::Decision::NotEvaluated);
    QCOMPARE(world::find(token.verdict, u"signature"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(world::failing(token.verdict), QString());
}

QTEST_GUILESS_MAIN(TestBrokerConnection)
#include "tst_brokerconnection.moc"
