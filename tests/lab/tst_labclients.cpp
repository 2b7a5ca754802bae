// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/jose/jws.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray assertion(
    QJsonObject claims, const QByteArray& header, const jose::Key& key, const QByteArray& alg)
{
    return jose::signCompact(
        header, QJsonDocument(claims).toJson(QJsonDocument::Compact), key, *jose::algorithm(alg))
        .value_or(QByteArray());
}

QJsonObject ownClaims(const LabFixture& f, const QString& audience)
{
    const qint64 now = base::epochSeconds(base::systemNow());
    const QString id = QString::fromLatin1(f.clientId(u"web-api"_s));
    return {{u"aud"_s, audience}, {u"iss"_s, id}, {u"sub"_s, id}, {u"jti"_s, u"j1"_s}, {u"nbf"_s, now},
        {u"exp"_s, now + 600}};
}

QByteArray certificateDer(const LabFixture& f)
{
    QFile pem(
        f.folder() + u'/' + f.credential(u"web-api"_s, u"certificate"_s)[u"certificateFile"_s].toString());
    return pem.open(QIODevice::ReadOnly) ? QSslCertificate(pem.readAll()).toDer() : QByteArray();
}

http::Response byAssertion(LabFixture& f, const QByteArray& token)
{
    return f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"web-api"_s)},
        {"scope", "https://graph.microsoft.com/.default"},
        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
        {"client_assertion", token}});
}

QByteArray outsideToken(
    const LabFixture& f, const QString& subject, const QString& audience, const QString& issuer, qint64 shift)
{
    const QJsonObject entry = f.entry(u"issuers"_s, u"outside"_s);
    const qint64 now = base::epochSeconds(base::systemNow()) + shift;
    const QByteArray header = QJsonDocument(
        QJsonObject {{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, entry[u"keyId"_s]}})
                                  .toJson(QJsonDocument::Compact);
    return assertion({{u"iss"_s, issuer}, {u"sub"_s, subject}, {u"aud"_s, audience}, {u"iat"_s, now},
                         {u"nbf"_s, now}, {u"exp"_s, now + 300}},
        header, f.keyIn(entry[u"keyFile"_s].toString()), "RS256");
}

} // namespace

/// How clients authenticate at the lab's token endpoint, and what it refuses.
class TestLabClients : public QObject
{
    Q_OBJECT
    LabFixture f {};

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void clientAuthentication_data()
    {
        QTest::addColumn<QByteArray>("secretInBody");
        QTest::addColumn<QByteArray>("basicSecret");
        QTest::addColumn<QString>("error");
        const QByteArray right = "RIGHT";
        QTest::newRow("body") << right << QByteArray() << QString();
        QTest::newRow("basic") << QByteArray() << right << QString();
        QTest::newRow("wrong in body")
            << QByteArray("lab8Q~wrong") << QByteArray() << u"invalid_client 7000215"_s;
        QTest::newRow("wrong by basic") << QByteArray() << QByteArray("wrong") << u"invalid_client 7000215"_s;
        QTest::newRow("secret id") << QByteArray("c2e95a7d-4f30-48b1-9d6e-70b8f1a3c594") << QByteArray()
                                   << u"invalid_client 7000215"_s;
        QTest::newRow("none") << QByteArray() << QByteArray() << u"invalid_client 7000216"_s;
    }

    void clientAuthentication()
    {
        QFETCH(QByteArray, secretInBody);
        QFETCH(QByteArray, basicSecret);
        QFETCH(QString, error);
        const auto real
            = [this](const QByteArray& text) { return text == "RIGHT" ? f.secret(u"web-api"_s) : text; };
        http::Form form {
            {"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"}};
        http::Headers headers;
        if (basicSecret.isEmpty())
            form.append({"client_id", f.clientId(u"web-api"_s)});
        if (!secretInBody.isEmpty())
            form.append({"client_secret", real(secretInBody)});
        if (!basicSecret.isEmpty()) {
            const QByteArray pair = http::percentEncoded(f.clientId(u"web-api"_s)) + ':'
                + http::percentEncoded(real(basicSecret));
            headers.append(http::Header {"Authorization", "Basic " + pair.toBase64()});
        }
        const auto reply = f.token(form, headers);
        QCOMPARE(reply.status, error.isEmpty() ? 200 : 401);
        if (!error.isEmpty())
            QCOMPARE(errorOf(reply), error);
    }

    void certificateAssertions_data()
    {
        QTest::addColumn<QByteArray>("alg");
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("x5c");
        QTest::addColumn<bool>("textTimes");
        QTest::addColumn<QString>("error");
        const QString endpoint = u"token"_s, issuer = u"issuer"_s;
        QTest::newRow("PS256") << QByteArray("PS256") << endpoint << QString() << false << QString();
        QTest::newRow("RS256") << QByteArray("RS256") << endpoint << QString() << false << QString();
        QTest::newRow("issuer as audience")
            << QByteArray("PS256") << issuer << QString() << false << QString();
        QTest::newRow("x5c list") << QByteArray("RS256") << endpoint << u"list"_s << false << QString();
        QTest::newRow("x5c text and text times")
            << QByteArray("PS256") << endpoint << u"text"_s << true << QString();
        QTest::newRow("other audience") << QByteArray("PS256") << u"https://other.example/token"_s
                                        << QString() << false << u"invalid_client 50012"_s;
    }

    void certificateAssertions() // C28
    {
        QFETCH(QByteArray, alg);
        QFETCH(QString, audience);
        QFETCH(QString, x5c);
        QFETCH(bool, textTimes);
        QFETCH(QString, error);
        if (audience == "token"_L1)
            audience = f.authority() + u"/oauth2/v2.0/token"_s;
        if (audience == "issuer"_L1)
            audience = f.authority() + u"/v2.0"_s;
        QJsonObject claims = ownClaims(f, audience);
        for (const QString& name : {u"nbf"_s, u"exp"_s}) {
            if (textTimes)
                claims[name] = QString::number(claims[name].toInteger());
        }
        const QByteArray der = certificateDer(f);
        const bool modern = alg == "PS256";
        QJsonObject header {{u"alg"_s, QString::fromLatin1(alg)}, {u"typ"_s, u"JWT"_s},
            {modern ? u"x5t#S256"_s : u"x5t"_s,
                QString::fromLatin1(modern ? jose::x5tS256(der) : jose::x5t(der))}};
        const QString certificate = QString::fromLatin1(der.toBase64());
        if (!x5c.isEmpty())
            header[u"x5c"_s]
                = x5c == "list"_L1 ? QJsonValue(QJsonArray {certificate}) : QJsonValue(certificate);
        const auto reply = byAssertion(f,
            assertion(claims, QJsonDocument(header).toJson(QJsonDocument::Compact),
                f.keyIn(f.credential(u"web-api"_s, u"certificate"_s)[u"keyFile"_s].toString()), alg));
        if (error.isEmpty()) {
            QVERIFY2(reply.status == 200, reply.body.constData());
            QCOMPARE(claimsOf(member(reply, "access_token"))[u"azpacr"_s].toString(), u"2"_s);
        } else {
            QCOMPARE(errorOf(reply), error);
        }
    }

    void federatedAssertions_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<int>("shift");
        QTest::addColumn<QString>("error");
        const QString subject = u"repo:lab/demo:ref:refs/heads/main"_s,
                      audience = u"api://AzureADTokenExchange"_s, own = u"own"_s;
        QTest::newRow("fits") << subject << audience << own << 0 << QString();
        QTest::newRow("four minutes fast") << subject << audience << own << 240 << QString();
        QTest::newRow("subject") << u"repo:lab/other:ref:refs/heads/main"_s << audience << own << 0
                                 << u"invalid_client 700213"_s;
        QTest::newRow("subject case")
            << u"Repo:lab/demo:ref:refs/heads/main"_s << audience << own << 0 << u"invalid_client 7002138"_s;
        QTest::newRow("audience") << subject << u"https://sts.example"_s << own << 0
                                  << u"invalid_client 700212"_s;
        QTest::newRow("issuer") << subject << audience << u"https://elsewhere.example"_s << 0
                                << u"invalid_client 700211"_s;
        QTest::newRow("issuer slash") << subject << audience << u"own/"_s << 0 << u"invalid_client 700211"_s;
        QTest::newRow("expired") << subject << audience << own << -7200 << u"invalid_client 700024"_s;
    }

    void federatedAssertions()
    {
        QFETCH(QString, subject);
        QFETCH(QString, audience);
        QFETCH(QString, issuer);
        QFETCH(int, shift);
        QFETCH(QString, error);
        issuer.replace(
            QRegularExpression(u"^own"_s), f.entry(u"issuers"_s, u"outside"_s)[u"issuer"_s].toString());
        const auto reply = byAssertion(f, outsideToken(f, subject, audience, issuer, shift));
        if (error.isEmpty())
            QVERIFY2(reply.status == 200, reply.body.constData());
        else
            QCOMPARE(errorOf(reply), error);
    }

    void refusedRequests_data()
    {
        QTest::addColumn<http::Form>("form");
        QTest::addColumn<QString>("error");
        const QByteArray cc = "client_credentials", graph = "https://graph.microsoft.com/.default";
        QTest::newRow("nothing") << http::Form {} << u"invalid_request 900144"_s;
        QTest::newRow("no client") << http::Form {{"grant_type", cc}, {"scope", graph}}
                                   << u"invalid_request 900144"_s;
        QTest::newRow("unknown client") << http::Form {{"grant_type", cc},
            {"client_id", "5c11a0b4-0000-4000-8000-000000000000"}, {"scope", graph}}
                                        << u"unauthorized_client 700016"_s;
        QTest::newRow("password grant") << http::Form {{"grant_type", "password"}, {"client_id", "WEB"},
            {"client_secret", "SECRET"}, {"username", "a"}}
                                        << u"unsupported_grant_type 70003"_s;
        QTest::newRow("token exchange grant") << http::Form {
            {"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"client_id", "WEB"},
            {"client_secret", "SECRET"}} << u"unsupported_grant_type 70003"_s;
        QTest::newRow("unknown resource") << http::Form {{"grant_type", cc}, {"client_id", "WEB"},
            {"client_secret", "SECRET"}, {"scope", "api://nobody/.default"}}
                                          << u"invalid_resource 500011"_s;
        QTest::newRow("scope by name") << http::Form {{"grant_type", cc}, {"client_id", "WEB"},
            {"client_secret", "SECRET"}, {"scope", "https://graph.microsoft.com/User.Read"}}
                                       << u"invalid_scope 70011"_s;
        QTest::newRow("bad code") << http::Form {{"grant_type", "authorization_code"},
            {"client_id", "PUBLIC"}, {"code", "x"}, {"redirect_uri", "http://127.0.0.1/callback"},
            {"code_verifier", LabFixture::verifier}}
                                  << u"invalid_grant 70000"_s;
        QTest::newRow("bad refresh token") << http::Form {{"grant_type", "refresh_token"},
            {"client_id", "PUBLIC"}, {"refresh_token", "x"}, {"scope", "openid"}}
                                           << u"invalid_grant 70000"_s;
        QTest::newRow("public with a secret") << http::Form {{"grant_type", "refresh_token"},
            {"client_id", "PUBLIC"}, {"refresh_token", "x"}, {"client_secret", "y"}}
                                              << u"invalid_client 700025"_s;
    }

    void refusedRequests()
    {
        QFETCH(http::Form, form);
        QFETCH(QString, error);
        for (http::Parameter& p : form)
            p.value = p.value == "WEB" ? f.clientId(u"web-api"_s)
                : p.value == "SECRET"  ? f.secret(u"web-api"_s)
                : p.value == "PUBLIC"  ? f.clientId(u"public-client"_s)
                                       : p.value;
        const auto reply = f.token(form);
        QVERIFY(reply.status == 400 || reply.status == 401);
        QCOMPARE(errorOf(reply), error);
    }

    void tokenEndpointTakesFormsAlone()
    {
        QCOMPARE(errorOf(f.get(f.authority() + u"/oauth2/v2.0/token"_s)), u"invalid_request 900561"_s);
        QCOMPARE(errorOf(f.postJson(
                     f.authority() + u"/oauth2/v2.0/token"_s, "{\"grant_type\":\"client_credentials\"}")),
            u"invalid_request 900144"_s);
        QCOMPARE(errorOf(f.post(f.url(u"entra"_s) + u"/nowhere.example/oauth2/v2.0/token"_s,
                     {{"grant_type", "client_credentials"}})),
            u"invalid_request 90002"_s);
    }

    void resourceParameterMayRepeatTheScopes()
    {
        http::Form form {{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"web-api"_s)},
            {"client_secret", f.secret(u"web-api"_s)}, {"scope", "https://graph.microsoft.com/.default"},
            {"resource", "https://graph.microsoft.com"}};
        QCOMPARE(f.token(form).status, 200);
        form.last().value = "https://vault.azure.net";
        QCOMPARE(f.token(form).status, 400);
    }
};

QTEST_GUILESS_MAIN(TestLabClients)
#include "tst_labclients.moc"
