// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/jose/base64url.h"
#include "core/setup/file.h"
#include "core/setup/saasprofile.h"
#include "core/setup/targetsecrets.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto verifier = "a-verifier-of-forty-three-characters-or-more";
constexpr auto redirect = "http://127.0.0.1:4711/callback";

} // namespace

/// Third parties as their profiles have them: form, words and statuses on the wire, and what a refresh ends.
class TestLabSaas : public QObject
{
    Q_OBJECT
    LabFixture f {};

    const setup::Target& target(const QString& name) { return *f.lab().played().target(name); }

    QByteArray secretOf(const QString& name)
    {
        setup::MemorySecrets store;
        f.lab().fillSecrets(store);
        QByteArray value;
        bool done = false;
        store.read(setup::secretKey(f.lab().played(), target(name)), this, [&](base::Result<base::Secret> secret) {
            value = secret ? secret->reveal().toByteArray() : QByteArray();
            done = true;
        });
        (void)QTest::qWaitFor([&] { return done; });
        return value;
    }

    http::Form authorizeForm(const QString& name, const http::Form& more = {})
    {
        http::Form form {{"client_id", target(name).clientId.toUtf8()}, {"response_type", "code"}, {"redirect_uri", redirect},
            {"scope", target(name).scopes.join(u' ').toUtf8()}, {"state", "s"},
            {"code_challenge", jose::base64url(jose::sha256(verifier))}, {"code_challenge_method", "S256"}};
        form += more;
        return form;
    }

    QByteArray code(const QString& name, const http::Form& more = {})
    {
        const QString origin = QString::fromUtf8(http::splitUrl(setup::saasAuthorizeUrl(target(name)).toUtf8()).origin());
        const auto signIn = f.lab().signInFor(u"alice"_s);
        const auto reply = f.post(origin + u"/lab/login"_s, {{"request", http::encodeForm(authorizeForm(name, more))},
            {"username", signIn->username.toUtf8()}, {"password", signIn->password.toUtf8()}, {"action", "signin"}});
        return http::parseForm(http::splitUrl(reply.headers.value("Location")).query).value("code");
    }

    http::Form tokenForm(const QString& name, const QByteArray& code)
    {
        return {{"grant_type", "authorization_code"}, {"client_id", target(name).clientId.toUtf8()}, {"client_secret", secretOf(name)},
            {"code", code}, {"redirect_uri", redirect}, {"code_verifier", verifier}};
    }

    http::Form with(http::Form form, const QByteArray& name, const QByteArray& value)
    {
        for (http::Parameter& p : form)
            p.value = p.name == name ? value : p.value;
        return form;
    }

    auto ask(const QString& name, const http::Form& form) { return f.post(setup::saasTokenUrl(target(name)), form); }

    int call(const QString& name, const QByteArray& token)
    {
        return f.get(target(name).url + QLatin1StringView(setup::saasProfile(target(name)).callPath), {{"Authorization", "Bearer " + token}}).status;
    }

private slots:
    void initTestCase() { QVERIFY2(f.play(*setup::sample(u"saas-github"_s)), qPrintable(f.problem)); }

    /// GitHub docs: Authorizing OAuth apps; Refreshing user access tokens.
    void githubAnswersAForm()
    {
        const auto reply = ask(u"github"_s, tokenForm(u"github"_s, code(u"github"_s)));
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.headers.value("Content-Type").startsWith("application/x-www-form-urlencoded"));
        const http::Form form = http::parseForm(reply.body);
        QVERIFY(form.value("access_token").startsWith("ghu_"));
        QVERIFY(form.value("refresh_token").startsWith("ghr_"));
        QCOMPARE(form.value("expires_in"), "28800");
        QCOMPARE(form.value("scope"), "read:user,repo");
        QCOMPARE(form.value("token_type"), "bearer");
        QCOMPARE(call(u"github"_s, form.value("access_token")), 200);
    }

    void githubRefusesUnderStatus200_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("error");
        // GitHub docs: Troubleshooting OAuth app access token request errors
        QTest::newRow("code") << QByteArray("code") << QByteArray("unknown") << QByteArray("bad_verification_code");
        QTest::newRow("secret") << QByteArray("client_secret") << QByteArray("guess") << QByteArray("incorrect_client_credentials");
        QTest::newRow("redirect") << QByteArray("redirect_uri") << QByteArray("http://127.0.0.1:4711/other") << QByteArray("redirect_uri_mismatch");
    }
    void githubRefusesUnderStatus200()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, error);
        const auto reply = ask(u"github"_s, with(tokenForm(u"github"_s, code(u"github"_s)), field, value));
        QCOMPARE(reply.status, 200);
        QCOMPARE(http::parseForm(reply.body).value("error"), error);
    }

    /// A refresh ends the refresh token and the access token it came with.
    void githubRefreshIsGoodOnce()
    {
        const http::Form first = http::parseForm(ask(u"github"_s, tokenForm(u"github"_s, code(u"github"_s))).body);
        const http::Form form {{"grant_type", "refresh_token"}, {"client_id", target(u"github"_s).clientId.toUtf8()},
            {"client_secret", secretOf(u"github"_s)}, {"refresh_token", first.value("refresh_token")}};
        const http::Form second = http::parseForm(ask(u"github"_s, form).body);
        QVERIFY(second.value("access_token").startsWith("ghu_"));
        QVERIFY(second.value("refresh_token") != first.value("refresh_token"));
        QCOMPARE(call(u"github"_s, first.value("access_token")), 401);
        QCOMPARE(call(u"github"_s, second.value("access_token")), 200);
        QCOMPARE(http::parseForm(ask(u"github"_s, form).body).value("error"), "bad_refresh_token");
    }

    /// Tokens of an OAuth app neither end nor are refreshed.
    void githubOAuthApp()
    {
        const http::Form form = http::parseForm(ask(u"github-oauth"_s, tokenForm(u"github-oauth"_s, code(u"github-oauth"_s))).body);
        QVERIFY(form.value("access_token").startsWith("gho_"));
        QVERIFY(!form.has("refresh_token"));
        QVERIFY(!form.has("expires_in"));
        QCOMPARE(call(u"github-oauth"_s, form.value("access_token")), 200);
    }

    /// Google: OAuth 2.0 for desktop apps.
    void googleNeedsAccessType()
    {
        const QJsonObject without = QJsonDocument::fromJson(ask(u"google"_s, tokenForm(u"google"_s, code(u"google"_s))).body).object();
        QVERIFY(!without.contains(u"refresh_token"_s));
        QCOMPARE(without[u"expires_in"_s].toInt(), 3599);
        const QByteArray offline = code(u"google"_s, {{"access_type", "offline"}});
        const QJsonObject with = QJsonDocument::fromJson(ask(u"google"_s, tokenForm(u"google"_s, offline)).body).object();
        QVERIFY(with[u"refresh_token"_s].toString().startsWith("1//"_L1));
    }

    /// Salesforce Help: OAuth 2.0 Web Server Flow.
    void salesforceNamesItsInstance()
    {
        const QJsonObject body = QJsonDocument::fromJson(ask(u"salesforce"_s, tokenForm(u"salesforce"_s, code(u"salesforce"_s))).body).object();
        QVERIFY(!body.contains(u"expires_in"_s));
        QCOMPARE(body[u"instance_url"_s].toString(), target(u"salesforce"_s).url);
        QVERIFY(body[u"issued_at"_s].toString().size() >= 13);
        QCOMPARE(call(u"salesforce"_s, body[u"access_token"_s].toString().toUtf8()), 200);
    }

    void verifiers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("error");
        // downstream.md 6.1; RFC 7636 4.6 for the plain one
        QTest::newRow("salesforce, missing") << u"salesforce"_s << QByteArray() << u"invalid_grant"_s;
        QTest::newRow("salesforce, wrong") << u"salesforce"_s << QByteArray("another-verifier-of-forty-three-characters-x") << u"invalid_request"_s;
        QTest::newRow("plain, wrong") << u"plain"_s << QByteArray("another-verifier-of-forty-three-characters-x") << u"invalid_grant"_s;
    }
    void verifiers()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, error);
        const http::Form right = tokenForm(name, code(name));
        const auto reply = ask(name, with(right, "code_verifier", value));
        QCOMPARE(reply.status, 400);
        QCOMPARE(QJsonDocument::fromJson(reply.body)[u"error"_s].toString(), error);
        QCOMPARE(ask(name, right).status, 400); // a code has one try
    }

    void codeIsGoodOnce()
    {
        const http::Form form = tokenForm(u"plain"_s, code(u"plain"_s));
        QCOMPARE(ask(u"plain"_s, form).status, 200);
        QCOMPARE(ask(u"plain"_s, form).status, 400);
    }

    void authorizeRefuses_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("client") << QByteArray("client_id") << QByteArray("nobody") << 400;
        QTest::newRow("redirect") << QByteArray("redirect_uri") << QByteArray("https://evil.test/callback") << 400;
        QTest::newRow("plain challenge") << QByteArray("code_challenge_method") << QByteArray("plain") << 302;
        QTest::newRow("implicit") << QByteArray("response_type") << QByteArray("token") << 302;
    }
    void authorizeRefuses()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(int, status);
        const http::Form form = with(authorizeForm(u"plain"_s), field, value);
        const auto reply = f.get(setup::saasAuthorizeUrl(target(u"plain"_s)) + u'?' + QString::fromUtf8(http::encodeForm(form)));
        QCOMPARE(reply.status, status);
        QVERIFY(status == 400 || http::parseForm(http::splitUrl(reply.headers.value("Location")).query).has("error"));
    }
};

QTEST_GUILESS_MAIN(TestLabSaas)
#include "tst_labsaas.moc"
