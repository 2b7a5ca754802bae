// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "brokerworld.h"

#include "core/trust/broker.h"
#include "core/trust/evaluate.h"
#include "core/trust/tokenexchange.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString webApi = QString::fromLatin1(world::webApi);
const QString hub = u"https://hub.lab.example"_s;
const QString project = u"P2Lab0000000000000000000000"_s;
constexpr auto accessType = "urn:ietf:params:oauth:token-type:access_token";

/// The broker signs its own tokens with the key that is nobody else's.
trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    static const jose::KeySet own {.keys = {world::outsideKey()}};
    out.keys = [known = out.keys](const QString& issuer) { return issuer == hub ? &own : known(issuer); };
    return out;
}

/// What the workload's platform issued it.
QByteArray inbound(const QJsonObject& changes = {}, const jose::Key& key = world::tenantKey())
{
    return world::token(world::with(world::appClaims(webApi, world::agent), changes), key);
}

/// What the broker issued for it.
QByteArray platform(const QJsonObject& changes = {}, const jose::Key& key = world::outsideKey())
{
    return world::token(world::with({{u"iss"_s, hub}, {u"aud"_s, project}, {u"sub"_s, QString::fromLatin1(world::agent)},
                                        {u"client_id"_s, u"claims-desk"_s}, {u"scope"_s, u"agent.run outbound.token.fetch"_s}},
                            changes), key);
}

http::Form grant(const QByteArray& assertion = inbound())
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"client_id", "claims-desk"},
        {"assertion", assertion}, {"scope", "agent.run"}});
}

http::Form exchange(const QByteArray& subject = platform())
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"client_id", "claims-desk"},
        {"subject_token", subject}, {"subject_token_type", accessType}, {"audience", "https://mcp.lab.example"}, {"scope", "agent.run"}});
}

trust::ExchangeDecision decide(const setup::Setup& setup, const http::Form& form)
{
    return trust::decideTokenExchange(setup, setup.targets.back(), form, {}, knowing(), world::at());
}

} // namespace

/// A credential broker's token endpoint: the workload's token in, a platform token out, by record and policy.
class TestBroker : public QObject
{
    Q_OBJECT

private slots:
    void requests_data();
    void requests();
    void contracts_data();
    void contracts();
    void issues();
    void forms_data();
    void forms();
    void leavesOpen_data();
    void leavesOpen();
};

void TestBroker::requests_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const http::Form& form, const char* failing = "", const char* error = "", int status = 400, const char* near = "") {
        QTest::newRow(name) << form << QString::fromLatin1(failing) << QString::fromLatin1(error) << status << QString::fromLatin1(near);
    };
    using world::with;
    // Descope docs: Workload identity: JWT bearer on the client, trusted issuers by URL and keys
    row("grant", grant());
    row("grant, for the broker itself", grant(inbound({{u"aud"_s, hub}}))); // RFC 7523, 3, item 3
    row("of another issuer", grant(inbound({{u"iss"_s, world::outsideIssuer()}}, world::outsideKey())), "issuer", "invalid_grant");
    row("v1.0 issuer", grant(inbound({{u"iss"_s, world::v1Issuer()}})), "issuer", "invalid_grant", 400, "v1v2Issuer");
    row("for another API", grant(inbound({{u"aud"_s, u"https://graph.microsoft.com"_s}})), "audience", "invalid_grant");
    row("by the API's URI", grant(inbound({{u"aud"_s, u"api://lab-web-api"_s}})), "audience", "invalid_grant", 400, "oneOfTwo");
    row("a foreign key", grant(inbound({}, world::strangerKey())), "signature", "invalid_grant");
    row("ended", grant(inbound({{u"exp"_s, world::now - 400}})), "lifetime.exp", "invalid_grant", 400, "clockSkew");
    // A workload whose claims are not in the list
    row("another workload", grant(world::token(world::appClaims(webApi, world::otherBlueprint), world::tenantKey())), "principal.oid", "invalid_grant");
    row("a user", grant(world::token(world::userClaims(webApi), world::tenantKey())), "principal.oid", "invalid_grant");
    // RFC 7523, 2.1 and 2.2: the two places of a JWT
    row("as client assertion", with(grant(), {{"assertion", {}}, {"client_assertion", inbound()}}), "assertion.place", "invalid_request");
    // RFC 6749, 5.2
    row("another client", with(grant(), {{"client_id", "Claims-Desk"}}), "client", "invalid_client", 401, "case");
    row("client credentials", with(grant(), {{"grant_type", "client_credentials"}}), "grant_type", "unsupported_grant_type");
    row("a scope that is not there", with(grant(), {{"scope", "agent.walk"}}), "scope policy", "invalid_scope");
    // Descope docs: Policies: evaluated at issuance; the code of a denial is not published
    row("a scope that no policy allows", with(grant(), {{"scope", "agent.run admin"}}), "policy", "access_denied", 403);
    row("all that a policy allows", with(grant(), {{"scope", "agent.run outbound.token.fetch"}}));
    // Descope docs: Token exchange: the subject token is the platform's own, the target named by audience or resource
    row("exchange", exchange());
    row("exchange, by resource", with(exchange(), {{"audience", {}}, {"resource", "https://mcp.lab.example"}}));
    row("exchange of the workload's token", exchange(inbound()), "issuer audience", "invalid_request");
    row("exchange, a foreign key", exchange(platform({}, world::strangerKey())), "signature", "invalid_request");
    row("exchange, of another project", exchange(platform({{u"aud"_s, u"P2Lab0000000000000000000001"_s}})), "audience", "invalid_request");
    row("exchange, target not offered", with(exchange(), {{"audience", "https://mcp.elsewhere.example"}}), "target", "invalid_target");
    row("exchange, target with a slash", with(exchange(), {{"audience", "https://mcp.lab.example/"}}), "target", "invalid_target", 400, "trailingSlash");
    row("exchange, scope beyond the policy", with(exchange(), {{"scope", "admin"}}), "policy", "access_denied", 403);
    // Descope docs: Agentic identities: a record each for client and principal, separately revocable
    row("exchange, the principal's record is revoked", exchange(platform({{u"sub"_s, u"revoked-agent"_s}})), "record", "access_denied", 403);
    row("exchange, a principal without a record", exchange(platform({{u"sub"_s, u"new-agent"_s}})));
    // Descope docs: validate the inbound token, never forward it
    row("a platform token as the workload's", grant(platform()), "issuer audience principal.oid", "invalid_grant");
}

void TestBroker::requests()
{
    QFETCH(http::Form, form);
    QFETCH(QString, failing);
    QFETCH(QString, error);
    QFETCH(int, status);
    QFETCH(QString, near);
    const auto decision = decide(withBroker(), form);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    if (failing.isEmpty())
        return;
    QCOMPARE(decision.reason, failing.section(u' ', 0, 0));
    QCOMPARE(decision.verdict.refusal->error, error);
    QCOMPARE(decision.verdict.refusal->status, status);
    const auto& nearMiss = decision.verdict.decisive()->near;
    QCOMPARE(nearMiss ? base::nearName(nearMiss->kind) : QString(), near);
    // What the vendor does not publish is not said to be certain.
    QCOMPARE(decision.verdict.confidence, error == "access_denied"_L1 ? base::Confidence::Likely : base::Confidence::Certain);
}

void TestBroker::contracts_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("exchanges");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* member, const char* json, bool exchanges, const char* failing, const char* pointer = "") {
        QTest::newRow(name) << QString::fromLatin1(member) << QByteArray(json) << exchanges << QString::fromLatin1(failing) << QString::fromLatin1(pointer);
    };
    // Descope docs: Agentic identities: made at the first issuance, revoked one by one
    row("revoked", "/settings/records/0/revoked", "true", false, "record", "/settings/records/0/revoked");
    row("revoked, exchange", "/settings/records/0/revoked", "true", true, "record", "/settings/records/0/revoked");
    row("none yet", "/settings/records", "[]", false, "");
    row("of another client", "/settings/records/0", R"({"client":"other","principal":"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae","revoked":true})", false, "");
    // Descope docs: Policies, Token exchange: a policy that names client, grant type and scopes; one of them suffices
    row("no policy", "/settings/policies", "[]", false, "policy", "/settings/policies/-");
    row("no policy, exchange", "/settings/policies", "[]", true, "policy", "/settings/policies/-");
    row("of another client's", "/settings/policies/0/client", R"("other")", false, "policy", "/settings/policies/-");
    row("for the grant alone", "/settings/policies/0/grants", R"(["jwt-bearer"])", false, "");
    row("for the grant alone, exchange", "/settings/policies/0/grants", R"(["jwt-bearer"])", true, "policy", "/settings/policies/-");
    row("for the exchange alone", "/settings/policies/0/grants", R"(["token-exchange"])", false, "policy", "/settings/policies/-");
    row("for other scopes", "/settings/policies/0/scopes", R"(["outbound.token.fetch"])", false, "policy", "/settings/policies/-");
    row("a second one allows it", "/settings/policies/1", R"({"client":"claims-desk","grants":["jwt-bearer"],"scopes":["agent.run"]})", false, "");
    // Descope docs: Workload identity: trusted issuers
    row("issuer not trusted", "/validIssuers", R"(["https://token.actions.githubusercontent.com"])", false, "issuer", "/validIssuers/-");
    row("every workload of the issuer", "/settings/workloads", "[]", false, "");
    row("client id for object id", "/settings/workloads/0/oid", R"("b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52")", false, "principal.oid",
        "/settings/workloads/0/oid");
}

void TestBroker::contracts()
{
    QFETCH(QString, member);
    QFETCH(QByteArray, json);
    QFETCH(bool, exchanges);
    QFETCH(QString, failing);
    QFETCH(QString, pointer);
    const setup::Setup setup = withBroker(member, json);
    const auto decision = decide(setup, exchanges ? exchange() : grant());
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    if (failing.isEmpty())
        return;
    const QString at = decision.verdict.decisive()->fixPointer;
    QCOMPARE(at, QString(setup.targets.back().pointer + pointer));
    QVERIFY(!decision.verdict.decisive()->fix.isEmpty());
}

void TestBroker::issues()
{
    const auto granted = decide(withBroker(), grant());
    QCOMPARE(granted.subject, QString::fromLatin1(world::agent));
    QCOMPARE(granted.audiences, QStringList {project});
    QCOMPARE(granted.scopes, QStringList {u"agent.run"_s});
    QCOMPARE(granted.lifetime.count(), 600);
    const auto exchanged = decide(withBroker(), exchange(platform({{u"exp"_s, world::now + 90}})));
    QCOMPARE(exchanged.audiences, QStringList {u"https://mcp.lab.example"_s});
    QCOMPARE(exchanged.tokenType, QString::fromLatin1(accessType));
    QCOMPARE(exchanged.lifetime.count(), 90); // it ends with what it was made from
}

void TestBroker::forms_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("assertion");
    QTest::addColumn<int>("size");
    // Descope API: third party application token endpoint: the documented body is JSON; RFC 6749, 3.2: a form
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray(R"({"assertion":"a.b.c","scope":"x y"})") << QByteArray("a.b.c") << 2;
    QTest::newRow("JSON, character set") << QByteArray("Application/JSON; charset=utf-8") << QByteArray(R"({"assertion":"a.b.c"})") << QByteArray("a.b.c") << 1;
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded") << QByteArray("assertion=a.b.c&scope=x+y") << QByteArray("a.b.c") << 2;
    QTest::newRow("no type") << QByteArray() << QByteArray("assertion=a.b.c") << QByteArray("a.b.c") << 1;
    QTest::newRow("no text") << QByteArray("application/json") << QByteArray(R"({"assertion":7,"scope":null})") << QByteArray() << 0;
    QTest::newRow("broken") << QByteArray("application/json") << QByteArray("assertion=a.b.c") << QByteArray() << 0;
}

void TestBroker::forms()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, assertion);
    QFETCH(int, size);
    http::Headers headers;
    if (!type.isEmpty())
        headers.append(http::Header {"Content-Type", type});
    const http::Form form = trust::brokerForm(headers, body);
    QCOMPARE(form.value("assertion"), assertion);
    QCOMPARE(int(form.size()), size);
}

void TestBroker::leavesOpen_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isPublic");
    QTest::addColumn<QString>("open");
    // The design: what only the receiver knows is not evaluated
    QTest::newRow("grant, public client") << u"broker.inbound"_s << true << QString();
    QTest::newRow("grant, a client with a secret") << u"broker.inbound"_s << false << u"secret"_s;
    QTest::newRow("exchange, keys of the broker") << u"broker.exchange"_s << true << u"signature"_s;
    QTest::newRow("exchange, both") << u"broker.exchange"_s << false << u"secret signature"_s;
}

void TestBroker::leavesOpen()
{
    QFETCH(QString, kind);
    QFETCH(bool, isPublic);
    QFETCH(QString, open);
    const setup::Setup setup = withBroker(u"/settings/publicClient"_s, isPublic ? "true" : "false");
    const http::Form form = world::with(kind == "broker.inbound"_L1 ? grant() : exchange(), {{"client_secret", "guess"}});
    http::Request request {.method = "POST", .url = "https://hub.lab.example/oauth2/v1/apps/token", .body = http::encodeForm(form)};
    const auto verdict = trust::evaluate({kind, setup.targets.back().pointer}, setup, request, world::keysOnly(), world::at());
    QVERIFY(verdict);
    QStringList unknown;
    for (const base::Check& check : verdict->checks)
        if (check.outcome == base::Outcome::NotEvaluated)
            unknown += check.id;
    QVERIFY2(unknown.join(u' ') == open && world::failing(*verdict).isEmpty(), world::described(*verdict));
    QCOMPARE(verdict->decision, open.isEmpty() ? base::Decision::Accept : base::Decision::NotEvaluated);
}

QTEST_GUILESS_MAIN(TestBroker)
#include "tst_broker.moc"
