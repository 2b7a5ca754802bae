// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray quotes(QByteArray text) { return text.replace('\'', '"'); }

base::Result<setup::Setup> providerSetup()
{
    return setup::parseSetup(
        quotes("{ 'schema': 'setup', 'version': 1, 'id': 'p', 'title': 'Provider', 'environment': 'lower',"
               "'providers': [ { 'name': 'any', 'issuer': 'https://id.example/realms/one', 'clientId': "
               "'inspector', 'scopes': ['openid', 'notes.read'] } ],"
               "'targets': [ { 'name': 'notes', 'kind': 'api', 'url': 'https://notes.example/v1', "
               "'validAudiences': ['https://notes.example'],"
               "  'validIssuers': ['https://id.example/realms/one'], 'requiredScopes': ['notes.read'] } ],"
               "'flows': [ { 'id': 'f', 'recipe': 'sign-in-api', 'client': 'any', 'target': 'notes' } ] }"));
}

} // namespace

/// An OpenID provider that is no tenant.
class TestLabProvider : public QObject
{
    Q_OBJECT
    LabFixture f {};

    const setup::Provider& provider() { return f.lab().played().providers.front(); }
    http::Form request()
    {
        return {{"client_id", "inspector"}, {"response_type", "code"},
            {"redirect_uri", LabFixture::redirectUri}, {"scope", "openid notes.read offline_access"},
            {"state", "s"}, {"nonce", "n"}, {"code_challenge", LabFixture::challenge},
            {"code_challenge_method", "S256"}};
    }
    http::Response page(const http::Form& asked)
    {
        return f.get(provider().issuer + u"/authorize?"_s + QString::fromLatin1(http::encodeForm(asked)));
    }
    http::Form signedIn()
    {
        const HtmlForm form = formOf(page(request()));
        const auto who = f.lab().signInFor(f.lab().played().users.front().name);
        http::Form filled = form.hidden;
        filled += {
            {"username", who->username.toUtf8()}, {"password", who->password.toUtf8()}, {"action", "signin"}};
        const http::UrlParts parts = http::splitUrl(provider().issuer.toUtf8());
        return parametersOf(f.post(QString::fromUtf8(parts.origin() + form.action), filled));
    }
    http::Response redeemed(const QByteArray& code, const QByteArray& wrong = {})
    {
        http::Form form {{"grant_type", "authorization_code"}, {"client_id", "inspector"}, {"code", code},
            {"redirect_uri", LabFixture::redirectUri}, {"code_verifier", LabFixture::verifier}};
        for (http::Parameter& p : form)
            p.value += p.name == wrong ? "x" : "";
        return f.post(provider().issuer + u"/token"_s, form);
    }

private slots:
    void initTestCase()
    {
        const auto setup = providerSetup();
        QVERIFY2(setup, qPrintable(setup ? QString() : QString(setup.error().text + setup.error().where)));
        QVERIFY2(f.play(*setup), qPrintable(f.problem));
    }

    void metadataNamesItself()
    {
        const QJsonObject doc = jsonOf(f.get(provider().issuer + u"/.well-known/openid-configuration"_s));
        QCOMPARE(doc[u"issuer"_s].toString(), provider().issuer);
        QVERIFY(doc[u"code_challenge_methods_supported"_s].toArray().contains(u"S256"_s));
        QCOMPARE(doc[u"trustwalk_lab"_s], QJsonValue(true)); // L03
    }

    void signInReachesTheApi()
    {
        const http::Form answer = signedIn();
        QCOMPARE(answer.value("state"), "s");
        QCOMPARE(answer.value("iss"), provider().issuer.toUtf8());
        const auto reply = redeemed(answer.value("code"));
        QVERIFY2(reply.status == 200, reply.body.constData());
        QCOMPARE(claimsOf(member(reply, "id_token"))[u"nonce"_s].toString(), u"n"_s);
        QCOMPARE(redeemed(answer.value("code")).status, 400);
        const auto api = f.get(f.lab().played().target(u"notes")->url,
            http::Headers {http::Header {"Authorization", "Bearer " + member(reply, "access_token")}});
        QVERIFY2(api.status == 200, api.body.constData());
        const auto again = f.post(provider().issuer + u"/token"_s,
            {{"grant_type", "refresh_token"}, {"client_id", "inspector"},
                {"refresh_token", member(reply, "refresh_token")}});
        QCOMPARE(again.status, 400); // the code came twice: everything is revoked
    }

    void codeHasOneTry_data() // RFC 6749 10.5, RFC 7636 4.6
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("client") << QByteArray("client_id");
        QTest::newRow("redirect") << QByteArray("redirect_uri");
        QTest::newRow("verifier") << QByteArray("code_verifier");
    }
    void codeHasOneTry()
    {
        QFETCH(QByteArray, name);
        const QByteArray code = signedIn().value("code");
        QCOMPARE(redeemed(code, name).status, 400);
        QCOMPARE(member(redeemed(code), "error"), "invalid_grant");
    }

    void refreshIsPossible()
    {
        const auto reply = redeemed(signedIn().value("code"));
        QCOMPARE(f.post(provider().issuer + u"/token"_s,
                      {{"grant_type", "refresh_token"}, {"client_id", "inspector"},
                          {"refresh_token", member(reply, "refresh_token")}})
                     .status,
            200);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("client") << QByteArray("client_id") << QByteArray("other") << 400;
        QTest::newRow("redirect") << QByteArray("redirect_uri") << QByteArray("https://evil.test/callback")
                                  << 400;
        QTest::newRow("plain") << QByteArray("code_challenge_method") << QByteArray("plain") << 302;
        QTest::newRow("implicit") << QByteArray("response_type") << QByteArray("token") << 302;
    }
    void refusals()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(int, status);
        http::Form asked = request();
        for (http::Parameter& p : asked)
            p.value = p.name == name ? value : p.value;
        const auto reply = page(asked);
        QCOMPARE(reply.status, status);
        QVERIFY(status == 400 || !parametersOf(reply).value("error").isEmpty());
    }

    void codesAreNotGuessed() // L08; last, because nothing is redeemed for a minute
    {
        for (int i = 0; i < 10; ++i)
            QCOMPARE(redeemed(QByteArray::number(i)).status, 400);
        const auto shut = redeemed("10");
        QCOMPARE(shut.status, 429);
        QVERIFY(shut.headers.value("Retry-After").toInt() > 0);
        QCOMPARE(member(shut, "error"), "temporarily_unavailable");
        QCOMPARE(f.lab().history().last().reason, u"too_many_guesses"_s);
    }
};

QTEST_GUILESS_MAIN(TestLabProvider)
#include "tst_labprovider.moc"
