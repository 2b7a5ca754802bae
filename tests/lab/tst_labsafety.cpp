// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/lab/history.h"
#include "core/lab/ledger.h"
#include "core/lab/pages.h"
#include "core/setup/file.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

/// One raw exchange with a plain http port.
QByteArray raw(int port, const QByteArray& request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(port));
    if (!socket.waitForConnected(2000))
        return {};
    socket.write(request);
    QByteArray answer;
    while (socket.waitForReadyRead(2000))
        answer += socket.readAll();
    return answer;
}

/// JSON written with apostrophes.
QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

int portOf(const QString& url) { return QUrl(url).port(); }

/// A second tenant beside home, on the same authority, with a client and a resource of its own.
base::Result<setup::Setup> twoTenants()
{
    auto setup = *setup::sample(u"on-behalf-of"_s);
    json::Document doc = setup.document;
    const auto put
        = [&doc](const QString& pointer, const QByteArray& value) { doc = *doc.with(pointer, value); };
    put(u"/tenants/-"_s,
        json("{ 'name': 'other', 'id': '8c2f7d10-5b3e-4a96-9f81-d04e6b7c3a25', 'domain': 'rival.example', "
             "'authority': 'https://login.microsoftonline.com', 'v1Issuer': 'https://sts.windows.net' }"));
    put(u"/apps/-"_s,
        json("{ 'name': 'rival-api', 'kind': 'confidential', 'tenant': 'other', 'displayName': 'Rival API', "
             "'clientId': 'b1e6a3d8-7c05-4f29-8a4d-2c9f60e7b513', 'identifierUris': ['api://rival'], "
             "'delegatedScopes': ['read'], "
             "'credentials': [ { 'type': 'secret', 'name': 'rival-secret', 'secretId': "
             "'0c9d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f' } ], "
             "'permissions': [ { 'resource': 'graph', 'scopes': ['User.Read'], 'consent': 'admin' } ] }"));
    put(u"/apps/-"_s,
        json("{ 'name': 'rival-client', 'kind': 'public', 'tenant': 'other', 'displayName': 'Rival client', "
             "'clientId': 'c2f7b4e9-8d16-4a3b-9b5e-3d0a71f8c624', 'redirectUris': "
             "['http://127.0.0.1/callback'] }"));
    return setup::parseSetup(doc.source());
}

} // namespace

/// Lines L01 to L15 of the security checklist, as far as no other test holds them.
class TestLabSafety : public QObject
{
    Q_OBJECT
    LabFixture f {};

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void listensOnLoopbackAlone() // L01
    {
#if defined(Q_OS_LINUX)
        QFile table(u"/proc/self/net/tcp"_s), table6(u"/proc/self/net/tcp6"_s);
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QByteArray text
            = table.readAll() + (table6.open(QIODevice::ReadOnly) ? table6.readAll() : QByteArray());
        for (const lab::Lab::Endpoint& endpoint : f.lab().endpoints()) {
            const QByteArray port
                = QByteArray::number(portOf(endpoint.url), 16).toUpper().rightJustified(4, '0');
            static const QRegularExpression spaces(u"\\s+"_s);
            int listening = 0;
            for (const QByteArray& line : text.split('\n')) {
                const QStringList columns = QString::fromLatin1(line.trimmed()).split(spaces);
                if (columns.size() < 4 || columns[3] != "0A"_L1
                    || !columns[1].endsWith(u':' + QString::fromLatin1(port)))
                    continue;
                ++listening;
                QCOMPARE(columns[1], QString(u"0100007F:"_s + QString::fromLatin1(port)));
            }
            QCOMPARE(listening, 1);
        }
#endif
    }

    void otherHostNamesAreRefused_data() // L02
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        const QByteArray port = QByteArray::number(portOf(f.url(u"imds"_s)));
        QTest::newRow("own") << QByteArray("127.0.0.1:" + port) << 404;
        QTest::newRow("localhost") << QByteArray("localhost:" + port) << 404;
        QTest::newRow("rebound") << QByteArray("evil.test:" + port) << 421;
        QTest::newRow("looks alike") << QByteArray("127.0.0.1.evil.test:" + port) << 421;
        QTest::newRow("metadata address") << QByteArray("169.254.169.254") << 421;
        QTest::newRow("other port") << QByteArray("127.0.0.1:1") << 421;
    }
    void otherHostNamesAreRefused() // L02
    {
        QFETCH(QByteArray, host);
        QFETCH(int, status);
        const QByteArray answer = raw(
            portOf(f.url(u"imds"_s)), "GET /x HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        QVERIFY2(answer.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status))), answer.constData());
        QVERIFY(!answer.toLower().contains("access-control-allow"));
    }

    void sizesAreBounded() // L08
    {
        const auto big = f.post(
            f.authority() + u"/oauth2/v2.0/token"_s, {{"grant_type", QByteArray(1024 * 1024 + 1, 'x')}});
        QVERIFY2(big.status == 413 || big.status == 0, QByteArray::number(big.status).constData());
        QByteArray many = "GET /metadata/identity/oauth2/token HTTP/1.1\r\nHost: 127.0.0.1:"
            + QByteArray::number(portOf(f.url(u"imds"_s))) + "\r\n";
        for (int i = 0; i < 101; ++i)
            many += "X-" + QByteArray::number(i) + ": y\r\n";
        QVERIFY(raw(portOf(f.url(u"imds"_s)), many + "\r\n").startsWith("HTTP/1.1 4"));
        QCOMPARE(f.appToken(u"web-api"_s, "https://graph.microsoft.com/.default").status, 200);
    }

    void connectionsAreBounded() // L08
    {
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        const int port = portOf(f.url(u"imds"_s));
        for (int i = 0; i < 80; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QHostAddress::LocalHost, quint16(port));
        }
        const auto in = [&sockets](QAbstractSocket::SocketState state) {
            return std::ranges::count_if(sockets, [state](const auto& s) { return s->state() == state; });
        };
        QTRY_COMPARE(in(QAbstractSocket::HostLookupState) + in(QAbstractSocket::ConnectingState), 0);
        QTRY_VERIFY(in(QAbstractSocket::ConnectedState) <= 64);
        QVERIFY(in(QAbstractSocket::ConnectedState) > 0);
    }

    void errorsShowNothingOfTheInside_data() // L07
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addRow("binary") << QByteArray("\xff\xfe\0\1=%00%ff&&&===", 17);
        QTest::addRow("half percent") << QByteArray("grant_type=%&client_id=%4&scope=%zz");
        QTest::addRow("repeated") << QByteArray(
            "grant_type=client_credentials&grant_type=password&client_id=a&client_id=b");
        QTest::addRow("nested json") << QByteArray(
            "grant_type=client_credentials&client_id={\"a\":[[[[[[1]]]]]]}");
        QTest::addRow("jwt rubbish") << QByteArray(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&client_id=a&assertion=...");
        QTest::addRow("long") << QByteArray("grant_type=" + QByteArray(200000, 'a'));
        QTest::addRow("script") << QByteArray("grant_type=<script>alert(1)</script>&client_id=<img>");
    }
    void errorsShowNothingOfTheInside() // L07
    {
        QFETCH(QByteArray, body);
        const auto reply = f.send({.method = "POST",
            .url = QString(f.authority() + u"/oauth2/v2.0/token"_s).toUtf8(),
            .headers = http::Headers {http::Header {"Content-Type", "application/x-www-form-urlencoded"}},
            .body = body});
        QVERIFY(reply.status == 400 || reply.status == 401);
        QVERIFY(reply.headers.value("Content-Type").startsWith("application/json"));
        const QJsonObject error = jsonOf(reply);
        static const QStringList names {u"invalid_request"_s, u"invalid_client"_s, u"invalid_grant"_s,
            u"unauthorized_client"_s, u"unsupported_grant_type"_s, u"invalid_scope"_s};
        QVERIFY2(names.contains(error[u"error"_s].toString()), reply.body.left(300).constData());
        QVERIFY(!reply.body.contains(".cpp") && !reply.body.contains("/work") && !reply.body.contains("/home")
            && !reply.body.contains("/tmp"));
    }

    void secretsComeBackInNoAnswer() // L10
    {
        const QByteArray canary = "lab8Q~canary-canary-canary-canary-canar";
        const auto reply
            = f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"web-api"_s)},
                {"client_secret", canary}, {"scope", "https://graph.microsoft.com/.default"}});
        QVERIFY(!reply.body.contains("canary"));
        for (const lab::HistoryEntry& entry : f.lab().history()) {
            for (const base::Check& check : entry.verdict.checks)
                QVERIFY(!check.presented.contains("canary"_L1));
        }
    }

    void escapingLeavesNoMarkup() // L12
    {
        const QByteArray evil = "<>\"'&\r\n\t</script><img src=x onerror=alert(1)>";
        const QByteArray text = lab::escaped(QString::fromUtf8(evil));
        for (const char c : QByteArray("<>\"'\r\n\t"))
            QVERIFY(!text.contains(c));
        const QByteArray page = lab::credentialsPage({.tenant = QString::fromUtf8(evil),
            .app = QString::fromUtf8(evil),
            .action = evil,
            .username = QString::fromUtf8(evil),
            .message = QString::fromUtf8(evil),
            .hintUser = QString::fromUtf8(evil),
            .hintPassword = evil,
            .hidden = {{evil, evil}}});
        QVERIFY(!page.contains("<img") && !page.contains("</script"));
        const QByteArray consent = lab::consentPage({.app = QString::fromUtf8(evil),
            .user = QString::fromUtf8(evil),
            .resource = QString::fromUtf8(evil),
            .scopes = {QString::fromUtf8(evil)}});
        QVERIFY(!consent.contains("<img") && !consent.contains("</script"));
        const QByteArray posted = lab::formPostPage(evil, {{evil, evil}});
        QVERIFY(!posted.contains("<img"));
        QCOMPARE(posted.count("</script"), 1);
    }

    void tablesForgetTheOldest() // P13: memory does not grow with requests
    {
        lab::BoundedTable<int> table(3);
        for (int i = 0; i < 10; ++i)
            QVERIFY(table.insert(QByteArray::number(i), i));
        QVERIFY(!table.find("6"));
        QCOMPARE(*table.find("7"), 7);
        QVERIFY(!table.insert("9", 0));
        lab::Ring<int> ring(3);
        for (int i = 0; i < 5; ++i)
            ring.add(i);
        QCOMPARE(ring.entries(), QList<int>({2, 3, 4}));
    }

    void jtiIsTakenOnce()
    {
        const lab::Entropy entropy("jti");
        lab::Ledger ledger(entropy);
        QVERIFY(!ledger.jtiUsed(u"https://a"_s, "1"));
        QVERIFY(ledger.useJti(u"https://a"_s, "1"));
        QVERIFY(!ledger.useJti(u"https://a"_s, "1"));
        QVERIFY(ledger.useJti(u"https://b"_s, "1"));
        QVERIFY(ledger.jtiUsed(u"https://a"_s, "1"));
    }

    void tenantsStayApart() // L15
    {
        LabFixture lab;
        const auto setup = twoTenants();
        QVERIFY2(setup, qPrintable(setup ? QString() : setup.error().text));
        QVERIFY2(lab.play(*setup), qPrintable(lab.problem));
        const QString rival = lab.url(u"entra"_s) + u"/8c2f7d10-5b3e-4a96-9f81-d04e6b7c3a25"_s;

        const QJsonObject own = jsonOf(lab.get(lab.authority() + u"/discovery/v2.0/keys"_s)),
                          theirs = jsonOf(lab.get(rival + u"/discovery/v2.0/keys"_s));
        QVERIFY(own[u"keys"_s][0][u"kid"_s] != theirs[u"keys"_s][0][u"kid"_s]); // L03

        const auto newCode = [&lab] { // each has one try
            return lab.signIn(lab.authorizeRequest(lab.scope(u"web-api"_s, u"access_as_user"_s) + " offline_access")).value("code");
        };
        http::Form redeem {{"grant_type", "authorization_code"},
            {"client_id", lab.clientId(u"public-client"_s)}, {"code", newCode()},
            {"redirect_uri", LabFixture::redirectUri}, {"code_verifier", LabFixture::verifier}};
        QCOMPARE(lab.post(rival + u"/oauth2/v2.0/token"_s, redeem).status, 400);
        redeem[1].value = lab.clientId(u"rival-client"_s);
        redeem[2].value = newCode();
        QCOMPARE(lab.post(rival + u"/oauth2/v2.0/token"_s, redeem).status, 400);
        redeem[1].value = lab.clientId(u"public-client"_s);
        redeem[2].value = newCode();
        const auto tokens = lab.token(redeem);
        QCOMPARE(tokens.status, 200);

        QVERIFY(lab.post(rival + u"/oauth2/v2.0/token"_s,
                       {{"grant_type", "refresh_token"}, {"client_id", lab.clientId(u"rival-client"_s)},
                           {"refresh_token", member(tokens, "refresh_token")}, {"scope", "openid"}})
                    .status
            == 400);
        QCOMPARE(lab.post(rival + u"/oauth2/v2.0/token"_s,
                        {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                            {"client_id", lab.clientId(u"rival-api"_s)},
                            {"client_secret", lab.secret(u"rival-api"_s)},
                            {"assertion", member(tokens, "access_token")},
                            {"scope", "https://graph.microsoft.com/User.Read"},
                            {"requested_token_use", "on_behalf_of"}})
                     .status,
            400);
    }

    void oldKeysStayPublished() // L14
    {
        LabFixture lab;
        QVERIFY(lab.start());
        const QByteArray before
            = member(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token");
        const QByteArray user
            = member(lab.userToken("https://graph.microsoft.com/User.Read"), "access_token");
        QSignalSpy rotated(&lab.lab(), &lab::Lab::keysRotated);
        lab.lab().rotateKeys();
        QTRY_COMPARE_WITH_TIMEOUT(rotated.size(), 1, 30000);
        const QByteArray after
            = member(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token");
        const auto set = jose::readKeys(lab.get(lab.authority() + u"/discovery/v2.0/keys"_s).body);
        QCOMPARE(set->keys.size(), 2);
        for (const QByteArray& token : {before, after}) {
            const jose::Jwt jwt = jose::decode(token);
            QVERIFY(jose::signatureHolds(
                jwt, *set->find(jwt.header.root()["kid"].bytes()), *jose::algorithm("RS256")));
        }
        QVERIFY(jose::decode(before).header.root()["kid"].text()
            != jose::decode(after).header.root()["kid"].text());
        QCOMPARE(lab.get(lab.url(u"graph"_s) + u"/v1.0/me"_s,
                        http::Headers {http::Header {"Authorization", "Bearer " + user}})
                     .status,
            200);
    }

    void clockOfTheRunIsUsed()
    {
        const base::Instant then = *base::fromRfc3339(u"2031-05-06T07:08:09Z");
        LabFixture lab({.clock = [then] { return then; }});
        QVERIFY(lab.start());
        const QJsonObject c = claimsOf(
            member(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token"));
        QCOMPARE(c[u"iat"_s].toInteger() + 300, base::epochSeconds(then));
    }

    void es256WhenAskedFor()
    {
        LabFixture lab({.signing = "ES256"});
        QVERIFY(lab.start());
        const QByteArray token
            = member(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token");
        const jose::Jwt jwt = jose::decode(token);
        QCOMPARE(jwt.header.root()["alg"].text(), u"ES256"_s);
        const auto set = jose::readKeys(lab.get(lab.authority() + u"/discovery/v2.0/keys"_s).body);
        QVERIFY(jose::signatureHolds(
            jwt, *set->find(jwt.header.root()["kid"].bytes()), *jose::algorithm("ES256")));
        QCOMPARE(jose::decode(member(lab.userToken("openid"), "id_token")).header.root()["alg"].text(),
            u"RS256"_s);
    }
};

QTEST_GUILESS_MAIN(TestLabSafety)
#include "tst_labsafety.moc"
