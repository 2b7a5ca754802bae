// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/http/localsources.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = http::Failure::Kind;

namespace {

constexpr auto token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6YTpiIn0.c2lnbmF0dXJl";

/// Whoever is asked for what is not on this computer.
struct Network : http::Transport
{
    QByteArrayList asked {};
    void send(http::Request request, QObject*, http::Done done) override
    {
        asked.append(request.url);
        done({.request = request});
    }
};

} // namespace

/// Tokens out of files, variables and pastes are answers like any other; nothing else is ever read.
class TestLocal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void answers_data();
    void answers();
    void refuses_data();
    void refuses();
    void passesTheRestOn();
    void answersFromTheEventLoopAndNotWithoutContext();

private:
    QByteArray file(const QString& name, const QByteArray& text)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write");
        return "file://" + out.fileName().toUtf8();
    }
    QTemporaryDir m_folder {};
};

void TestLocal::answers_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("body");
    qputenv("TST_LOCAL_TOKEN", token);
    QTest::newRow("file") << file(u"token"_s, token) << QByteArray() << QByteArray(token);
    // kubelet and SPIFFE's helper end the file with a line break
    QTest::newRow("file with a line break") << file(u"svid"_s, QByteArray(token) + '\n') << QByteArray() << QByteArray(token);
    QTest::newRow("variable") << QByteArray("env:TST_LOCAL_TOKEN") << QByteArray() << QByteArray(token);
    QTest::newRow("paste") << QByteArray("paste:") << QByteArray(QByteArray("Bearer ") + token) << QByteArray(token);
    // entra.md 5.3: the Azure Arc agent's key file is no token
    QTest::newRow("key file of the Arc agent") << file(u"a.key"_s, "0123456789abcdef") << QByteArray() << QByteArray("0123456789abcdef");
}

void TestLocal::answers()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, body);
    const http::Exchange exchange = http::readLocally({.url = url, .headers = {{"Authorization", authorization}}}, {m_folder.path()});
    QVERIFY2(exchange.response, exchange.failure ? qPrintable(exchange.failure->text) : "");
    QVERIFY(!exchange.failure);
    QCOMPARE(exchange.response->status, 200);
    QCOMPARE(exchange.response->body, body);
}

void TestLocal::refuses_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("no such file") << QByteArray("file:///nowhere/azure-identity-token") << Kind::NotFound;
    QTest::newRow("no such variable") << QByteArray("env:TST_LOCAL_NOT_SET") << Kind::NotFound;
    QTest::newRow("a folder") << QByteArray("file://" + m_folder.path().toUtf8()) << Kind::NotAllowed;
    QTest::newRow("nothing pasted") << QByteArray("paste:") << Kind::NotFound;
    // What a setup from elsewhere might want to have sent
    QTest::newRow("a private key") << file(u"id_rsa"_s, "-----BEGIN PRIVATE KEY-----\nabc\n") << Kind::NotAllowed;
    QTest::newRow("passwd") << QByteArray("file:///etc/passwd") << Kind::NotAllowed;
    QTest::newRow("three words with dots") << file(u"words"_s, "a.b.c") << Kind::NotAllowed;
    QTest::newRow("longer than a token") << file(u"long"_s, QByteArray("ey") + QByteArray(20000, 'a') + ".b.c") << Kind::TooLong;
    QTest::newRow("key file too long") << file(u"b.key"_s, QByteArray(5000, 'a')) << Kind::TooLong;
    QTest::newRow("key file elsewhere") << QByteArray("file:///etc/ssl/private/a.key") << Kind::NotFound;
    qputenv("TST_LOCAL_SECRET", "Q8~a-client-secret-value");
    QTest::newRow("a variable that is no token") << QByteArray("env:TST_LOCAL_SECRET") << Kind::NotAllowed;
}

void TestLocal::refuses()
{
    QFETCH(QByteArray, url);
    QFETCH(Kind, kind);
    const http::Exchange exchange = http::readLocally({.url = url}, {m_folder.path()});
    QVERIFY(!exchange.response);
    QVERIFY(exchange.failure);
    QCOMPARE(exchange.failure->kind, kind);
}

void TestLocal::passesTheRestOn()
{
    Network network;
    http::LocalSources sources(network);
    sources.send({.url = "https://login.example/token"}, this, [](http::Exchange) {});
    QCOMPARE(network.asked, QByteArrayList {"https://login.example/token"});
    QVERIFY(!http::isLocalSource("https://file/"));
    QVERIFY(http::isLocalSource("file:///a"));
}

void TestLocal::answersFromTheEventLoopAndNotWithoutContext()
{
    Network network;
    http::LocalSources sources(network);
    qputenv("TST_LOCAL_TOKEN", token);
    int answered = 0;
    auto context = std::make_unique<QObject>();
    sources.send({.url = "env:TST_LOCAL_TOKEN"}, context.get(), [&](http::Exchange) { ++answered; });
    QCOMPARE(answered, 0);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(answered, 1);
    sources.send({.url = "env:TST_LOCAL_TOKEN"}, context.get(), [&](http::Exchange) { ++answered; });
    context.reset();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(answered, 1);
    QVERIFY(network.asked.isEmpty());
}

QTEST_GUILESS_MAIN(TestLocal)
#include "tst_http_local.moc"
