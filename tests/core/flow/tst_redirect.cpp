// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/redirect.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto state = "the-state";

/// One raw request; everything that comes back until the other side closes or half a second of nothing.
QByteArray raw(int port, const QByteArray& request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(port));
    if (!socket.waitForConnected(2000))
        return "refused";
    socket.write(request);
    QByteArray answer;
    while (socket.waitForReadyRead(2000)) {
        answer += socket.readAll();
        if (answer.contains("\r\n\r\n") && socket.state() != QAbstractSocket::ConnectedState)
            break;
        if (answer.contains("</html>") || answer.contains("303 "))
            break;
    }
    return answer;
}

QByteArray get(int port, const QByteArray& target, const QByteArray& host = {})
{
    return raw(port, "GET " + target + " HTTP/1.1\r\nHost: " + (host.isEmpty() ? "127.0.0.1:" + QByteArray::number(port) : host) + "\r\nConnection: close\r\n\r\n");
}

int statusOf(const QByteArray& answer) { return answer.mid(9, 3).toInt(); }

} // namespace

class TestRedirect : public QObject
{
    Q_OBJECT
private slots:
    void onlyTheOneAnswerCounts_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("taken");
        QTest::newRow("code and state") << QByteArray("/callback?code=c&state=the-state") << true;
        QTest::newRow("error and state") << QByteArray("/callback?error=access_denied&state=the-state") << true;
        QTest::newRow("other state") << QByteArray("/callback?code=c&state=other") << false;
        QTest::newRow("no state") << QByteArray("/callback?code=c") << false;
        QTest::newRow("state twice") << QByteArray("/callback?code=c&state=the-state&state=the-state") << false;
        QTest::newRow("two codes") << QByteArray("/callback?code=c&code=d&state=the-state") << false;
        QTest::newRow("code and error") << QByteArray("/callback?code=c&error=e&state=the-state") << false;
        QTest::newRow("neither") << QByteArray("/callback?state=the-state") << false;
        QTest::newRow("other path") << QByteArray("/callback/x?code=c&state=the-state") << false;
        QTest::newRow("favicon") << QByteArray("/favicon.ico") << false;
    }
    void onlyTheOneAnswerCounts() // C09, C12
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, taken);
        flow::RedirectListener listener;
        QSignalSpy answered(&listener, &flow::RedirectListener::answered);
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        const QByteArray reply = get(*port, target);
        QVERIFY(taken ? statusOf(reply) == 303 : statusOf(reply) >= 400);
        if (taken)
            QTRY_COMPARE(answered.count(), 1);
        QCOMPARE(answered.count(), taken ? 1 : 0);
    }

    void foreignHostsAndMethodsChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("DNS rebinding") << QByteArray("GET /callback?code=c&state=the-state HTTP/1.1\r\nHost: evil.test\r\n\r\n");
        QTest::newRow("POST") << QByteArray("POST /callback?code=c&state=the-state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("localhost, another name for the same") << QByteArray("GET /callback?code=c&state=the-state HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n");
        QTest::newRow("without the port") << QByteArray("GET /callback?code=c&state=the-state HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QTest::newRow("HTTP/1.0 without a host") << QByteArray("GET /callback?code=c&state=the-state HTTP/1.0\r\n\r\n");
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\r\n\r\n");
    }
    void foreignHostsAndMethodsChangeNothing() // C13
    {
        QFETCH(QByteArray, head);
        flow::RedirectListener listener;
        QSignalSpy answered(&listener, &flow::RedirectListener::answered);
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        const QByteArray reply = raw(*port, head.replace("PORT", QByteArray::number(*port)));
        QVERIFY(statusOf(reply) >= 400);
        // The real answer still goes through.
        get(*port, "/callback?code=c&state=the-state");
        QTRY_COMPARE(answered.count(), 1);
    }

    void thePageHoldsNothingOfTheRequest() // C14
    {
        flow::RedirectListener listener;
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        const QByteArray first = get(*port, "/callback?code=canary-code&state=the-state&error_description=%3Cscript%3E");
        QVERIFY(!first.mid(first.indexOf("\r\n\r\n")).contains("canary"));
        const QByteArray done = get(*port, "/done");
        QCOMPARE(statusOf(done), 200);
        QVERIFY(!done.contains("canary") && !done.contains("the-state") && !done.contains("<script"));
        QVERIFY(done.contains("default-src 'none'") && done.contains("no-store") && done.contains("no-referrer") && done.contains("nosniff"));
    }

    void aSecondAnswerIsToldAndNotUsed() // C09, X15
    {
        flow::RedirectListener listener;
        QSignalSpy answered(&listener, &flow::RedirectListener::answered);
        QSignalSpy ignored(&listener, &flow::RedirectListener::ignored);
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        get(*port, "/callback?code=c&state=the-state");
        QCOMPARE(statusOf(get(*port, "/callback?code=d&state=the-state")), 400);
        QTRY_COMPARE(ignored.count(), 1);
        QCOMPARE(answered.count(), 1);
        QCOMPARE(answered.front().at(0).value<http::Form>().value("code"), QByteArray("c"));
    }

    void thePortIsItsOwnAndClosesAfterTheAnswer() // C01, C03, C04
    {
        flow::RedirectListener listener;
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        QTcpServer other;
        QVERIFY(!other.listen(QHostAddress(QHostAddress::LocalHost), quint16(*port)));
        get(*port, "/callback?code=c&state=the-state");
        QTRY_VERIFY_WITH_TIMEOUT(!listener.isOpen(), 1500);
        QCOMPARE(get(*port, "/"), QByteArray("refused"));
    }

    void portsDiffer() // C02
    {
        QSet<int> ports;
        for (int i = 0; i < 20; ++i) {
            flow::RedirectListener listener;
            ports.insert(*listener.open("/callback", state));
        }
        QVERIFY(ports.size() >= 15);
    }

    void aPastedAddressIsJudgedLikeARealOne_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("taken");
        QTest::newRow("good") << QByteArray(" http://127.0.0.1:1/callback?code=c&state=the-state\n") << true;
        QTest::newRow("other state") << QByteArray("http://127.0.0.1:1/callback?code=c&state=x") << false;
        QTest::newRow("other page") << QByteArray("https://issuer.example/login") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void aPastedAddressIsJudgedLikeARealOne()
    {
        QFETCH(QByteArray, url);
        QFETCH(bool, taken);
        flow::RedirectListener listener;
        QSignalSpy answered(&listener, &flow::RedirectListener::answered);
        QVERIFY(listener.open("/callback", state));
        const auto pasted = listener.paste(url);
        QCOMPARE(pasted.has_value(), taken);
        QCOMPARE(answered.count(), taken ? 1 : 0);
        if (!taken)
            QVERIFY(!pasted.error().text.isEmpty());
    }

    void idleConnectionsDoNotBlockTheAnswer() // C15
    {
        flow::RedirectListener listener;
        QSignalSpy answered(&listener, &flow::RedirectListener::answered);
        const auto port = listener.open("/callback", state);
        QVERIFY(port);
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 50; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            idle.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(*port));
            QVERIFY(idle.back()->waitForConnected(2000));
            idle.back()->write("GET /call");
        }
        get(*port, "/callback?code=c&state=the-state");
        QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, 1000);
    }
};

QTEST_GUILESS_MAIN(TestRedirect)
#include "tst_redirect.moc"
