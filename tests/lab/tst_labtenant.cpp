// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/jose/jws.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// The authority as a client of Microsoft Entra meets it: documents, client credentials, errors.
class TestLabTenant : public QObject
{
    Q_OBJECT
    LabFixture f {};

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void discoveryNamesOnlyTheLab()
    {
        const auto reply = f.get(f.authority() + u"/v2.0/.well-known/openid-configuration"_s);
        QCOMPARE(reply.status, 200);
        const QJsonObject doc = jsonOf(reply);
        QCOMPARE(doc[u"issuer"_s].toString(), QString(f.authority() + u"/v2.0"_s));
        QCOMPARE(doc[u"token_endpoint"_s].toString(), QString(f.authority() + u"/oauth2/v2.0/token"_s));
        QCOMPARE(doc[u"authorization_endpoint"_s].toString(),
            QString(f.authority() + u"/oauth2/v2.0/authorize"_s));
        QCOMPARE(doc[u"jwks_uri"_s].toString(), QString(f.authority() + u"/discovery/v2.0/keys"_s));
        QVERIFY(doc[u"authorization_response_iss_parameter_supported"_s].toBool());
        QVERIFY(!reply.body.contains("microsoft") && !reply.body.contains("windows.net"));
    }

    void keysOfAnApplicationAreAskedForWithIt() // entra.md 1.1
    {
        for (const auto& [document, keys] : {std::pair {u"/v2.0/.well-known/openid-configuration"_s, u"/discovery/v2.0/keys"_s},
                 std::pair {u"/.well-known/openid-configuration"_s, u"/discovery/keys"_s}}) {
            const QString address = jsonOf(f.get(QString(f.authority() + document + u"?appid=a-b%26c"_s)))[u"jwks_uri"_s].toString();
            QCOMPARE(address, QString(f.authority() + keys + u"?appid=a-b%26c"_s));
            QCOMPARE(f.get(address).status, 200);
        }
    }

    void tokenEndpointSaysItsMethod()
    {
        const auto reply = f.get(f.authority() + u"/oauth2/v2.0/token"_s);
        QCOMPARE(reply.status, 405);
        QCOMPARE(reply.headers.value("Allow"), "POST");
    }

    void otherSpellingsOfTheTenant_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("issuer");
        const QString v2 = u"/v2.0/.well-known/openid-configuration"_s;
        QTest::newRow("domain") << u"/harbour.example"_s + v2 << 200 << u"own"_s;
        QTest::newRow("upper case") << u"/3F1C9A54-8D27-4E60-B1F9-6C2A7D90E815"_s + v2 << 200 << u"own"_s;
        QTest::newRow("common") << u"/common"_s + v2 << 200 << u"template"_s;
        QTest::newRow("organizations") << u"/organizations"_s + v2 << 200 << u"template"_s;
        QTest::newRow("unknown tenant")
            << u"/11111111-2222-3333-4444-555555555555"_s + v2 << 400 << QString();
        QTest::newRow("unknown document")
            << u"/common/v2.0/.well-known/oauth-authorization-server"_s << 404 << QString();
        QTest::newRow("root") << u"/.well-known/openid-configuration"_s << 404 << QString();
        QTest::newRow("rfc 8414") << u"/.well-known/oauth-authorization-server/common/v2.0"_s << 404
                                  << QString();
    }

    void otherSpellingsOfTheTenant()
    {
        QFETCH(QString, path);
        QFETCH(int, status);
        QFETCH(QString, issuer);
        const auto reply = f.get(f.url(u"entra"_s) + path);
        QCOMPARE(reply.status, status);
        if (issuer == "own"_L1)
            QCOMPARE(jsonOf(reply)[u"issuer"_s].toString(), QString(f.authority() + u"/v2.0"_s));
        if (issuer == "template"_L1)
            QCOMPARE(
                jsonOf(reply)[u"issuer"_s].toString(), QString(f.url(u"entra"_s) + u"/{tenantid}/v2.0"_s));
    }

    void instanceDiscoveryKnowsThisHostAlone()
    {
        const QString ask
            = f.url(u"entra"_s) + u"/common/discovery/instance?api-version=1.1&authorization_endpoint="_s;
        const auto own = f.get(ask
            + QString::fromLatin1(
                http::percentEncoded((f.authority() + u"/oauth2/v2.0/authorize"_s).toUtf8())));
        QCOMPARE(own.status, 200);
        QCOMPARE(jsonOf(own)[u"tenant_discovery_endpoint"_s].toString(),
            QString(f.authority() + u"/v2.0/.well-known/openid-configuration"_s));
        const auto other
            = f.get(ask + u"https%3A%2F%2Flogin.microsoftonline.com%2Fx%2Foauth2%2Fv2.0%2Fauthorize"_s);
        QCOMPARE(errorOf(other), u"invalid_instance 50049"_s);
    }

    void keysArePublicAndUnique() // L13
    {
        const QJsonObject set = jsonOf(f.get(f.authority() + u"/discovery/v2.0/keys"_s));
        QStringList kids;
        for (const QJsonValue& key : set[u"keys"_s].toArray()) {
            QCOMPARE(key[u"use"_s].toString(), u"sig"_s);
            for (const QString& secret : {u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"k"_s})
                QVERIFY2(!key.toObject().contains(secret), qPrintable(secret));
            QVERIFY(!kids.contains(key[u"kid"_s].toString()));
            kids += key[u"kid"_s].toString();
            QCOMPARE(key[u"issuer"_s].toString(), QString(f.authority() + u"/v2.0"_s));
        }
        QVERIFY(!kids.isEmpty());
    }

    void appTokenHasThePromisedClaims()
    {
        const auto reply = f.appToken(u"web-api"_s, "https://graph.microsoft.com/.default");
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.headers.value("Cache-Control").contains("no-store"));
        QVERIFY(!reply.headers.value("x-ms-request-id").isEmpty());
        const QByteArray token = member(reply, "access_token");
        const jose::Jwt jwt = jose::decode(token);
        QCOMPARE(jwt.header.root()["alg"].text(), u"RS256"_s);
        QCOMPARE(jwt.header.root()["typ"].text(), u"JWT"_s);
        const QJsonObject c = claimsOf(token);
        QCOMPARE(c[u"iss"_s].toString(), QString(f.authority() + u"/v2.0"_s));
        QCOMPARE(c[u"ver"_s].toString(), u"2.0"_s);
        QCOMPARE(c[u"aud"_s].toString(), QString::fromLatin1(f.clientId(u"graph"_s)));
        QCOMPARE(c[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"web-api"_s)));
        QCOMPARE(c[u"azpacr"_s].toString(), u"1"_s);
        QCOMPARE(c[u"idtyp"_s].toString(), u"app"_s);
        QCOMPARE(c[u"oid"_s].toString(), f.entry(u"apps"_s, u"web-api"_s)[u"objectId"_s].toString());
        QCOMPARE(c[u"sub"_s], c[u"oid"_s]);
        QVERIFY(!c.contains(u"scp"_s));
        QCOMPARE(c[u"uti"_s].toString().size(), 22);
        QCOMPARE(c[u"iat"_s], c[u"nbf"_s]);
        const qint64 now = base::epochSeconds(base::systemNow());
        QVERIFY(std::abs(c[u"iat"_s].toInteger() + 300 - now) <= 2);
        const qint64 left = c[u"exp"_s].toInteger() - c[u"iat"_s].toInteger() - 300;
        QVERIFY(left >= 3600 && left <= 5400);
        QCOMPARE(jsonOf(reply)[u"expires_in"_s].toInteger(), left);
        const auto set = jose::readKeys(f.get(f.authority() + u"/discovery/v2.0/keys"_s).body);
        QVERIFY(jose::signatureHolds(
            jwt, *set->find(jwt.header.root()["kid"].bytes()), *jose::algorithm("RS256")));
    }

    void noTwoTokensAreTheSame()
    {
        const QByteArray scope = "https://graph.microsoft.com/.default";
        QVERIFY(claimsOf(member(f.appToken(u"web-api"_s, scope), "access_token"))[u"uti"_s]
            != claimsOf(member(f.appToken(u"web-api"_s, scope), "access_token"))[u"uti"_s]);
    }

    void outsideIssuerHasItsOwnDocuments()
    {
        const QString issuer = f.entry(u"issuers"_s, u"outside"_s)[u"issuer"_s].toString();
        const QJsonObject doc = jsonOf(f.get(issuer + u"/.well-known/openid-configuration"_s));
        QCOMPARE(doc[u"issuer"_s].toString(), issuer);
        const auto keys = jose::readKeys(f.get(doc[u"jwks_uri"_s].toString()).body);
        QVERIFY(keys && keys->find(f.entry(u"issuers"_s, u"outside"_s)[u"keyId"_s].toString().toUtf8()));
    }

    void errorsHaveTheWholeShape()
    {
        const auto reply
            = f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"web-api"_s)},
                          {"client_secret", "wrong"}, {"scope", "https://graph.microsoft.com/.default"}},
                http::Headers {http::Header {"client-request-id", "1c9b0f5e-7a55-4d19-8b5e-2f0a9e3d7c11"}});
        const QJsonObject body = jsonOf(reply);
        QVERIFY(body[u"error_description"_s].toString().startsWith("AADSTS7000215: "_L1));
        QVERIFY(body[u"error_description"_s].toString().contains(
            QString(u"Trace ID: "_s + body[u"trace_id"_s].toString())));
        QCOMPARE(body[u"correlation_id"_s].toString(), u"1c9b0f5e-7a55-4d19-8b5e-2f0a9e3d7c11"_s);
        static const QRegularExpression when(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$"_s);
        QVERIFY(when.match(body[u"timestamp"_s].toString()).hasMatch());
        QCOMPARE(f.get(body[u"error_uri"_s].toString()).status, 200);
    }

    void pagesOfOtherSitesAreRefused() // L02
    {
        const http::Headers foreign {http::Header {"Origin", "https://evil.test"}};
        const auto reply = f.token({{"grant_type", "client_credentials"}}, foreign);
        QCOMPARE(reply.status, 403);
        QVERIFY(reply.headers.value("Access-Control-Allow-Origin").isEmpty());
        QVERIFY(f.get(f.authority() + u"/v2.0/.well-known/openid-configuration"_s)
                    .headers.value("Access-Control-Allow-Origin")
                    .isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLabTenant)
#include "tst_labtenant.moc"
