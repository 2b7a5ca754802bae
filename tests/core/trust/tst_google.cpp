// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googleprovider.h"

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
    void switchesOfWhatIsDisputed();
    void aFixPointsIntoTheSetup();
    void contractFilesAreTold();
};

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
