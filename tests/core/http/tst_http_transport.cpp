// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/http/server.h"
#include "core/http/transport.h"
#include "stub.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <atomic>

using namespace Qt::StringLiterals;
using Kind = http::Failure::Kind;

class TransportTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<http::NetworkTransport> m_transport;
    http::Exchange get(const QByteArray& url) { return sendAndWait(*m_transport, {.url = url}); }

private slots:
    void init() { m_transport = std::make_unique<http::NetworkTransport>(shortLimits()); }

    void sendsWhatIsGiven()
    {
        Stub stub(says("HTTP/1.1 201 Made\r\nContent-Length: 2\r\nX-B: 1\r\nX-A: 2\r\n\r\nok"));
        const http::Request request{"PATCH", stub.url("/a%20b/c%2Fd?x=%26&y=+%2B&z=%C3%A9"),
            {{"X-One", "1"}, {"Content-Type", "application/json"}, {"x-two", " 2"}}, "{\"a\":1}"};
        m_transport->setClock([] { return base::fromEpochSeconds(1234); });
        const http::Exchange e = sendAndWait(*m_transport, request);
        QCOMPARE(e.request, request);
        QCOMPARE(e.started, base::fromEpochSeconds(1234));
        QVERIFY(e.response && !e.failure);
        QCOMPARE(e.response->status, 201);
        QCOMPARE(e.response->reason, "Made"_ba);
        QCOMPARE(e.response->headers, (http::Headers{{"Content-Length", "2"}, {"X-B", "1"}, {"X-A", "2"}}));
        QCOMPARE(e.response->body, "ok"_ba);
        QVERIFY(!e.response->truncated);
        QVERIFY(e.timings.firstByte >= 0 && e.timings.finished >= e.timings.firstByte);
        const QByteArray wire = stub.requests.value(0);
        QVERIFY2(wire.startsWith("PATCH /a%20b/c%2Fd?x=%26&y=+%2B&z=%C3%A9 HTTP/1.1\r\n"), wire.constData());
        QVERIFY(wire.contains("\r\nX-One: 1\r\n") && wire.contains("\r\nContent-Type: application/json\r\n")
            && wire.endsWith("\r\n\r\n{\"a\":1}"));
    }

    void addsNothingThatNamesThisComputer() // P05
    {
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n"));
        const http::Exchange e = get(stub.url());
        QCOMPARE(e.response->headers.size(), 3); // two cookies stay two
        get(stub.url());
        const QByteArray wire = stub.requests.value(1);
        QVERIFY2(wire.startsWith("GET / HTTP/1.1\r\n"), wire.constData());
        QVERIFY(wire.contains("\r\nUser-Agent: Trustwalk/" TRUSTWALK_VERSION "\r\n"));
        QVERIFY(wire.contains("\r\nAccept-Encoding: identity\r\n")
            && wire.contains("\r\nAccept-Language: en\r\n"));
        for (const char* no : {"Mozilla", "Cookie", "Referer", "Upgrade", "HTTP2", "If-", "Content-Type"})
            QVERIFY2(!wire.contains(no), wire.constData());
        sendAndWait(*m_transport,
            {.url = stub.url(), .headers = {{"user-agent", "mine"}, {"Accept", "a"}, {"accept", "b"}}});
        QVERIFY(!stub.requests.value(2).contains("Trustwalk") && stub.requests.value(2).contains("mine"));
        QVERIFY(stub.requests.value(2).contains("a, b"));
    }

    void everyStatusIsAnAnswer_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {200, 204, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 407, 409, 410,
                 418, 429, 500, 501, 502, 503, 504, 599})
            QTest::addRow("%d", status) << status;
    }
    void everyStatusIsAnAnswer()
    {
        QFETCH(int, status);
        const QByteArray body = status == 204 || status == 304 ? "" : "{\"error\":\"x\"}";
        Stub stub(says("HTTP/1.1 " + QByteArray::number(status)
            + " Some\r\nLocation: http://127.0.0.1:1/\r\nRetry-After: 1\r\nWWW-Authenticate: Bearer "
              "a=\"b\"\r\n"
              "Proxy-Authenticate: Basic realm=\"x\"\r\n"
            + (body.isEmpty() ? "" : "Content-Length: 13\r\n") + "\r\n" + body));
        for (const char* method : {"GET", "POST"}) {
            const http::Exchange e
                = sendAndWait(*m_transport, {.method = method, .url = stub.url(), .body = "b"});
            QVERIFY2(!e.failure, e.failure ? qPrintable(e.failure->text) : "");
            QCOMPARE(e.response->status, status);
            QCOMPARE(e.response->body, body);
        }
        QCOMPARE(stub.requests.size(), 2); // no redirect, no second try
    }

    void basicChallengesAreAnswersToo()
    {
        Stub stub(
            says("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 4\r\n\r\nbody"));
        const http::Exchange e = get(stub.url());
        QVERIFY(e.response && !e.failure);
        QCOMPARE(e.response->body, "body"_ba);
        QCOMPARE(stub.requests.size(), 1);
    }

    void headIsHead()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"));
        const http::Exchange e = sendAndWait(*m_transport, {.method = "HEAD", .url = stub.url()});
        QVERIFY(!e.failure);
        QCOMPARE(e.response->headers.value("Content-Length"), "100"_ba);
        QVERIFY(!e.response->truncated);
    }

    void refusesToSend_data()
    {
        QTest::addColumn<http::Request>("request");
        const auto url = [](const char* u) { QTest::newRow(u) << http::Request{.url = u}; };
        url("http://example.test/");
        url("http://127.0.0.1.evil.test/");
        url("http://127.0.0.1@evil.test/");
        url("http://user:pass@127.0.0.1/");
        url("https://user:pass@127.0.0.1/");
        url("http://0x7f.0.0.1/");
        url("http://2130706433/");
        url("http://127.1/");
        url("http://0.0.0.0/");
        url("http://10.0.0.1/");
        url("http://169.254.169.253/");
        url("http://169.254.169.254.evil.test/");
        url("http://127.0.0.1\\@evil.test/");
        url("ftp://127.0.0.1/");
        url("file:///etc/passwd");
        url("javascript:alert(1)");
        url("data:text/plain,x");
        url("//127.0.0.1/");
        url("/path");
        url("gopher://h/?client_secret=s3cr3t#access_token=s3cr3t");
        url("https://");
        url("https:///x");
        url("");
        url("https://h o/");
        QTest::newRow("method") << http::Request{.method = "GET /x", .url = "https://127.0.0.1/"};
        QTest::newRow("method break") << http::Request{.method = "GET\r\nX:", .url = "https://127.0.0.1/"};
        QTest::newRow("header value")
            << http::Request{.url = "https://127.0.0.1/", .headers = {{"X", "a\r\nY: b"}}};
        QTest::newRow("header name") << http::Request{.url = "https://127.0.0.1/", .headers = {{"X\n", "a"}}};
        QTest::newRow("empty header name")
            << http::Request{.url = "https://127.0.0.1/", .headers = {{"", "a"}}};
    }
    void refusesToSend()
    {
        QFETCH(http::Request, request);
        const http::Exchange e = sendAndWait(*m_transport, request);
        QVERIFY(!e.response);
        QCOMPARE(e.failure->kind, Kind::NotAllowed);
        QVERIFY(!e.failure->text.contains(u"s3cr3t"_s));
        QVERIFY2(e.failure->text.startsWith(u"Not sent: "_s), qPrintable(e.failure->text));
        QCOMPARE(e.request, request);
    }

    void plainHttpIsForLoopback_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("v4") << "127.0.0.1"_ba;
        QTest::newRow("name") << "localhost"_ba;
        QTest::newRow("capitals") << "LOCALHOST"_ba;
    }
    void plainHttpIsForLoopback() // C18
    {
        QFETCH(QByteArray, host);
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const http::Exchange e = get("http://" + host + ':' + QByteArray::number(stub.serverPort()) + '/');
        QVERIFY2(e.response, e.failure ? qPrintable(e.failure->text) : "");
    }

    void loopbackNeedsNoProxy()
    {
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("all_proxy", "http://127.0.0.1:1");
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const http::Exchange e = get(stub.url());
        qunsetenv("http_proxy");
        qunsetenv("all_proxy");
        QVERIFY2(e.response, e.failure ? qPrintable(e.failure->text) : "");
    }

    void refusedConnections()
    {
        Stub stub(says({}));
        const QByteArray url = stub.url();
        stub.close();
        const http::Exchange e = get(url);
        QCOMPARE(e.failure->kind, Kind::Refused);
        QVERIFY(e.failure->text.contains(u"127.0.0.1:"_s));
        QVERIFY(!e.response);
    }

    void unknownNames() { QCOMPARE(get("https://no-such-name.invalid/").failure->kind, Kind::NotFound); }

    void whoDiesIsNotCalled()
    {
        Stub stub([](QTcpSocket&) {});
        auto context = std::make_unique<QObject>();
        bool called = false;
        m_transport->send({.url = stub.url()}, context.get(), [&](const http::Exchange&) { called = true; });
        QTRY_COMPARE(stub.requests.size(), 1);
        context.reset();
        QTRY_COMPARE(stub.ended, 1); // the request ends with whoever asked
        context = std::make_unique<QObject>();
        m_transport->send(
            {.url = "http://evil.test/"}, context.get(), [&](const http::Exchange&) { called = true; });
        m_transport->send({.url = stub.url()}, context.get(), [&](const http::Exchange&) { called = true; });
        context.reset();
        sendAndWait(*m_transport, {.url = "http://evil.test/"});
        QVERIFY(!called);
    }

    void theTransportMayEndFirst()
    {
        Stub stub([](QTcpSocket&) {});
        QObject context;
        bool called = false;
        m_transport->send({.url = stub.url()}, &context, [&](const http::Exchange&) { called = true; });
        QTRY_COMPARE(stub.requests.size(), 1);
        m_transport.reset();
        QTRY_COMPARE(stub.ended, 1);
        QVERIFY(!called);
    }

    void theAnswerMayEndTheTransport()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + QByteArray(1000000, 'x')));
        QObject context;
        bool called = false;
        m_transport->send({.url = stub.url()}, &context, [&](const http::Exchange&) {
            m_transport.reset();
            called = true;
        });
        QTRY_VERIFY(called);
    }

    void manyAtOnce()
    {
        http::Server server(2);
        const int port
            = server
                  .listen(
                      0, [](const http::ServerRequest& r) { return http::ServerResponse{.body = r.query}; })
                  .value_or(0);
        QObject context;
        int right = 0;
        for (int i = 0; i < 60; ++i) {
            const QByteArray n = QByteArray::number(i);
            m_transport->send({.url = "http://127.0.0.1:" + QByteArray::number(port) + "/?" + n}, &context,
                [&right, n](const http::Exchange& e) { right += e.response && e.response->body == n; });
        }
        QTRY_COMPARE(right, 60);
    }
};

QTEST_GUILESS_MAIN(TransportTest)
#include "tst_http_transport.moc"
