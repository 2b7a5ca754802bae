// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/setup/file.h"
#include "core/trust/contractfile.h"
#include "core/trust/google.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Google Cloud: the exchange and its errors, keys in the provider, who may act as an account, who may call.
class TestGoogle : public QObject
{
    Q_OBJECT

private slots:
    void exchanges_data();
    void exchanges();
    void tokens_data();
    void tokens();
    void bothSpellingsAreRead();
    void keysInTheProvider_data();
    void keysInTheProvider();
    void whereKeysComeFromIsSaid();
    void mapsTheIdentity();
    void members_data();
    void members();
    void impersonations_data();
    void impersonations();
    void calls_data();
    void calls();
    void switchesOfWhatIsDisputed();
    void aFixPointsIntoTheSetup();
    void contractFilesAreTold();
};

namespace {

const setup::Setup& sample()
{
    static const setup::Setup setup = setup::sample(u"google-agent"_s).value();
    return setup;
}

const setup::Target& target(const setup::Setup& setup = sample()) { return *setup.target(u"gcp"); }

setup::Setup changed(const char16_t* member, const QByteArray& json)
{
    auto out = setup::edited(sample(), QString(target().pointer + QString::fromUtf16(member)), json);
    if (!out)
        qFatal("edit: %s", qPrintable(out.error().text));
    return *out;
}

QJsonObject claims()
{
    return {{u"iss"_s, sample().home()->issuerV2()}, {u"aud"_s, u"83a5d9e2-0c76-4f1b-9d48-b6e2f7031ca5"_s},
            {u"sub"_s, QString::fromLatin1(world::uamiObject)}, {u"oid"_s, QString::fromLatin1(world::uamiObject)},
            {u"azp"_s, QString::fromLatin1(world::uamiClient)}, {u"tid"_s, sample().home()->id}};
}

trust::Knowledge knowing()
{
    static const jose::KeySet tenant {.keys = {world::tenantKey()}};
    trust::Knowledge out = world::all();
    out.keys = [](const QString& issuer) { return issuer == sample().home()->issuerV2() ? &tenant : nullptr; };
    return out;
}

http::Form request(const QByteArray& token)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
        {"audience", "//iam.googleapis.com/projects/481516234200/locations/global/workloadIdentityPools/harbour-entra/providers/managed-identity"},
        {"scope", "https://www.googleapis.com/auth/cloud-platform"},
        {"requested_token_type", "urn:ietf:params:oauth:token-type:access_token"}, {"subject_token", token},
        {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"}});
}

trust::GoogleDecision exchange(const http::Form& form, const setup::Setup& setup = sample())
{
    const http::Headers headers {http::Header {"Content-Type", "application/x-www-form-urlencoded"}};
    return trust::decideGoogleExchange(setup, target(setup), trust::googleExchangeIn(headers, http::encodeForm(form)), knowing(), world::at());
}

QByteArray good() { return world::token(claims(), world::tenantKey()); }

} // namespace

void TestGoogle::exchanges_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* field, const QByteArray& value, const char* error, const char* reason) {
        QTest::newRow(name) << QByteArray(field) << value << QString::fromLatin1(error) << QString::fromLatin1(reason);
    };
    const QByteArray pool = "//iam.googleapis.com/projects/481516234200/locations/global/workloadIdentityPools/harbour-entra";
    // Google Cloud: STS, method token; google-github-actions/auth docs/TROUBLESHOOTING.md and issue 202.
    row("accepted", "scope", "https://www.googleapis.com/auth/cloud-platform", "", "");
    row("id token type", "subject_token_type", "urn:ietf:params:oauth:token-type:id_token", "", "");
    row("another grant", "grant_type", "client_credentials", "invalid_request", "request_malformed");
    row("SAML", "subject_token_type", "urn:ietf:params:oauth:token-type:saml2", "invalid_request", "request_malformed");
    row("no scope", "scope", "", "invalid_request", "request_malformed");
    row("the pool alone", "audience", pool, "invalid_request", "audience_form");
    row("https", "audience", "https:" + pool + "/providers/managed-identity", "invalid_request", "audience_form");
    row("project id", "audience", QByteArray(pool).replace("481516234200", "harbour-ai") + "/providers/managed-identity", "invalid_request", "audience_form");
    row("another name", "audience", pool + "/providers/nobody", "invalid_target", "provider_unavailable");
    row("another pool", "audience", QByteArray(pool).replace("entra", "other") + "/providers/managed-identity", "invalid_target", "provider_unavailable");
    row("garbage", "subject_token", "garbage", "invalid_grant", "assertion_malformed");
}

void TestGoogle::exchanges()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    QFETCH(QString, error);
    QFETCH(QString, reason);
    http::Form form = request(good());
    for (http::Parameter& each : form)
        if (each.name == field)
            each.value = value;
    const trust::GoogleDecision decision = exchange(form);
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == error.isEmpty(), world::described(decision.verdict));
    if (error.isEmpty()) {
        QCOMPARE(decision.lifetime, std::chrono::seconds {3600});
        return;
    }
    QCOMPARE(decision.verdict.refusal->status, 400);
    // What is wrong with the request comes first, whatever the token is.
    QCOMPARE(decision.verdict.refusal->error, error);
    QCOMPARE(decision.reason, reason);
}

void TestGoogle::tokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QJsonObject& changes, const char* error, const char* reason) {
        QTest::newRow(name) << world::token(world::with(claims(), changes), world::tenantKey()) << QString::fromLatin1(error) << QString::fromLatin1(reason);
    };
    // downstream.md 3.1 to 3.3
    row("another issuer", {{u"iss"_s, sample().home()->issuerV1()}}, "invalid_grant", "issuer_mismatch");
    row("issuer and a slash", {{u"iss"_s, QString(sample().home()->issuerV2() + u'/')}}, "invalid_grant", "issuer_slash");
    row("another audience", {{u"aud"_s, u"api://other"_s}}, "invalid_grant", "audience_mismatch");
    row("another subject", {{u"sub"_s, u"8d2ea04b-63cf-4f1b-8b70-c49e31d5f208"_s}}, "unauthorized_client", "condition_false");
    row("subject in upper case", {{u"sub"_s, QString::fromLatin1(world::uamiObject).toUpper()}}, "unauthorized_client", "condition_false");
    row("a long subject", {{u"sub"_s, QString(128, u'x')}}, "invalid_request", "mapping_too_long");
    row("letters of two bytes", {{u"sub"_s, QString(64, QChar(0xe4))}}, "invalid_request", "mapping_too_long");
    row("a number as subject", {{u"sub"_s, 5}}, "unauthorized_client", "mapping_not_text");
    row("no subject", {{u"sub"_s, QJsonValue()}}, "invalid_grant", "claim_missing");
    row("ended", {{u"iat"_s, world::now - 100}, {u"exp"_s, world::now - 1}}, "invalid_grant", "time_invalid");
    row("issued tomorrow", {{u"iat"_s, world::now + 60}}, "invalid_grant", "time_invalid");
    row("two days", {{u"iat"_s, world::now}, {u"exp"_s, world::now + 48 * 3600}}, "invalid_grant", "lifetime_too_long");
    row("nearly two days", {{u"iat"_s, world::now}, {u"exp"_s, world::now + 48 * 3600 - 1}}, "", "");
    row("no caller to map", {{u"azp"_s, QJsonValue()}}, "", ""); // the attribute stays empty, nothing asks for it
    QTest::newRow("foreign signature") << world::token(claims(), world::strangerKey(), {{u"kid"_s, u"tenant"_s}}) << u"invalid_grant"_s << u"signature_invalid"_s;
    QTest::newRow("no key id") << world::token(claims(), world::tenantKey(), {{u"kid"_s, QJsonValue()}}) << u"invalid_grant"_s << u"assertion_malformed"_s;
    QTest::newRow("PS256") << world::token(claims(), world::tenantKey(), {}, "PS256") << u"invalid_grant"_s << u"algorithm_not_allowed"_s;
}

void TestGoogle::tokens()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, error);
    QFETCH(QString, reason);
    const trust::GoogleDecision decision = exchange(request(token));
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == error.isEmpty(), world::described(decision.verdict));
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->error : QString(), error);
    QCOMPARE(decision.reason, reason);
}

void TestGoogle::bothSpellingsAreRead()
{
    const http::Headers headers {http::Header {"Content-Type", "application/json; charset=utf-8"}};
    const auto read = trust::googleExchangeIn(headers, R"({"grantType":"g","audience":"a","scope":"s","requestedTokenType":"r","subjectToken":"t","subjectTokenType":"y"})");
    QCOMPARE(read.grantType + read.audience + read.scope + read.requestedTokenType + read.subjectTokenType, u"gasry"_s);
    QCOMPARE(read.subjectToken, QByteArray("t"));
    QVERIFY(!trust::googleExchangeIn(headers, "[1").problem.isEmpty());
    QVERIFY(!trust::googleExchangeIn({}, "a=b").problem.isEmpty());
}

void TestGoogle::keysInTheProvider_data()
{
    QTest::addColumn<QByteArray>("jwks");
    QTest::addColumn<QString>("reason");
    QTest::newRow("the right key") << jose::toJwks({world::tenantKey()}) << QString();
    QTest::newRow("another key") << jose::toJwks({world::outsideKey()}) << u"signature_invalid"_s;
    QTest::newRow("an empty set") << QByteArray("{\"keys\":[]}") << u"signature_invalid"_s;
    QTest::newRow("no key set") << QByteArray("no keys at all") << u"key_unavailable"_s;
}

/// oidc.jwksJson: then nobody fetches anything.
void TestGoogle::keysInTheProvider()
{
    QFETCH(QByteArray, jwks);
    QFETCH(QString, reason);
    const setup::Setup setup = changed(u"/provider/oidc/jwksJson", json::quoted(QString::fromUtf8(jwks)));
    const jose::Jwt token = jose::decode(good());
    const auto decision = trust::matchGoogle(token, target(setup).provider.root(), &setup, {}, world::at());
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == reason.isEmpty(), world::described(decision.verdict));
    QCOMPARE(decision.reason, reason);
    const base::Check* signature = world::find(decision.verdict, u"signature"_s);
    QVERIFY(signature && signature->expectedFrom.startsWith(u"keys given inline"));
    QVERIFY(!world::find(decision.verdict, u"keys.private"_s));
}

void TestGoogle::whereKeysComeFromIsSaid()
{
    const jose::Jwt token = jose::decode(good());
    const auto fetched = trust::matchGoogle(token, target().provider.root(), &sample(), knowing(), world::at());
    QCOMPARE(world::find(fetched.verdict, u"signature"_s)->expectedFrom, u"keys fetched from the issuer"_s);
    const QByteArray leaked = "{\"keys\":[" + world::tenantKey().toPrivateJwk() + "]}";
    const setup::Setup setup = changed(u"/provider/oidc/jwksJson", json::quoted(QString::fromUtf8(leaked)));
    const auto decision = trust::matchGoogle(token, target(setup).provider.root(), &setup, {}, world::at());
    const base::Check* leak = world::find(decision.verdict, u"keys.private"_s);
    QVERIFY(leak);
    QCOMPARE(leak->outcome, base::Outcome::Warning);
}

void TestGoogle::mapsTheIdentity()
{
    const auto identity = exchange(request(good())).identity;
    const QString pool = u"iam.googleapis.com/projects/481516234200/locations/global/workloadIdentityPools/harbour-entra"_s;
    QCOMPARE(identity.principal(), QString(u"principal://"_s + pool + u"/subject/7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7"_s));
    QCOMPARE(identity.sets(), (QStringList {u"principalSet://"_s + pool + u"/attribute.tenant/"_s + sample().home()->id,
                                            u"principalSet://"_s + pool + u"/attribute.caller/5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3"_s,
                                            u"principalSet://"_s + pool + u"/*"_s}));
}

namespace {

constexpr auto poolName = "iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p";

trust::OpaqueGrant grant(const QString& principal = u"principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/7c1d"_s)
{
    return {.target = u"gcp"_s, .principal = principal, .scope = trust::googleCloudScope.toString(), .expires = world::at(3600),
            .text = u"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/group/dev\n"
                    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/attribute.env/prod\n"
                    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*"_s};
}

trust::Knowledge holding(const trust::OpaqueGrant& grant)
{
    trust::Knowledge out = knowing();
    out.opaque = [grant](QByteArrayView token) { return token == "the-token" ? std::optional(grant) : std::nullopt; };
    return out;
}

const http::Headers& bearer()
{
    static const http::Headers headers {http::Header {"Authorization", "Bearer the-token"}};
    return headers;
}

QByteArray policy(const QByteArray& role, const QByteArray& member, const QByteArray& more = {})
{
    return R"({"bindings":[{"role":")" + role + R"(","members":[")" + member + "\"]" + more + "}]}";
}

} // namespace

void TestGoogle::members_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QString>("near");
    const QByteArray pool = poolName, user = "roles/iam.workloadIdentityUser";
    const auto row = [](const char* name, const QByteArray& policy, const char* decision, const char* near = "") {
        QTest::newRow(name) << policy << QString::fromLatin1(decision) << QString::fromLatin1(near);
    };
    // Google Cloud: IAM, principal identifiers; service account impersonation.
    row("the principal", policy(user, "principal://" + pool + "/subject/7c1d"), "accept");
    row("a group", policy(user, "principalSet://" + pool + "/group/dev"), "accept");
    row("an attribute", policy(user, "principalSet://" + pool + "/attribute.env/prod"), "accept");
    row("the whole pool", policy(user, "principalSet://" + pool + "/*"), "accept");
    row("token creator", policy("roles/iam.serviceAccountTokenCreator", "principal://" + pool + "/subject/7c1d"), "accept");
    row("case", policy(user, "principal://" + pool + "/subject/7C1D"), "refuse", "case");
    row("another attribute", policy(user, "principalSet://" + pool + "/attribute.env/test"), "refuse");
    row("another pool", policy(user, "principalSet://" + pool + "2/*"), "refuse");
    row("a principal where a set belongs", policy(user, "principal://" + pool + "/attribute.env/prod"), "refuse");
    row("a role that lacks it", policy("roles/iam.serviceAccountUser", "principal://" + pool + "/subject/7c1d"), "refuse");
    row("a role of one's own", policy("projects/x/roles/own", "principal://" + pool + "/subject/7c1d"), "notEvaluated");
    row("a condition on the binding", policy(user, "principal://" + pool + "/subject/7c1d", R"x(,"condition":{"expression":"request.time < timestamp('2027-01-01T00:00:00Z')"})x"), "notEvaluated");
    row("nobody", R"({"bindings":[]})", "refuse");
}

void TestGoogle::members()
{
    QFETCH(QByteArray, policy);
    QFETCH(QString, decision);
    QFETCH(QString, near);
    const setup::Setup setup = changed(u"/settings/serviceAccountPolicy", policy);
    const json::Document body = json::Document::read(R"({"scope":["x"]})");
    const auto out = trust::decideGoogleImpersonation(setup, target(setup), target(setup).serviceAccount, bearer(), body.root(), holding(grant()), world::at());
    QCOMPARE(base::decisionName(out.verdict.decision), decision);
    const base::Check* check = world::find(out.verdict, u"impersonation"_s);
    QVERIFY(check);
    QCOMPARE(check->near ? base::nearName(check->near->kind) : QString(), near);
    if (decision == u"refuse") {
        QCOMPARE(out.verdict.refusal->status, 403);
        QCOMPARE(out.verdict.refusal->error, u"PERMISSION_DENIED"_s);
        QVERIFY(check->fix.contains(grant().principal));
    }
}

void TestGoogle::impersonations_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("seconds");
    const QString own = target().serviceAccount;
    const auto row = [&](const char* name, const QByteArray& body, const char* error, int seconds, const QString& account) {
        QTest::newRow(name) << body << account << QString::fromLatin1(error) << seconds;
    };
    // Google Cloud: IAM credentials, generateAccessToken.
    row("an hour when nothing is asked", R"({"scope":["s"]})", "", 3600, own);
    row("half an hour", R"({"scope":["s"],"lifetime":"1800s"})", "", 1800, own);
    row("with a fraction", R"({"scope":["s"],"lifetime":"1800.5s"})", "", 1800, own);
    row("two hours", R"({"scope":["s"],"lifetime":"7200s"})", "INVALID_ARGUMENT", 0, own);
    row("a number", R"({"scope":["s"],"lifetime":1800})", "INVALID_ARGUMENT", 0, own);
    row("no unit", R"({"scope":["s"],"lifetime":"1800"})", "INVALID_ARGUMENT", 0, own);
    row("no scope", R"({"lifetime":"1800s"})", "INVALID_ARGUMENT", 1800, own);
    row("a text as scope", R"({"scope":"s"})", "INVALID_ARGUMENT", 3600, own);
    row("another account", R"({"scope":["s"]})", "PERMISSION_DENIED", 3600, u"nobody@harbour-ai.iam.gserviceaccount.com"_s);
}

void TestGoogle::impersonations()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, account);
    QFETCH(QString, error);
    QFETCH(int, seconds);
    const json::Document document = json::Document::read(body);
    const auto known = holding(trust::googleGrant(target(), exchange(request(good())), world::at()));
    const auto out = trust::decideGoogleImpersonation(sample(), target(), account, bearer(), document.root(), known, world::at());
    QVERIFY2((out.verdict.decision == base::Decision::Accept) == error.isEmpty(), world::described(out.verdict));
    QCOMPARE(out.verdict.refusal ? out.verdict.refusal->error : QString(), error);
    QCOMPARE(int(out.lifetime.count()), seconds);
    QCOMPARE(trust::googleAccountIn("/v1/projects/-/serviceAccounts/a%40b:generateAccessToken"), u"a@b"_s);
    QCOMPARE(trust::googleAccountIn("/v1/projects/-/serviceAccounts/a@b:generateIdToken"), QString());
}

void TestGoogle::calls_data()
{
    QTest::addColumn<trust::OpaqueGrant>("grant");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const trust::OpaqueGrant& grant, const char* token, int status) {
        QTest::newRow(name) << grant << QByteArray(token) << status;
    };
    const trust::OpaqueGrant account = grant(u"serviceAccount:claims-desk@harbour-ai.iam.gserviceaccount.com"_s);
    row("the account", account, "Bearer the-token", 200);
    row("in lower case", account, "bearer the-token", 200);
    row("a stranger", grant(), "Bearer the-token", 403);
    row("another token", account, "Bearer other", 401);
    row("no token", account, "", 401);
    trust::OpaqueGrant ended = account, narrow = account, elsewhere = account;
    ended.expires = world::at(-1);
    narrow.scope = u"https://www.googleapis.com/auth/devstorage.read_only"_s;
    elsewhere.target = u"another"_s;
    row("ended", ended, "Bearer the-token", 401);
    row("another scope", narrow, "Bearer the-token", 403);
    row("of another cloud", elsewhere, "Bearer the-token", 401);
}

void TestGoogle::calls()
{
    QFETCH(trust::OpaqueGrant, grant);
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    http::Headers headers;
    if (!token.isEmpty())
        headers.append(http::Header {"Authorization", token});
    const base::Verdict verdict = trust::decideGoogleCall(sample(), target(), headers, holding(grant), world::at());
    QVERIFY2((verdict.decision == base::Decision::Accept) == (status == 200), world::described(verdict));
    if (status != 200)
        QCOMPARE(verdict.refusal->status, status);
    // A prediction does not know whom a token stands for.
    trust::Knowledge little = knowing();
    little.opaque = {};
    const auto open = trust::decideGoogleCall(sample(), target(), bearer(), little, world::at());
    QCOMPARE(open.decision, base::Decision::NotEvaluated);
}

void TestGoogle::switchesOfWhatIsDisputed()
{
    const QByteArray slash = world::token(world::with(claims(), {{u"iss"_s, QString(sample().home()->issuerV2() + u'/')}}), world::tenantKey());
    const auto strict = exchange(request(slash));
    QCOMPARE(strict.reason, u"issuer_slash"_s);
    QCOMPARE(strict.verdict.confidence, base::Confidence::Likely);
    const auto tolerant = exchange(request(slash), changed(u"/settings/issuerSlash", "\"tolerated\""));
    QVERIFY(world::find(tolerant.verdict, u"issuer"_s)->outcome == base::Outcome::Pass);
    const QByteArray stranger = world::token(world::with(claims(), {{u"sub"_s, u"x"_s}}), world::tenantKey());
    QCOMPARE(exchange(request(stranger)).verdict.refusal->error, u"unauthorized_client"_s);
    QCOMPARE(exchange(request(stranger), changed(u"/settings/conditionError", "\"invalid_grant\"")).verdict.refusal->error, u"invalid_grant"_s);
}

void TestGoogle::aFixPointsIntoTheSetup()
{
    const QByteArray token = world::token(world::with(claims(), {{u"sub"_s, QString::fromLatin1(world::uamiObject).toUpper()}}), world::tenantKey());
    const auto decision = exchange(request(token));
    const base::Check* check = world::find(decision.verdict, u"condition"_s);
    QVERIFY(check && check->near);
    QCOMPARE(check->near->kind, base::Near::Case);
    QCOMPARE(check->condition.size(), 1);
    const auto mended = setup::edited(sample(), check->fixPointer, json::quoted(check->fixValue));
    QVERIFY(mended);
    QCOMPARE(exchange(request(token), *mended).verdict.decision, base::Decision::Accept);
}

void TestGoogle::contractFilesAreTold()
{
    const json::Document contract = json::Document::read(target().provider.root().raw().toByteArray());
    QCOMPARE(trust::contractKind(contract.root()), u"Google provider"_s);
    const jose::Jwt token = jose::decode(good());
    const trust::Knowledge nothing;
    const auto verdict = trust::matchContract({.token = token, .contract = contract.root(), .knowledge = nothing, .now = world::at()});
    QVERIFY(verdict);
    QCOMPARE(verdict->decision, base::Decision::Accept);
    const json::Document broken = *contract.with(u"/attributeCondition", "5");
    const auto unreadable = trust::matchContract({.token = token, .contract = broken.root(), .knowledge = nothing, .now = world::at()});
    QVERIFY(!unreadable);
    QCOMPARE(unreadable.error().where, u"/attributeCondition"_s);
}

QTEST_GUILESS_MAIN(TestGoogle)
#include "tst_google.moc"
