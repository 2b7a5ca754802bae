// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../awsvectors.h"

#include "core/flow/replybody.h"
#include "core/flow/signing.h"
#include "core/jose/jwt.h"
#include "core/jose/jws.h"
#include "core/jose/key.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What is signed here: client assertions and AWS requests. And replies of every form as one tree.
class TestSigning : public QObject
{
    Q_OBJECT

    const base::Instant m_now = base::fromEpochSeconds(1440938160); // 2015-08-30T12:36:00Z, the moment of AWS's suite

    flow::Ingredients sessionOf(const QHash<QString, QByteArray>& values) const
    {
        flow::Ingredients known;
        known.now = m_now;
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            known.values.insert(it.key(), it.value());
        return known;
    }

private slots:
    void awsVectors_data() { awsvectors::rows(); }
    void awsVectors()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(http::Headers, headers);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, signature);
        const http::Request request {.method = method, .url = url, .headers = headers, .body = body};
        QCOMPARE(flow::awsSignature(request, headers, secret, headers.value("X-Amz-Date"), "us-east-1", service), signature);
    }

    void aRequestIsSignedWhole()
    {
        http::Request request {.method = "POST", .url = "https://sts.eu-central-1.amazonaws.com/",
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}, .body = "Action=GetCallerIdentity&Version=2011-06-15"};
        const flow::RequestSignature how {.service = "sts", .region = flow::literal("eu-central-1"), .keyIdSlot = u"id"_s,
            .secretSlot = u"secret"_s, .sessionSlot = u"session"_s};
        const auto known = sessionOf({{u"id"_s, "ASIAEXAMPLE"}, {u"secret"_s, "secret-key"}, {u"session"_s, "token"}});
        QVERIFY(flow::signRequest(how, request, known));
        QCOMPARE(request.headers.value("X-Amz-Date"), "20150830T123600Z");
        QCOMPARE(request.headers.value("X-Amz-Security-Token"), "token");
        QCOMPARE(request.headers.value("Host"), "sts.eu-central-1.amazonaws.com");
        const QByteArray header = request.headers.value("Authorization");
        QVERIFY2(header.startsWith("AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20150830/eu-central-1/sts/aws4_request, "
                                   "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature="),
            header.constData());
        http::Headers signedOnes = request.headers;
        signedOnes.removeIf([](const http::Header& h) { return h.name == "Authorization"; });
        QVERIFY(header.endsWith(flow::awsSignature(request, signedOnes, "secret-key", "20150830T123600Z", "eu-central-1", "sts")));
        QVERIFY(!header.contains("secret-key"));
    }

    void aRequestWaitsForItsCredentials()
    {
        http::Request request {.method = "POST", .url = "https://sts.amazonaws.com/"};
        const auto done = flow::signRequest({.service = "sts", .region = flow::literal("us-east-1"), .keyIdSlot = u"id"_s,
                                                .secretSlot = u"secret"_s}, request, sessionOf({{u"id"_s, "ASIA"}}));
        QVERIFY(!done);
        QVERIFY(!request.headers.has("Authorization"));
    }

    void assertions_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        // Microsoft: "Microsoft identity platform application authentication certificate credentials"
        QTest::newRow("PS256") << QByteArray("PS256");
        QTest::newRow("RS256") << QByteArray("RS256");
    }
    void assertions()
    {
        QFETCH(QByteArray, algorithm);
        const jose::Key key = jose::Key::generateRsa();
        std::map<setup::SecretKey, base::Secret> secrets;
        const setup::SecretKey name {u"setup"_s, u"app"_s, u"client"_s, u"certificate"_s};
        secrets.insert_or_assign(name, base::Secret(key.toPrivatePem()));
        flow::Ingredients known;
        known.now = m_now;
        known.secrets = &secrets;
        const auto text = flow::assertionOf({.key = name, .algorithm = algorithm, .issuer = u"client"_s, .audience = u"https://login.example/token"_s}, known);
        QVERIFY2(text, text ? "" : qPrintable(text.error().text));
        const jose::Jwt jwt = jose::decode(*text);
        QVERIFY(jwt.isJwt());
        QCOMPARE(jwt.header.root()["alg"].bytes(), QByteArrayView(algorithm));
        QCOMPARE(jwt.text("iss"), u"client"_s);
        QCOMPARE(jwt.text("sub"), u"client"_s);
        QCOMPARE(jwt.text("aud"), u"https://login.example/token"_s);
        QVERIFY(!jwt.text("jti").isEmpty());
        QCOMPARE(jwt.claim("exp").integer().value() - jwt.claim("nbf").integer().value(), 600);
        QVERIFY(jose::verifySignature(jwt.signingInput(), jwt.signature, key, *jose::algorithm(algorithm)));
    }

    void anAssertionHasItsOwnId() // C28
    {
        const jose::Key key = jose::Key::generateRsa();
        std::map<setup::SecretKey, base::Secret> secrets;
        const setup::SecretKey name {u"setup"_s, u"app"_s, u"client"_s, u"certificate"_s};
        secrets.insert_or_assign(name, base::Secret(key.toPrivatePem()));
        flow::Ingredients known;
        known.secrets = &secrets;
        const flow::SignedAssertion what {.key = name, .algorithm = "PS256", .issuer = u"c"_s, .audience = u"a"_s};
        QVERIFY(jose::decode(*flow::assertionOf(what, known)).text("jti") != jose::decode(*flow::assertionOf(what, known)).text("jti"));
    }

    void replies_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* type, const char* body, const char* pointer, const char* value) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(body) << QString::fromLatin1(pointer) << QString::fromLatin1(value);
        };
        row("json", "application/json", R"({"a":{"b":"c"}})", "/a/b", "c");
        row("xml", "text/xml", "<R xmlns=\"x\"><A><B>c &amp; d</B></A></R>", "/R/A/B", "c & d");
        row("xml, told by its first letters", "application/octet-stream", "<?xml version=\"1.0\"?><R><A>1</A></R>", "/R/A", "1");
        row("xml, repeated elements", "text/xml", "<R><A>1</A><B>x</B><A>2</A></R>", "/R/A/1", "2");
        row("xml, a document type is not taken", "text/xml", "<!DOCTYPE R [<!ENTITY e 'x'>]><R><A>&e;</A></R>", "/R/A", "");
        row("xml, half of it", "text/xml", "<R><A>1</A>", "/R/A", "");
        row("form", "application/x-www-form-urlencoded", "access_token=t&scope=a+b", "/scope", "a b");
        row("no type, json", "", R"({"a":"b"})", "/a", "b");
    }
    void replies()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        const http::Response response {.status = 200, .headers = {{"Content-Type", type}}, .body = body};
        const json::Document tree = flow::replyTree(response);
        QCOMPARE(tree.find(pointer).text(), value);
    }

    void deepXmlIsCutOff()
    {
        const QByteArray body = QByteArray("<a>").repeated(5000) + QByteArray("</a>").repeated(5000);
        const http::Response response {.status = 200, .headers = {{"Content-Type", "text/xml"}}, .body = body};
        QVERIFY(!flow::replyTree(response).complete());
    }

    void challenges()
    {
        // RFC 9110 section 11.6.1: token and quoted-string parameters
        const json::Document tree = flow::challengeTree("Bearer authorization=\"https://login.example/t\", resource=vault, error=\"a \\\"b\\\"\"");
        QCOMPARE(tree.root()["scheme"].text(), u"Bearer"_s);
        QCOMPARE(tree.root()["authorization"].text(), u"https://login.example/t"_s);
        QCOMPARE(tree.root()["resource"].text(), u"vault"_s);
        QCOMPARE(tree.root()["error"].text(), u"a \"b\""_s);
    }
};

QTEST_GUILESS_MAIN(TestSigning)
#include "tst_signing.moc"
