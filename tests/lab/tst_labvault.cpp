// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/setup/file.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// The lab's vault on the wire: the challenge, who may read what, versions, and what never becomes visible.
class TestLabVault : public QObject
{
    Q_OBJECT
    LabFixture f {};
    QByteArray m_token {};

    http::Response ask(const QString& path, const QByteArray& token = {}, const char* method = "GET", const QByteArray& body = {})
    {
        http::Request request {.method = method, .url = QString(f.url(u"key-vault"_s) + path).toUtf8(), .body = body};
        if (!token.isEmpty())
            request.headers.append(http::Header {"Authorization", "Bearer " + token});
        if (!body.isEmpty())
            request.headers.append(http::Header {"Content-Type", "application/json"});
        return f.send(request);
    }
    static QString codeOf(const http::Response& response)
    {
        const QJsonObject error = jsonOf(response)[u"error"_s].toObject();
        const QString inner = error[u"innererror"_s][u"code"_s].toString();
        return inner.isEmpty() ? error[u"code"_s].toString() : inner;
    }
    QByteArray valueInManifest(const QString& name) { return f.entry(u"vaultSecrets"_s, name)[u"value"_s].toString().toUtf8(); }

private slots:
    void initTestCase()
    {
        QVERIFY2(f.start(), qPrintable(f.problem));
        m_token = member(f.appToken(u"web-api"_s, "https://vault.azure.net/.default"), "access_token");
        QVERIFY(!m_token.isEmpty());
    }

    void challenge_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"/secrets/db-password", "/secrets/db-password/", "/secrets", "/secrets/no-such-thing", "/keys/x", "/"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void challenge()
    {
        QFETCH(QString, path);
        const auto reply = ask(path);
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.headers.value("WWW-Authenticate"),
            QByteArray("Bearer authorization=\"" + f.authority().toUtf8() + "\", resource=\"https://vault.azure.net\""));
        QVERIFY(jsonOf(reply)[u"error"_s][u"message"_s].toString().startsWith("AKV10000:"_L1));
    }

    void secretsOfTheManifest()
    {
        QVERIFY(!valueInManifest(u"db-password"_s).isEmpty());
        for (const QJsonValue& secret : f.manifest()[u"vaultSecrets"_s].toArray()) {
            const QString name = secret[u"name"_s].toString();
            for (const QString& form : {u"/secrets/%1?api-version=2025-07-01"_s, u"/secrets/%1/?api%2Dversion=2025-07-01"_s, u"/secrets/%1"_s}) {
                QString path = form;
                path.replace("%1"_L1, name);
                const QJsonObject bundle = jsonOf(ask(path, m_token));
                QCOMPARE(bundle[u"value"_s].toString(), secret[u"value"_s].toString());
                const QRegularExpression id(QRegularExpression::escape(f.url(u"key-vault"_s) + u"/secrets/"_s + name + u'/') + u"[0-9a-f]{32}$"_s);
                QVERIFY2(id.match(bundle[u"id"_s].toString()).hasMatch(), qPrintable(bundle[u"id"_s].toString()));
                QCOMPARE(bundle[u"attributes"_s][u"enabled"_s].toBool(), true);
                QVERIFY(bundle[u"attributes"_s][u"created"_s].isDouble());
            }
        }
    }

    void whoMayRead_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<int>("status");
        QTest::newRow("managed identity") << u"uami"_s << u"db-password"_s << 200;
        QTest::newRow("system-assigned identity") << u"system"_s << u"db-password"_s << 200;
        QTest::newRow("agent, its one secret") << u"agent"_s << u"db-password"_s << 200;
        QTest::newRow("agent, another secret") << u"agent"_s << u"queue-key"_s << 403;
    }
    void whoMayRead()
    {
        QFETCH(QString, who);
        QFETCH(QString, secret);
        QFETCH(int, status);
        const QByteArray selector = who == "uami"_L1 ? "client_id=" + f.entry(u"managedIdentities"_s, who)[u"clientId"_s].toString().toUtf8() : QByteArray();
        const QByteArray token = who == "agent"_L1 ? member(f.agentToken(f.exchangeToken(), "https://vault.azure.net/.default"), "access_token")
                                                  : f.identityToken("https://vault.azure.net", selector);
        QVERIFY(!token.isEmpty());
        const auto reply = ask(QString(u"/secrets/"_s + secret), token);
        QCOMPARE(reply.status, status);
        if (status == 403)
            QCOMPARE(codeOf(reply), u"ForbiddenByRbac"_s);
    }

    void refusals()
    {
        QCOMPARE(ask(u"/secrets/no-such-thing"_s, m_token).status, 404);
        QCOMPARE(codeOf(ask(u"/secrets/no-such-thing"_s, m_token)), u"SecretNotFound"_s);
        QCOMPARE(ask(u"/secrets/retired-password"_s, m_token).status, 403);
        QCOMPARE(codeOf(ask(u"/secrets/retired-password"_s, m_token)), u"SecretDisabled"_s);
        const QByteArray graph = member(f.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token");
        const auto wrong = ask(u"/secrets/db-password"_s, graph);
        QCOMPARE(wrong.status, 401);
        QVERIFY(jsonOf(wrong)[u"error"_s][u"message"_s].toString().startsWith("AKV10022:"_L1));
        QVERIFY(wrong.headers.has("WWW-Authenticate"));
        QByteArray forged = m_token;
        forged[forged.lastIndexOf('.') + 5] = forged[forged.lastIndexOf('.') + 5] == 'A' ? 'B' : 'A';
        QVERIFY(jsonOf(ask(u"/secrets/db-password"_s, forged))[u"error"_s][u"message"_s].toString().startsWith("AKV10046:"_L1));
    }

    void rotation()
    {
        const QString path = u"/secrets/rotated"_s;
        const QJsonObject first = jsonOf(ask(path, m_token, "PUT", R"({"value": "blue"})"));
        const QJsonObject second = jsonOf(ask(path, m_token, "PUT", R"({"value": "green", "contentType": "text", "tags": {"a": "b"}})"));
        QVERIFY(first[u"id"_s] != second[u"id"_s]);
        QCOMPARE(second[u"tags"_s][u"a"_s].toString(), u"b"_s);
        QCOMPARE(jsonOf(ask(path, m_token))[u"value"_s].toString(), u"green"_s);
        const QString old = path + u'/' + first[u"id"_s].toString().section(u'/', -1);
        QCOMPARE(jsonOf(ask(old, m_token))[u"value"_s].toString(), u"blue"_s);
        const auto updated = ask(old, m_token, "PATCH", R"({"attributes": {"enabled": false}})");
        QCOMPARE(updated.status, 200);
        QVERIFY(!jsonOf(updated).contains(u"value"_s)); // an update does not hand out what it is about
        QCOMPARE(codeOf(ask(old, m_token)), u"SecretDisabled"_s);
        QCOMPARE(jsonOf(ask(path, m_token))[u"value"_s].toString(), u"green"_s);
        const QJsonArray versions = jsonOf(ask(QString(path + u"/versions"_s), m_token))[u"value"_s].toArray();
        QCOMPARE(versions.size(), 2);
        for (const QJsonValue& version : versions)
            QVERIFY(!version.toObject().contains(u"value"_s));
        QCOMPARE(ask(path, m_token, "DELETE").status, 200);
        QCOMPARE(ask(path, m_token).status, 404);
    }

    void badBodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no JSON") << QByteArray("value=blue");
        QTest::newRow("no value") << QByteArray("{}");
        QTest::newRow("a number") << QByteArray(R"({"value": 7})");
        QTest::newRow("enabled is text") << QByteArray(R"({"value": "x", "attributes": {"enabled": "no"}})");
        QTest::newRow("too long") << QByteArray("{\"value\": \"" + QByteArray(26 * 1024, 'x') + "\"}");
    }
    void badBodies()
    {
        QFETCH(QByteArray, body);
        const auto reply = ask(u"/secrets/bad"_s, m_token, "PUT", body);
        QCOMPARE(reply.status, 400);
        QCOMPARE(codeOf(reply), u"BadParameter"_s);
        QCOMPARE(ask(u"/secrets/bad%20name"_s, m_token, "PUT", R"({"value": "x"})").status, 400);
    }

    void historyKnowsWhyAndNoValue()
    {
        const QByteArray value = valueInManifest(u"db-password"_s);
        QCOMPARE(ask(u"/secrets/db-password"_s, m_token).status, 200);
        QVERIFY(!f.lab().history().isEmpty());
        for (const lab::HistoryEntry& entry : f.lab().history()) {
            QVERIFY(!entry.text.toUtf8().contains(value));
            for (const base::Check& check : entry.verdict.checks)
                QVERIFY(!QString(check.presented + check.expected).toUtf8().contains(value));
        }
    }
};

QTEST_GUILESS_MAIN(TestLabVault)
#include "tst_labvault.moc"
