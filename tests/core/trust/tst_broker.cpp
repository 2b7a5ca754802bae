// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/broker.h"
#include "core/trust/evaluate.h"
#include "core/trust/tokenexchange.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString webApi = QString::fromLatin1(world::webApi);
constexpr auto project = "P2LabProject";

/// Sources: docs.descope.com "Workload Identity", "Token Exchange", "Downstream Credential Access", "Fetching Connection Tokens".
const char* const hub = R"({
    "name": "hub", "kind": "broker", "profile": "descope", "url": "https://api.descope.com", "resource": "web-api", "clientId": "desk",
    "audience": "P2LabProject", "scopes": ["agent.run", "outbound.token.fetch"],
    "settings": { "publicClient": true,
        "workloads": [ { "oid": "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae" } ],
        "policies": [ { "client": "desk", "grants": ["jwt-bearer", "token-exchange"], "scopes": ["agent.run", "outbound.token.fetch"] },
                      { "client": "desk", "grants": ["connection"], "scopes": ["github"] } ],
        "records": [ { "client": "desk", "principal": "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae", "revoked": false },
                     { "client": "desk", "principal": "2b9d4e70-6c1f-4a38-b5e2-80f7d3c6a914", "revoked": true } ],
        "connections": [ { "appId": "github", "target": "github", "scopes": ["read:user"], "users": ["alice"] },
                         { "appId": "tickets", "target": "tickets", "scopes": ["read"], "users": ["alice"] } ] } })";

const setup::Setup& setupWithHub()
{
    static const setup::Setup setup = world::changed(u"/targets/-", hub);
    return setup;
}

trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    static const jose::KeySet own {.keys = {world::outsideKey()}};
    out.keys = [known = out.keys](const QString& issuer) { return issuer == "https://api.descope.com"_L1 ? &own : known(issuer); };
    out.opaque = [](QByteArrayView token) {
        return token == "the-management-key" ? std::optional(trust::OpaqueGrant {.target = u"hub"_s, .scope = u"management"_s}) : std::nullopt;
    };
    return out;
}

QByteArray platformToken(const QJsonObject& changes = {})
{
    const QJsonObject claims {{u"iss"_s, u"https://api.descope.com"_s}, {u"aud"_s, QString::fromLatin1(project)}, {u"client_id"_s, u"desk"_s},
        {u"sub"_s, QString::fromLatin1(world::agent)}, {u"scope"_s, u"outbound.token.fetch"_s}};
    return world::token(world::with(claims, changes), world::outsideKey());
}

QByteArray workloadToken() { return world::token(world::appClaims(webApi, world::agent), world::tenantKey()); }

QByteArray jsonOf(const http::Form& form)
{
    QJsonObject object;
    for (const http::Parameter& p : form)
        object.insert(QString::fromUtf8(p.name), QString::fromUtf8(p.value));
    return QJsonDocument(object).toJson();
}

http::Form inbound()
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", workloadToken()},
        {"client_id", "desk"}, {"scope", "agent.run outbound.token.fetch"}});
}

http::Form narrowing(const QByteArray& subject)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"subject_token", subject},
        {"subject_token_type", "urn:ietf:params:oauth:token-type:access_token"}, {"audience", project}, {"client_id", "desk"},
        {"scope", "outbound.token.fetch"}});
}

trust::ExchangeDecision decide(const http::Form& form)
{
    const setup::Setup& setup = setupWithHub();
    return trust::decideTokenExchange(setup, setup.targets.back(), form, {}, knowing(), world::at());
}

trust::ConnectionDecision fetch(const QByteArray& authorization, const QJsonObject& changes = {}, const trust::Knowledge& knowledge = knowing())
{
    const setup::Setup& setup = setupWithHub();
    const QJsonObject body {{u"appId"_s, u"github"_s}, {u"userId"_s, u"alice@lab.example"_s}, {u"scopes"_s, QJsonArray {u"read:user"_s}}};
    const json::Document document = json::Document::read(QJsonDocument(world::with(body, changes)).toJson());
    return trust::decideConnection(setup, setup.targets.back(), {{"Authorization", authorization}}, document.root(), knowledge, world::at());
}

} // namespace

/// A broker: workload tokens in, platform tokens out, and third parties' tokens fetched with them.
class TestBroker : public QObject
{
    Q_OBJECT

private slots:
    void jsonIsAsGoodAsAForm();
    void tokens_data();
    void tokens();
    void connections_data();
    void connections();
    void managementKeyAsksNoPolicy();
    void eachRecordIsRevokedByItself();
    void predictionKnowsTheRules();
};

void TestBroker::jsonIsAsGoodAsAForm()
{
    const http::Form form = inbound();
    QCOMPARE(http::encodeForm(trust::brokerForm({{"Content-Type", "application/x-www-form-urlencoded"}}, http::encodeForm(form))), http::encodeForm(form));
    const http::Form read = trust::brokerForm({{"Content-Type", "application/json; charset=utf-8"}}, jsonOf(form));
    for (const http::Parameter& p : form)
        QCOMPARE(read.value(p.name), p.value);
    QVERIFY(trust::brokerForm({{"Content-Type", "application/json"}}, "[1,2").isEmpty());
}

void TestBroker::tokens_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* name, const http::Form& form, const char* failing) {
        QTest::newRow(name) << form << QString::fromLatin1(failing);
    };
    using world::with;
    row("workload", inbound(), "");
    row("workload as client assertion", with(inbound(), {{"assertion", {}}, {"client_assertion", workloadToken()}}), "assertion.place");
    row("a user's token", with(inbound(), {{"assertion", world::token(world::userClaims(webApi), world::tenantKey())}}), "principal.oid record");
    row("another scope", with(inbound(), {{"scope", "admin"}}), "scope policy");
    // Token Exchange: subject_token is one of the broker's own
    row("exchange", narrowing(platformToken()), "");
    row("exchange of a foreign token", narrowing(workloadToken()), "issuer audience");
    row("exchange for another project", with(narrowing(platformToken()), {{"audience", "P2Another"}}), "target");
    row("exchange of a revoked agent's token", narrowing(platformToken({{u"sub"_s, QString::fromLatin1(world::alice)}})), "record");
}

void TestBroker::tokens()
{
    QFETCH(http::Form, form);
    QFETCH(QString, failing);
    const auto decision = decide(form);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
}

void TestBroker::connections_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QJsonObject>("changes");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& authorization, const QJsonObject& changes, const char* failing, int status) {
        QTest::newRow(name) << authorization << changes << QString::fromLatin1(failing) << status;
    };
    const auto bearer = [](const QByteArray& token) { return QByteArray("Bearer ") + project + ':' + token; };
    row("platform token", bearer(platformToken()), {}, "", 200);
    row("no scope for it", bearer(platformToken({{u"scope"_s, u"agent.run"_s}})), {}, "scope", 403);
    row("foreign issuer", bearer(workloadToken()), {}, "issuer scope policy", 401);
    row("ended", bearer(platformToken({{u"exp"_s, world::now - 120}})), {}, "lifetime.exp", 401);
    row("another project", "Bearer P2Another:" + platformToken(), {}, "project key", 401);
    row("no project", "Bearer " + platformToken(), {}, "project key", 401);
    row("unknown connection", bearer(platformToken()), {{u"appId"_s, u"slack"_s}}, "connection user connection.scopes policy", 404);
    row("no policy for the connection", bearer(platformToken()), {{u"appId"_s, u"tickets"_s}, {u"scopes"_s, QJsonArray {u"read"_s}}}, "policy", 403);
    row("user without a connection", bearer(platformToken()), {{u"userId"_s, u"bob@lab.example"_s}}, "user", 404);
    row("more than was consented", bearer(platformToken()), {{u"scopes"_s, QJsonArray {u"repo"_s}}}, "connection.scopes", 403);
    row("management key", bearer("the-management-key"), {}, "", 200);
    row("wrong management key", bearer("another-key"), {}, "key", 401);
}

void TestBroker::connections()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QJsonObject, changes);
    QFETCH(QString, failing);
    QFETCH(int, status);
    const auto decision = fetch(authorization, changes);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->status : 200, status);
}

void TestBroker::managementKeyAsksNoPolicy()
{
    const auto decision = fetch(QByteArray("Bearer ") + project + ":the-management-key", {{u"appId"_s, u"tickets"_s}, {u"scopes"_s, QJsonArray {u"read"_s}}});
    QCOMPARE(decision.verdict.decision, base::Decision::Accept);
    QVERIFY(decision.byKey);
    QCOMPARE(world::find(decision.verdict, u"policy"_s)->outcome, base::Outcome::Warning);
    QVERIFY(!world::find(decision.verdict, u"record"_s));
}

void TestBroker::eachRecordIsRevokedByItself()
{
    const QByteArray head = QByteArray("Bearer ") + project + ':';
    QCOMPARE(world::failing(fetch(head + platformToken()).verdict), QString());
    QCOMPARE(world::failing(fetch(head + platformToken({{u"sub"_s, QString::fromLatin1(world::alice)}})).verdict), u"record"_s);
    // Nobody is in the book before the first issuance.
    QCOMPARE(world::failing(fetch(head + platformToken({{u"sub"_s, u"somebody new"_s}})).verdict), QString());
}

void TestBroker::predictionKnowsTheRules()
{
    const setup::Setup& setup = setupWithHub();
    const http::Request request {.method = "POST", .url = "https://api.descope.com/oauth2/v1/apps/token",
        .headers = {{"Content-Type", "application/json"}}, .body = jsonOf(inbound())};
    const auto verdict = trust::evaluate({u"broker.inbound"_s, setup.targets.back().pointer}, setup, request, world::keysOnly(), world::at());
    QVERIFY(verdict);
    QVERIFY2(verdict->decision == base::Decision::Accept, world::described(*verdict));
    const http::Request byKey {.method = "POST", .headers = {{"Authorization", QByteArray("Bearer ") + project + ":(hidden)"}}, .body = "{}"};
    const auto open = trust::evaluate({u"broker.connection"_s, setup.targets.back().pointer}, setup, byKey, world::keysOnly(), world::at());
    QVERIFY(open);
    QCOMPARE(world::find(*open, u"key"_s)->outcome, base::Outcome::NotEvaluated);
}

QTEST_GUILESS_MAIN(TestBroker)
#include "tst_broker.moc"
