// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/audience.h"
#include "core/trust/evaluate.h"
#include "core/trust/tokenexchange.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto tokenType = "urn:ietf:params:oauth:token-type:access_token";
const QString webApi = QString::fromLatin1(world::webApi);

/// An exchange for tokens of the web API: Alice through the public client, the agent as the one who acts.
const char* const server = R"({
    "name": "sts", "kind": "token-exchange", "url": "https://sts.lab.example/exchange", "resource": "web-api",
    "clientId": "runtime", "audience": "https://claims.lab.example", "scopes": ["claims.read", "claims.write"],
    "settings": {
        "audiences": ["https://claims.lab.example", "https://payouts.lab.example"],
        "subjects": [ { "oid": "2b9d4e70-6c1f-4a38-b5e2-80f7d3c6a914", "azp": "d7a2f4ea-3b69-4cb5-8e8f-20b15c9d3e74" } ],
        "actors": [ { "oid": "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae" } ],
        "workloads": [ { "oid": "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae" } ],
        "lifetime": 1800 } })";

/// The server of the RFC's appendix: anybody of the original issuer, actors by may_act alone.
const char* const rfcServer = R"({
    "name": "as", "kind": "token-exchange", "url": "https://as.example.com", "clientId": "rfc", "audience": "urn:example:cooperation-context",
    "validIssuers": ["https://original-issuer.example.net"], "validAudiences": ["https://as.example.com"],
    "scopes": ["orders", "profile", "history", "status", "feed"], "settings": { "publicClient": true } })";

setup::Setup with(const char* target) { return world::changed(u"/targets/-", target); }

setup::Setup with(const char* target, const char16_t* member, const char* json)
{
    const setup::Setup setup = with(target);
    auto edited = setup::edited(setup, QString(setup.targets.back().pointer + QString::fromUtf16(member)), json);
    if (!edited)
        qFatal("edit: %s", qPrintable(edited.error().text));
    return *edited;
}

trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    out.registered = [](QByteArrayView id) {
        return std::optional(trust::RegisteredClient {.clientId = QString::fromUtf8(id), .secret = world::rightSecret, .target = u"sts"_s});
    };
    static const jose::KeySet original {.keys = {world::outsideKey()}};
    out.keys = [known = out.keys](const QString& issuer) {
        return issuer == "https://original-issuer.example.net"_L1 ? &original : known(issuer);
    };
    return out;
}

QByteArray aliceToken(const QJsonObject& changes = {}, const jose::Key& key = world::tenantKey())
{
    return world::token(world::with(world::userClaims(webApi), changes), key);
}

QByteArray agentToken(const QJsonObject& changes = {})
{
    return world::token(world::with(world::appClaims(webApi, world::agent), changes), world::tenantKey());
}

http::Form impersonation()
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"subject_token", aliceToken()},
        {"subject_token_type", tokenType}, {"audience", "https://claims.lab.example"}, {"scope", "claims.read"},
        {"client_id", "runtime"}, {"client_secret", world::rightSecret}});
}

http::Form delegation()
{
    return world::with(impersonation(), {{"actor_token", agentToken()}, {"actor_token_type", tokenType}});
}

http::Form jwtGrant()
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", agentToken()},
        {"scope", "claims.read"}, {"client_id", "runtime"}, {"client_secret", world::rightSecret}});
}

trust::ExchangeDecision decide(const setup::Setup& setup, const http::Form& form, const QByteArray& authorization = {},
    const trust::Knowledge& knowledge = knowing())
{
    return trust::decideTokenExchange(setup, setup.targets.back(), form, authorization, knowledge, world::at());
}

QJsonObject original(const QJsonObject& more)
{
    return world::with({{u"iss"_s, u"https://original-issuer.example.net"_s}, {u"aud"_s, u"https://as.example.com"_s}}, more);
}

http::Form rfcForm(const QJsonObject& subject)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"client_id", "rfc"},
        {"subject_token", world::token(subject, world::outsideKey())}, {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"},
        {"audience", "urn:example:cooperation-context"}});
}

} // namespace

/// RFC 8693 and RFC 7523 at a server of one's own: what is compared, what is answered, what is issued.
class TestTokenExchange : public QObject
{
    Q_OBJECT

private slots:
    void refusals_data();
    void refusals();
    void settings_data();
    void settings();
    void clientByBasic();
    void impersonates();
    void delegates();
    void chainOfActors();
    void lifetimes();
    void appendixA1();
    void appendixA2();
    void grants();
    void leavesOpenWhatOnlyTheServerKnows();
    void apiAsksForAnActor_data();
    void apiAsksForAnActor();
};

void TestTokenExchange::refusals_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const http::Form& form, const char* failing, const char* error, int status = 400) {
        QTest::newRow(name) << form << QString::fromLatin1(failing) << QString::fromLatin1(error) << status;
    };
    using world::with;
    const http::Form plain = impersonation(), both = delegation(), jwt = jwtGrant();
    row("impersonation", plain, "", "", 200);
    row("delegation", both, "", "", 200);
    row("JWT grant", jwt, "", "", 200);
    // RFC 6749 5.2, 2.3.1
    row("no grant", with(plain, {{"grant_type", {}}}), "grant_type", "invalid_request");
    row("another grant", with(plain, {{"grant_type", "client_credentials"}}), "grant_type", "unsupported_grant_type");
    row("wrong secret", with(plain, {{"client_secret", "guess"}}), "secret", "invalid_client", 401);
    row("no secret", with(plain, {{"client_secret", {}}}), "secret", "invalid_client", 401);
    row("another client", with(plain, {{"client_id", "Runtime"}}), "client", "invalid_client", 401);
    // RFC 8693 2.1: parameters
    row("no subject token", with(plain, {{"subject_token", {}}}), "subject_token", "invalid_request");
    row("no subject token type", with(plain, {{"subject_token_type", {}}}), "subject_token_type", "invalid_request");
    row("SAML as type", with(plain, {{"subject_token_type", "urn:ietf:params:oauth:token-type:saml2"}}), "subject_token_type", "invalid_request");
    row("a refresh token is asked for", with(plain, {{"requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token"}}),
        "requested_token_type", "invalid_request");
    row("actor without type", with(both, {{"actor_token_type", {}}}), "actor_token_type", "invalid_request");
    row("type without actor", with(both, {{"actor_token", {}}}), "actor_token", "invalid_request");
    // RFC 8693 2.2.2: a token that is not valid, or not acceptable, is invalid_request
    row("subject: no JWT", with(plain, {{"subject_token", "opaque"}}), "form", "invalid_request");
    row("subject: foreign key", with(plain, {{"subject_token", aliceToken({}, world::strangerKey())}}), "signature", "invalid_request");
    row("subject: another issuer", with(plain, {{"subject_token", aliceToken({{u"iss"_s, world::v1Issuer()}})}}), "issuer", "invalid_request");
    row("subject: another audience", with(plain, {{"subject_token", aliceToken({{u"aud"_s, u"https://graph.microsoft.com"_s}})}}),
        "audience", "invalid_request");
    row("subject: ended", with(plain, {{"subject_token", aliceToken({{u"exp"_s, world::now - 400}})}}), "lifetime.exp", "invalid_request");
    row("subject: another user", with(plain, {{"subject_token", aliceToken({{u"oid"_s, u"00000000-0000-4000-8000-000000000009"_s}})}}),
        "principal.oid", "invalid_request");
    row("subject: through another client", with(plain, {{"subject_token", aliceToken({{u"azp"_s, webApi}})}}), "principal.azp", "invalid_request");
    row("actor: another app", with(both, {{"actor_token", world::token(world::appClaims(webApi, world::otherBlueprint), world::tenantKey())}}),
        "principal.oid", "invalid_request");
    row("actor: another audience", with(both, {{"actor_token", agentToken({{u"aud"_s, u"https://vault.azure.net"_s}})}}), "audience", "invalid_request");
    // RFC 8693 2.2.2, RFC 8707 2: the target
    row("target not offered", with(plain, {{"audience", "https://elsewhere.example"}}), "target", "invalid_target");
    row("target with a slash", with(plain, {{"audience", "https://claims.lab.example/"}}), "target", "invalid_target");
    row("resource not offered", with(plain, {{"resource", "https://elsewhere.example"}}), "target", "invalid_target");
    row("target twice", [&] { auto f = plain; f.append(http::Parameter {"audience", "https://claims.lab.example"}); return f; }(), "", "", 200);
    row("other target", with(plain, {{"audience", "https://payouts.lab.example"}}), "", "", 200);
    row("scope not granted", with(plain, {{"scope", "claims.read admin"}}), "scope", "invalid_scope");
    row("no scope", with(plain, {{"scope", {}}}), "", "", 200);
    // RFC 7523 2.1 and 2.2: the two places of a JWT
    row("grant: no assertion", with(jwt, {{"assertion", {}}}), "assertion", "invalid_request");
    row("grant: as client assertion", with(jwt, {{"assertion", {}}, {"client_assertion", agentToken()}}), "assertion.place", "invalid_request");
    row("exchange: as assertion", with(plain, {{"subject_token", {}}, {"assertion", aliceToken()}}), "subject_token.place", "invalid_request");
    row("grant: a user's token", with(jwt, {{"assertion", aliceToken()}}), "principal.oid", "invalid_grant");
    row("grant: ended", with(jwt, {{"assertion", agentToken({{u"exp"_s, world::now - 400}})}}), "lifetime.exp", "invalid_grant");
    row("grant: client unnamed", with(jwt, {{"client_id", {}}, {"client_secret", {}}}), "", "", 200);
    row("grant: meant for the server", with(jwt, {{"assertion", agentToken({{u"aud"_s, u"https://sts.lab.example/exchange"_s}})}}), "", "", 200);
}

void TestTokenExchange::refusals()
{
    QFETCH(http::Form, form);
    QFETCH(QString, failing);
    QFETCH(QString, error);
    QFETCH(int, status);
    const auto decision = decide(with(server), form);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->error : QString(), error);
    // A parameter that is wrong is named; one audience is one, however often it was named.
    if (error == u"invalid_request" && (failing.startsWith(u"subject_token") || failing.startsWith(u"actor_token") || failing.startsWith(u"assertion")))
        QVERIFY2(decision.verdict.refusal->text.contains(failing.section(u'.', 0, 0)), qPrintable(decision.verdict.refusal->text));
    QVERIFY(!failing.isEmpty() || decision.audiences.size() == 1);
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->status : 200, status);
    QCOMPARE(decision.reason, failing);
}

void TestTokenExchange::settings_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("acts");
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* name, const char* member, const char* json, bool acts, const char* failing) {
        QTest::newRow(name) << QByteArray(member) << QByteArray(json) << acts << QString::fromLatin1(failing);
    };
    row("delegation required", "/settings/delegation", R"("required")", false, "delegation");
    row("delegation required and given", "/settings/delegation", R"("required")", true, "");
    row("delegation refused", "/settings/delegation", R"("refused")", true, "delegation");
    row("nobody may act", "/settings/actors", "[]", true, "may_act");
    row("every subject", "/settings/subjects", "[]", false, "");
    row("client id for object id", "/settings/subjects/0/oid", R"("d7a2f4ea-3b69-4cb5-8e8f-20b15c9d3e74")", false, "principal.oid");
}

void TestTokenExchange::settings()
{
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, json);
    QFETCH(bool, acts);
    QFETCH(QString, failing);
    const QString pointer = QString::fromLatin1(member);
    const auto setup = with(server, reinterpret_cast<const char16_t*>(pointer.utf16()), json.constData());
    const auto decision = decide(setup, acts ? delegation() : impersonation());
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
}

/// RFC 6749 2.3.1: both halves form-encoded.
void TestTokenExchange::clientByBasic()
{
    const http::Form form = world::with(impersonation(), {{"client_id", {}}, {"client_secret", {}}});
    const QByteArray right = QByteArray("runtime:") + world::rightSecret;
    QCOMPARE(decide(with(server), form, "Basic " + right.toBase64()).verdict.decision, base::Decision::Accept);
    const auto wrong = decide(with(server), form, "Basic " + QByteArray("runtime:no").toBase64());
    QCOMPARE(world::failing(wrong.verdict), u"secret"_s);
    QCOMPARE(wrong.verdict.refusal->status, 401);
}

void TestTokenExchange::impersonates()
{
    const auto decision = decide(with(server), impersonation());
    QCOMPARE(decision.subject, QString::fromLatin1(world::alice));
    QVERIFY(decision.actor.isEmpty());
    QCOMPARE(decision.audiences, QStringList {u"https://claims.lab.example"_s});
    QCOMPARE(decision.scopes, QStringList {u"claims.read"_s});
    QCOMPARE(decision.tokenType, QString::fromLatin1(tokenType));
}

void TestTokenExchange::delegates()
{
    const auto decision = decide(with(server), delegation());
    QCOMPARE(decision.subject, QString::fromLatin1(world::alice));
    const QJsonObject act = QJsonDocument::fromJson(decision.actor).object();
    QCOMPARE(act[u"sub"_s].toString(), QString::fromLatin1(world::agent));
    QCOMPARE(act[u"iss"_s].toString(), world::v2Issuer());
    QVERIFY(!act.contains(u"act"_s));
}

/// RFC 8693 4.1: whoever acted before stays nested inside, and an exchange without an actor forgets nobody.
void TestTokenExchange::chainOfActors()
{
    const QJsonObject before {{u"sub"_s, u"service-77"_s}};
    const QByteArray subject = aliceToken({{u"act"_s, before}});
    const auto nested = decide(with(server), world::with(delegation(), {{"subject_token", subject}}));
    const QJsonObject act = QJsonDocument::fromJson(nested.actor).object();
    QCOMPARE(act[u"sub"_s].toString(), QString::fromLatin1(world::agent));
    QCOMPARE(act[u"act"_s].toObject(), before);
    const auto kept = decide(with(server), world::with(impersonation(), {{"subject_token", subject}}));
    QCOMPARE(QJsonDocument::fromJson(kept.actor).object(), before);
}

/// No token outlives what it was made from.
void TestTokenExchange::lifetimes()
{
    QCOMPARE(decide(with(server), impersonation()).lifetime.count(), 1800);
    const QByteArray shortLived = aliceToken({{u"exp"_s, world::now + 120}});
    QCOMPARE(decide(with(server), world::with(impersonation(), {{"subject_token", shortLived}})).lifetime.count(), 120);
}

/// RFC 8693, appendix A.1: impersonation.
void TestTokenExchange::appendixA1()
{
    const auto decision = decide(with(rfcServer),
        rfcForm(original({{u"sub"_s, u"bdc@example.net"_s}, {u"scope"_s, u"orders profile history"_s}})));
    QVERIFY2(decision.verdict.decision == base::Decision::Accept, world::described(decision.verdict));
    QCOMPARE(decision.subject, u"bdc@example.net"_s);
    QCOMPARE(decision.audiences, QStringList {u"urn:example:cooperation-context"_s});
    QVERIFY(decision.actor.isEmpty());
}

/// RFC 8693, appendix A.2: delegation; the subject token names its actor in may_act.
void TestTokenExchange::appendixA2()
{
    const QJsonObject subject = original({{u"sub"_s, u"user@example.net"_s}, {u"scope"_s, u"status feed"_s},
        {u"may_act"_s, QJsonObject {{u"sub"_s, u"admin@example.net"_s}}}});
    const auto ask = [&](const QString& actor) {
        const QByteArray token = world::token(original({{u"sub"_s, actor}}), world::outsideKey());
        return decide(with(rfcServer), world::with(rfcForm(subject), {{"actor_token", token}, {"actor_token_type", "urn:ietf:params:oauth:token-type:jwt"}}));
    };
    const auto decision = ask(u"admin@example.net"_s);
    QVERIFY2(decision.verdict.decision == base::Decision::Accept, world::described(decision.verdict));
    QCOMPARE(decision.subject, u"user@example.net"_s);
    QCOMPARE(QJsonDocument::fromJson(decision.actor).object()[u"sub"_s].toString(), u"admin@example.net"_s);
    const auto stranger = ask(u"mallory@example.net"_s);
    QCOMPARE(world::failing(stranger.verdict), u"may_act"_s);
    QCOMPARE(stranger.verdict.refusal->error, u"invalid_request"_s);
}

void TestTokenExchange::grants()
{
    const auto decision = decide(with(server), jwtGrant());
    QCOMPARE(decision.subject, QString::fromLatin1(world::agent));
    QCOMPARE(decision.audiences, QStringList {u"https://claims.lab.example"_s});
    QVERIFY(decision.actor.isEmpty());
}

void TestTokenExchange::leavesOpenWhatOnlyTheServerKnows()
{
    const setup::Setup setup = with(server);
    const http::Request request {.method = "POST", .url = "https://sts.lab.example/exchange/token", .body = http::encodeForm(delegation())};
    for (const char16_t* kind : {u"token-exchange", u"jwt-grant"}) {
        const setup::ContractRef contract {QString::fromUtf16(kind), setup.targets.back().pointer};
        const auto verdict = trust::evaluate(contract, setup, request, world::keysOnly(), world::at());
        QVERIFY(verdict);
        QCOMPARE(verdict->decision, base::Decision::NotEvaluated);
        QCOMPARE(world::find(*verdict, u"secret"_s)->outcome, base::Outcome::NotEvaluated);
        QCOMPARE(world::failing(*verdict), QString());
    }
}

void TestTokenExchange::apiAsksForAnActor_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("failing");
    QTest::newRow("named") << QJsonObject {{u"act"_s, QJsonObject {{u"sub"_s, u"agent"_s}}}} << QString();
    QTest::newRow("not named") << QJsonObject {} << u"actor"_s;
    QTest::newRow("nameless") << QJsonObject {{u"act"_s, QJsonObject {}}} << u"actor"_s;
    QTest::newRow("not an object") << QJsonObject {{u"act"_s, u"agent"_s}} << u"actor"_s;
}

void TestTokenExchange::apiAsksForAnActor()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QString, failing);
    const auto setup = world::changed(u"/targets/0/settings", R"({"requireActor":true})");
    const QByteArray token = "Bearer " + aliceToken(claims);
    const auto verdict = trust::decideBearer(setup, setup.targets.front(), token, world::all(), world::at());
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
}

QTEST_GUILESS_MAIN(TestTokenExchange)
#include "tst_tokenexchange.moc"
