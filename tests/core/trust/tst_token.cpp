// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenendpoint.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using trust::TokenDecision;

namespace {

const QByteArray exchangeDefault = "api://AzureADTokenExchange/.default";

} // namespace

/// What the token endpoint decides: every number of its table that a request can bring about, and what is granted.
class TestToken : public QObject
{
    Q_OBJECT

private slots:
    void clientCredentials_data();
    void clientCredentials();
    void secrets_data();
    void secrets();
    void basicAuthentication();
    void certificates_data();
    void certificates();
    void blueprintsAndAgents_data();
    void blueprintsAndAgents();
    void predictionsLeaveOpenWhatOnlyEntraKnows();
    void leavesEntrasOwnClockToEntra();
    void theNearestCredentialIsNamed();
    void writtenExpiryIsPredicted();
    void neverShowsASecret();
    void everyCheckIsReported();
    void nothingInTheSetupNeverCrashes();
    void isFast();
};

void TestToken::clientCredentials_data()
{
    columns();
    const auto row = [](const char* name, const http::Form& form, const char* code, const char* error) {
        QTest::newRow(name) << form << QString::fromLatin1(code) << QString::fromLatin1(error);
    };
    using world::with;
    // entra.md 4.1, 2.5, 10
    row("accepted", appForm(), "", "");
    row("no grant type", with(appForm(), {{"grant_type", {}}}), "900144", "invalid_request");
    row("unknown grant", with(appForm(), {{"grant_type", "password"}}), "70003", "unsupported_grant_type");
    row("RFC 8693 grant", with(appForm(), {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}}), "70003", "unsupported_grant_type");
    row("no client id", with(appForm(), {{"client_id", {}}}), "900144", "invalid_request");
    row("unknown client", with(appForm(), {{"client_id", "00000000-0000-4000-8000-000000000000"}}), "700016", "unauthorized_client");
    row("disabled client", with(appForm(), {{"client_id", "5ca07fd4-b168-4dce-a9f5-d81406c23a17"}}), "7000112", "unauthorized_client");
    row("no scope", with(appForm(), {{"scope", {}}}), "900144", "invalid_request");
    row("only OpenID scopes", with(appForm(), {{"scope", "openid"}}), "700023", "invalid_scope");
    row("a named scope", with(appForm(), {{"scope", "https://graph.microsoft.com/User.Read"}}), "70011", "invalid_scope");
    row("no name", with(appForm(), {{"scope", "https://graph.microsoft.com/"}}), "70011", "invalid_scope");
    row("unknown resource", with(appForm(), {{"scope", "api://nobody/.default"}}), "500011", "invalid_resource");
    row("disabled resource", with(appForm(), {{"scope", "api://resting/.default"}}), "50001", "invalid_resource");
    row("two resources", with(appForm(), {{"scope", graphDefault + " https://vault.azure.net/.default"}}), "700022", "invalid_scope");
    row("two spellings of one", with(appForm(), {{"scope", graphDefault + " 00000003-0000-0000-c000-000000000000/.default"}}), "", "");
    row("resource by GUID", with(appForm(), {{"scope", "00000003-0000-0000-c000-000000000000/.default"}}), "", "");
    row("resource ending in a slash", with(appForm(), {{"scope", "https://graph.microsoft.com//.default"}}), "", "");
    row("resource with a path", with(appForm(), {{"scope", "https://127.0.0.1:8444/mcp/.default"}}), "", "");
    // RFC 8707
    row("resource parameter", with(appForm(), {{"resource", "https://graph.microsoft.com"}}), "", "");
    row("resource parameter with slash", with(appForm(), {{"resource", "https://graph.microsoft.com/"}}), "", "");
    row("another resource parameter", with(appForm(), {{"resource", "https://vault.azure.net"}}), "901002", "invalid_request");
    row("no credential", with(appForm(), {{"client_secret", {}}}), "7000216", "invalid_client");
    row("public client with a secret", with(appForm(), {{"client_id", world::publicClient}}), "700025", "invalid_client");
    row("public client", with(appForm(), {{"client_id", world::publicClient}, {"client_secret", {}}}), "7000216", "invalid_client");
    // RFC 6749 2.3: one method
    row("two credentials", with(appForm(), {{"client_assertion_type", assertionType}, {"client_assertion", "x.y.z"}}), "9002313", "invalid_request");
    row("assertion without type", with(appForm(), {{"client_secret", {}}, {"client_assertion", world::token(world::managedIdentityClaims(), world::tenantKey())}}), "900144", "invalid_request");
    row("assertion of another type", with(appForm(), {{"client_secret", {}}, {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"},
        {"client_assertion", world::token(world::managedIdentityClaims(), world::tenantKey())}}), "9002313", "invalid_request");
    const auto federated = [](const QByteArray& assertion) {
        return with(appForm(), {{"client_secret", {}}, {"client_assertion_type", assertionType}, {"client_assertion", assertion}});
    };
    row("managed identity", federated(world::token(world::managedIdentityClaims(), world::tenantKey())), "", "");
    row("outside workload", federated(world::token(world::outsideClaims(), world::outsideKey())), "", "");
    row("unknown issuer", federated(world::token(world::with(world::outsideClaims(), {{u"iss"_s, u"https://x.example"_s}}), world::outsideKey())), "700211", "invalid_client");
    row("assertion on an app without credentials", with(federated(world::token(world::outsideClaims(), world::outsideKey())), {{"client_id", "3a8e5db2-9f46-4bac-87d3-b6f2e4a01895"}}), "70025", "invalid_client");
    // RFC 6749 3.2, RFC 8707 2
    const auto twice = [](const char* name, const QByteArray& value) {
        http::Form out = appForm();
        out.append(http::Parameter {name, value});
        return out;
    };
    row("scope twice", twice("scope", graphDefault), "9000411", "invalid_request");
    row("client id twice", twice("client_id", world::blueprint), "9000411", "invalid_request");
    row("unknown parameters", with(appForm(), {{"x-client-SKU", "MSAL.JS"}, {"client_info", "1"}, {"claims", "{}"}}), "", "");
}

void TestToken::clientCredentials()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    judge(decide(form), code, error);
}

void TestToken::secrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("near");
    const QString tenant = QString::fromLatin1(world::tenantId);
    QTest::newRow("right") << QByteArray(world::rightSecret) << tenant << QString() << QString();
    QTest::newRow("wrong") << QByteArray("wrong") << tenant << u"7000215"_s << QString();
    QTest::newRow("its id") << QByteArray("11112222-3333-4444-8555-666677778888") << tenant << u"7000215"_s << u"secretIdNotValue"_s;
    QTest::newRow("expired") << QByteArray("expired") << tenant << u"7000222"_s << QString();
    QTest::newRow("by domain") << QByteArray(world::rightSecret) << u"lab.example"_s << QString() << QString();
    QTest::newRow("tenant in upper case") << QByteArray(world::rightSecret) << tenant.toUpper() << QString() << QString();
    QTest::newRow("another tenant") << QByteArray(world::rightSecret) << QString::fromLatin1(world::otherTenantId) << u"700016"_s << QString();
    QTest::newRow("unknown tenant") << QByteArray(world::rightSecret) << u"nobody.example"_s << u"90002"_s << QString();
    QTest::newRow("no tenant") << QByteArray(world::rightSecret) << QString() << u"90002"_s << QString();
    QTest::newRow("common") << QByteArray(world::rightSecret) << u"common"_s << u"9001023"_s << QString();
    QTest::newRow("consumers") << QByteArray(world::rightSecret) << u"consumers"_s << u"9001023"_s << QString();
}

void TestToken::secrets()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, tenant);
    QFETCH(QString, code);
    QFETCH(QString, near);
    const TokenDecision decision = decide(world::with(appForm(), {{"client_secret", secret}}), tenant);
    QVERIFY2(number(decision.verdict) == code, world::described(decision.verdict));
    if (!near.isEmpty())
        QCOMPARE(base::nearName(decision.verdict.decisive()->near->kind), near);
    if (code == u"7000215" || code == u"7000222")
        QCOMPARE(decision.verdict.refusal->status, 401);
}

void TestToken::basicAuthentication()
{
    const http::Form bare = world::with(appForm(), {{"client_secret", {}}});
    const auto header = [](const QByteArray& user, const QByteArray& password) { const QByteArray both = user + ':' + password; return QByteArray("Basic " + both.toBase64()); };
    const QString tenant = QString::fromLatin1(world::tenantId);
    judge(decide(bare, tenant, header(world::webApi, world::rightSecret)), {}, {});
    judge(decide(bare, tenant, "bAsIc " + QByteArray(QByteArray(world::webApi) + ':' + world::rightSecret).toBase64()), {}, {});
    judge(decide(world::with(bare, {{"client_id", {}}}), tenant, header(world::webApi, world::rightSecret)), {}, {});
    judge(decide(bare, tenant, header(world::webApi, "wrong")), u"7000215"_s, u"invalid_client"_s);
    judge(decide(bare, tenant, header(world::blueprint, world::rightSecret)), u"9002313"_s, u"invalid_request"_s);
    judge(decide(bare, tenant, "Basic !!!"), u"7000216"_s, u"invalid_client"_s);
    // RFC 6749 2.3.1: both halves are form-encoded
    trust::Knowledge knowledge = world::all();
    knowledge.secret = [](const setup::App&, QByteArrayView secret) { return secret == "a b%:+" ? trust::SecretState::Right : trust::SecretState::Wrong; };
    judge(decide(bare, tenant, header(world::webApi, "a+b%25%3A%2B"), knowledge), {}, {});
}

void TestToken::certificates_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QJsonObject>("header");
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("code");
    const jose::Key certificate = jose::Key::fromPem(world::file("client-cert.pem")).value();
    const QByteArray der = certificate.x5c.value(0);
    const QString x5t = QString::fromLatin1(jose::x5t(der)), x5tS256 = QString::fromLatin1(jose::x5tS256(der));
    const QString base64 = QString::fromLatin1(der.toBase64());
    const QString id = QString::fromLatin1(world::webApi), endpoint = world::setup().home()->tokenEndpoint();
    const QJsonObject claims {{u"iss"_s, id}, {u"sub"_s, id}, {u"aud"_s, endpoint}, {u"jti"_s, u"1"_s}, {u"exp"_s, world::now + 600}};
    const QJsonObject modern {{u"kid"_s, QJsonValue()}, {u"x5t#S256"_s, x5tS256}}, classic {{u"kid"_s, QJsonValue()}, {u"x5t"_s, x5t}};
    const auto row = [&](const char* name, const QJsonObject& changes, const QJsonObject& header, const char* alg, const char* code) {
        QTest::newRow(name) << world::with(claims, changes) << header << QString::fromLatin1(alg) << QString::fromLatin1(code);
    };
    // entra.md 4.2: documented, and what the first-party libraries send
    row("PS256 with x5t#S256", {}, modern, "PS256", "");
    row("RS256 with x5t", {}, classic, "RS256", "");
    row("RS256 with x5t#S256", {}, modern, "RS256", "");
    row("x5c as a list", {}, world::with(modern, {{u"x5c"_s, QJsonArray {base64}}}), "PS256", "");
    row("x5c as a text", {}, world::with(modern, {{u"x5c"_s, base64}}), "PS256", "");
    row("times as texts", {{u"exp"_s, QString::number(world::now + 600)}, {u"nbf"_s, QString::number(world::now)}}, modern, "PS256", "");
    row("audience is the issuer", {{u"aud"_s, world::v2Issuer()}}, modern, "PS256", "");
    row("audience is the authority", {{u"aud"_s, QString(u"https://login.microsoftonline.com/"_s + QString::fromLatin1(world::tenantId))}}, modern, "PS256", "");
    row("audience by domain", {{u"aud"_s, u"https://login.microsoftonline.com/lab.example/oauth2/v2.0/token"_s}}, modern, "PS256", "");
    row("audience is a list", {{u"aud"_s, QJsonArray {endpoint}}}, modern, "PS256", "");
    row("another audience", {{u"aud"_s, u"https://login.microsoftonline.com/"_s}}, modern, "PS256", "50012");
    row("endpoint of another tenant", {{u"aud"_s, world::setup().tenants[1].tokenEndpoint()}}, modern, "PS256", "50012");
    row("subject is not the issuer", {{u"sub"_s, u"someone"_s}}, modern, "PS256", "50048");
    row("ended", {{u"exp"_s, world::now - 301}}, modern, "PS256", "700024");
    row("five minutes of tolerance", {{u"exp"_s, world::now - 299}}, modern, "PS256", "");
    row("not yet begun", {{u"nbf"_s, world::now + 400}}, modern, "PS256", "700024");
    row("unregistered certificate", {}, {{u"kid"_s, QJsonValue()}, {u"x5t#S256"_s, QString(u"A"_s.repeated(43))}}, "PS256", "700027");
    row("no thumbprint", {}, {{u"kid"_s, QJsonValue()}}, "PS256", "700027");
    row("RS512", {}, modern, "RS512", "700027");
}

void TestToken::certificates()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QJsonObject, header);
    QFETCH(QString, alg);
    QFETCH(QString, code);
    const jose::Key key = jose::Key::fromPem(world::file("client-key.pem")).value();
    const auto formFor = [&](const jose::Key& signer) {
        return world::with(appForm(), {{"client_secret", {}}, {"client_assertion_type", assertionType},
                                       {"client_assertion", world::token(claims, signer, header, alg.toLatin1().constData())}});
    };
    const TokenDecision decision = decide(formFor(key));
    QVERIFY2(number(decision.verdict) == code, world::described(decision.verdict));
    QCOMPARE(decision.authentication, trust::ClientAuthentication::Certificate);
    if (!code.isEmpty())
        return;
    QCOMPARE(decision.verdict.contract, u"cert"_s);
    // The same assertion, signed with a key that is not the certificate's.
    QCOMPARE(number(decide(formFor(world::strangerKey())).verdict), u"700027"_s);
    QVERIFY(decide(formFor(key), QString::fromLatin1(world::tenantId), {}, world::keysOnly()).verdict.decision == base::Decision::Accept);
}

void TestToken::blueprintsAndAgents_data()
{
    columns();
    const auto row = [](const char* name, const http::Form& form, const char* code, const char* error) {
        QTest::newRow(name) << form << QString::fromLatin1(code) << QString::fromLatin1(error);
    };
    using world::with;
    const http::Form leg1 = world::form({{"grant_type", "client_credentials"}, {"client_id", world::blueprint}, {"scope", exchangeDefault},
                                         {"client_secret", world::rightSecret}, {"fmi_path", world::agent}});
    // entra.md 7.2, 7.6
    row("exchange token", leg1, "", "");
    row("exchange token by managed identity", with(leg1, {{"client_secret", {}}, {"client_assertion_type", assertionType},
        {"client_assertion", world::token(world::managedIdentityClaims(), world::tenantKey())}}), "", "");
    row("exchange token without fmi_path", with(leg1, {{"fmi_path", {}}}), "82008", "invalid_request");
    row("exchange by GUID", with(leg1, {{"scope", QByteArray(world::exchangeGuid) + "/.default"}}), "", "");
    row("another resource as itself", with(leg1, {{"scope", "api://anthropic-wif/.default"}}), "82001", "unauthorized_client");
    row("Graph as itself", with(leg1, {{"scope", graphDefault}}), "", "");
    row("fmi_path names a stranger", with(leg1, {{"fmi_path", "someone"}}), "", "");
    row("agent", agentForm(), "", "");
    row("agent to the exchange", with(agentForm(), {{"scope", exchangeDefault}}), "", "");
    row("agent with a secret", with(agentForm(), {{"client_assertion", {}}, {"client_assertion_type", {}}, {"client_secret", world::rightSecret}}), "7000215", "invalid_client");
    row("agent without anything", with(agentForm(), {{"client_assertion", {}}, {"client_assertion_type", {}}}), "7000216", "invalid_client");
    row("token of another blueprint", agentForm(exchangeToken(world::otherBlueprint)), "7002137", "invalid_client");
    row("token for another child", agentForm(exchangeToken(world::blueprint, "11111111-2222-4333-8444-555555555555")), "7002137", "invalid_client");
    row("managed identity's token", agentForm(world::token(world::managedIdentityClaims(), world::tenantKey())), "700213", "invalid_client");
    row("outside token", agentForm(world::token(world::outsideClaims(), world::outsideKey())), "700211", "invalid_client");
    row("token for another audience", agentForm(world::token(with(world::exchangeClaims(), {{u"aud"_s, u"api://x"_s}}), world::tenantKey())), "7002121", "invalid_client");
    row("ended token", agentForm(world::token(with(world::exchangeClaims(), {{u"exp"_s, world::now - 3600}}), world::tenantKey())), "700024", "invalid_client");
    row("forged token", agentForm(world::token(world::exchangeClaims(), world::strangerKey(), {{u"kid"_s, u"tenant"_s}})), "700027", "invalid_client");
    row("agent's own token as assertion", agentForm(world::token(world::appClaims(QString::fromLatin1(world::exchangeGuid), world::agent), world::tenantKey())), "700213", "invalid_client");
    row("garbage", agentForm("x.y.z"), "50027", "invalid_request");
}

void TestToken::blueprintsAndAgents()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    const TokenDecision decision = decide(form);
    judge(decision, code, error);
    if (code.isEmpty() && decision.client->kind == setup::AppKind::Agent) {
        QCOMPARE(decision.authentication, trust::ClientAuthentication::Parent);
        QCOMPARE(decision.parent->name, u"blueprint"_s);
        QCOMPARE(decision.verdict.contract, u"claims-desk, child of the blueprint"_s);
    }
    if (form.has("fmi_path"))
        QCOMPARE(decision.fmiPath.isEmpty(), decision.resource && decision.resource->name != u"token-exchange");
}

void TestToken::predictionsLeaveOpenWhatOnlyEntraKnows()
{
    const auto predict = [](const http::Form& form) {
        return decide(form, QString::fromLatin1(world::tenantId), {}, world::keysOnly()).verdict;
    };
    const base::Verdict secret = predict(appForm());
    QCOMPARE(secret.decision, base::Decision::NotEvaluated);
    QCOMPARE(secret.decisive()->id, u"secret"_s);
    QCOMPARE(secret.decisive()->relation, u"Only Entra knows whether the secret is right."_s);
    QVERIFY(!secret.refusal);
    // What fails, fails, whatever is open.
    QCOMPARE(predict(world::with(appForm(), {{"scope", "api://nobody/.default"}})).decision, base::Decision::Refuse);
    QCOMPARE(predict(world::with(appForm(), {{"client_secret", "11112222-3333-4444-8555-666677778888"}})).decision, base::Decision::Refuse);
    QCOMPARE(predict(codeForm()).decision, base::Decision::NotEvaluated);
    QCOMPARE(predict(agentForm()).decision, base::Decision::Accept);
    QCOMPARE(predict(oboForm()).decision, base::Decision::NotEvaluated);
    const trust::Knowledge nothing;
    QCOMPARE(decide(agentForm(), QString::fromLatin1(world::tenantId), {}, nothing).verdict.decision, base::Decision::NotEvaluated);
}

/// A token that Entra dated ahead of our clock is not ahead of Entra's.
void TestToken::leavesEntrasOwnClockToEntra()
{
    const auto ahead = [](const QJsonObject& claims) { return world::with(claims, {{u"nbf"_s, world::now + 1500}, {u"iat"_s, world::now + 1500}}); };
    const http::Form form = agentForm(world::token(ahead(world::exchangeClaims()), world::tenantKey()));
    const base::Verdict predicted = decide(form, QString::fromLatin1(world::tenantId), {}, world::keysOnly()).verdict;
    QVERIFY2(predicted.decision == base::Decision::NotEvaluated, world::described(predicted));
    QCOMPARE(predicted.decisive()->id, u"lifetime.nbf"_s);
    QCOMPARE(number(decide(form).verdict), u"700024"_s);
}

void TestToken::theNearestCredentialIsNamed()
{
    const QByteArray assertion = world::token(world::with(world::outsideClaims(), {{u"sub"_s, u"repo:Lab/demo:ref:refs/heads/main"_s}}), world::outsideKey());
    const base::Verdict verdict = decide(world::with(appForm(), {{"client_secret", {}}, {"client_assertion_type", assertionType},
                                                                 {"client_assertion", assertion}})).verdict;
    QCOMPARE(number(verdict), u"7002138"_s);
    QCOMPARE(verdict.closest, u"ci"_s);
}

void TestToken::writtenExpiryIsPredicted()
{
    const http::Form form = world::with(appForm(), {{"client_id", "3a8e5db2-9f46-4bac-87d3-b6f2e4a01895"}});
    const base::Verdict verdict = decide(form, QString::fromLatin1(world::tenantId), {}, world::keysOnly()).verdict;
    QCOMPARE(number(verdict), u"7000222"_s);
}

/// Neither a secret nor a whole token stands in any text of a verdict.
void TestToken::neverShowsASecret()
{
    const QByteArray token = world::token(world::managedIdentityClaims(), world::tenantKey());
    QList<TokenDecision> decisions {
        decide(appForm()), decide(world::with(appForm(), {{"client_secret", "planted-canary-value"}})),
        decide(world::with(appForm(), {{"client_secret", "planted-canary-value"}, {"client_assertion", token}})),
        decide(world::with(codeForm(), {{"code", "planted-canary-value"}, {"code_verifier", "planted-canary-value"}})),
        decide(world::with(codeForm(), {{"grant_type", "refresh_token"}, {"refresh_token", "planted-canary-value"}})),
        decide(world::with(oboForm(), {{"assertion", token}})), decide(agentForm(token)),
        decide(world::with(appForm(), {{"client_secret", {}}}), QString::fromLatin1(world::tenantId), "Basic " + QByteArray("x:planted-canary-value").toBase64()),
        decide(world::with(codeForm(), {{"code", "planted-canary-value"}}), QString::fromLatin1(world::tenantId), {}, world::keysOnly())};
    for (const TokenDecision& decision : decisions) {
        QString all = decision.verdict.contract + (decision.verdict.refusal ? decision.verdict.refusal->text : QString());
        for (const base::Check& c : decision.verdict.checks)
            all += c.expected + c.presented + c.relation + c.fix + c.fixValue + (c.near ? c.near->text : QString());
        for (const QByteArray& secret : {QByteArray(world::rightSecret), QByteArray("planted-canary-value"), token, token.split('.')[2]})
            QVERIFY2(!all.contains(QString::fromLatin1(secret)), world::described(decision.verdict));
    }
}

void TestToken::everyCheckIsReported()
{
    const base::Verdict verdict = decide(world::with(appForm(), {{"client_secret", "wrong"}, {"scope", "api://nobody/x"}}), u"nobody"_s).verdict;
    QCOMPARE(world::failing(verdict), u"tenant secret resource scope"_s);
    QCOMPARE(number(verdict), u"90002"_s);
    QCOMPARE(verdict.confidence, base::Confidence::Likely); // its class is not promised
    QCOMPARE(decide(world::with(appForm(), {{"client_secret", "wrong"}})).verdict.confidence, base::Confidence::Certain);
    const base::Verdict unknown = decide(world::with(appForm(), {{"client_id", "x"}})).verdict;
    QVERIFY(world::find(unknown, u"client.authentication"_s));
    QVERIFY(world::find(unknown, u"scope"_s));
    for (const base::Check& check : decide(oboForm()).verdict.checks)
        QVERIFY2(!check.group.isEmpty() && !check.title.isEmpty() && !check.source.isEmpty() && !check.relation.isEmpty(), qPrintable(check.id));
}

void TestToken::nothingInTheSetupNeverCrashes()
{
    const setup::Setup nothing;
    setup::Setup orphaned = world::setup();
    orphaned.tenants.clear();
    setup::Setup childless = world::setup();
    childless.apps.removeIf([](const setup::App& app) { return app.name == u"blueprint"; });
    const auto forms = {appForm(), agentForm(), oboForm(), codeForm(), http::Form {}, world::with(agentForm(), {{"grant_type", jwtBearer}})};
    for (const setup::Setup* setup : std::initializer_list<const setup::Setup*> {&nothing, &orphaned, &childless})
        for (const http::Form& form : forms)
            for (const trust::Knowledge& knowledge : {world::all(), world::keysOnly(), trust::Knowledge {}})
                for (const QString& tenant : {QString::fromLatin1(world::tenantId), QString(), u"common"_s}) {
                    const base::Verdict verdict = decide(form, tenant, {}, knowledge, *setup).verdict;
                    QVERIFY(!verdict.checks.isEmpty());
                    QVERIFY(setup == &childless || verdict.decision == base::Decision::Refuse);
                }
}

/// 20,000 decisions a second are wanted of one thread: 50 microseconds each.
void TestToken::isFast()
{
    const trust::Knowledge knowledge = world::all();
    const trust::TokenRequest request {QString::fromLatin1(world::tenantId), appForm(), {}};
    QElapsedTimer timer;
    timer.start();
    constexpr int rounds = 2000;
    for (int i = 0; i < rounds; ++i)
        QVERIFY(trust::decideToken(world::setup(), request, knowledge, world::at()).verdict.decision == base::Decision::Accept);
    const double each = double(timer.nsecsElapsed()) / rounds / 1000;
    qInfo("%.1f microseconds a decision", each);
    QVERIFY(each < 5000); // the bench measures; this only notices something grown out of proportion
}

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
