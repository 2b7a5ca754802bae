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

/// What a server can do wrong, and what is left of its answer.
class TransportFaultsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<http::NetworkTransport> m_transport;
    http::Exchange get(const QByteArray& url) { return sendAndWait(*m_transport, {.url = url}); }

private slots:
    void init() { m_transport = std::make_unique<http::NetworkTransport>(shortLimits()); }

    // X02, X05, C25: whatever happens, a request goes out once.
    void goesOutOnce_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("start");
        for (const char* start : {"", "HTTP/1.1 2"}) {
            QTest::addRow("POST, \"%s\"", start) << "POST"_ba
                                                 << "grant_type=x"_ba << QByteArray(start);
            QTest::addRow("POST without body, \"%s\"", start) << "POST"_ba
                                                              << ""_ba << QByteArray(start);
            QTest::addRow("GET, \"%s\"", start) << "GET"_ba
                                                << ""_ba << QByteArray(start);
            QTest::addRow("DELETE, \"%s\"", start) << "DELETE"_ba
                                                   << ""_ba << QByteArray(start);
        }
    }
    void goesOutOnce()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, start);
        Stub stub(says(start));
        const http::Exchange e
            = sendAndWait(*m_transport, {.method = method, .url = stub.url(), .body = body});
        QVERIFY(!e.response);
        QVERIFY2(e.failure->kind == Kind::Closed, qPrintable(e.failure->text));
        QCOMPARE(stub.requests.size(), 1);
    }

    void goesOutOnceWhenReset()
    {
        Stub stub([](QTcpSocket& s) { s.abort(); });
        QVERIFY(!get(stub.url()).response);
        QCOMPARE(stub.requests.size(), 1);
        http::Server server(1);
        std::atomic<int> seen = 0;
        const int port = server
                             .listen(0,
                                 [&](const http::ServerRequest&) {
                                     ++seen;
                                     return http::ServerResponse{.drop = true};
                                 })
                             .value_or(0);
        const http::Exchange e = sendAndWait(*m_transport,
            {.method = "POST", .url = "http://127.0.0.1:" + QByteArray::number(port) + '/', .body = "x"});
        QCOMPARE(e.failure->kind, Kind::Closed);
        QCOMPARE(seen, 1);
    }

    // X02.
    void cutBodiesStayPartial_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"_ba;
        QTest::newRow("chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"_ba;
        QTest::newRow("inside a chunk")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\npart"_ba;
        QTest::newRow("error status") << "HTTP/1.1 400 Bad\r\nContent-Length: 100\r\n\r\npart"_ba;
    }
    void cutBodiesStayPartial() // X02
    {
        QFETCH(QByteArray, answer);
        Stub stub(says(answer));
        const http::Exchange e = get(stub.url());
        QVERIFY(e.response && e.failure);
        QCOMPARE(e.response->body, "part"_ba);
        QVERIFY(e.response->truncated);
        QCOMPARE(e.failure->kind, Kind::Closed);
    }

    void bodiesWithoutLengthEndWithTheConnection()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\n\r\nall"));
        const http::Exchange e = get(stub.url());
        QVERIFY(!e.failure && !e.response->truncated);
        QCOMPARE(e.response->body, "all"_ba);
    }

    void whatIsNotHttpIsSaid_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("ssh") << "SSH-2.0-OpenSSH_9.2\r\n"_ba;
        QTest::newRow("html") << "<html></html>\r\n\r\n"_ba;
        QTest::newRow("binary") << QByteArray("\x15\x03\x03\x00\x02\x02\x16\x00\x00\x00\x00\x00\x00", 13);
    }
    void whatIsNotHttpIsSaid()
    {
        QFETCH(QByteArray, answer);
        Stub stub(says(answer));
        const http::Exchange e = get(stub.url());
        QVERIFY(!e.response);
        QVERIFY2(
            e.failure->kind == Kind::Other || e.failure->kind == Kind::Closed, qPrintable(e.failure->text));
        QCOMPARE(stub.requests.size(), 1);
    }

    // X03.
    void silenceEnds() // X03
    {
        Stub stub([](QTcpSocket&) {});
        QElapsedTimer timer;
        timer.start();
        const http::Exchange e = get(stub.url());
        QCOMPARE(e.failure->kind, Kind::Timeout);
        QVERIFY2(e.failure->text.contains(u"500 ms"_s), qPrintable(e.failure->text));
        QVERIFY(timer.elapsed() >= 450 && timer.elapsed() < 1400);
        QTRY_COMPARE(stub.ended, 1);
    }
    void drippingEnds() // X03
    {
        QTimer drip;
        Stub stub([&](QTcpSocket& s) {
            s.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            connect(&drip, &QTimer::timeout, &s, [&s] { s.write("x"); });
            drip.start(100);
        });
        const http::Exchange e = get(stub.url());
        QCOMPARE(e.failure->kind, Kind::Timeout);
        QVERIFY2(e.failure->text.contains(u"1500 ms"_s), qPrintable(e.failure->text));
        QVERIFY(e.response && e.response->truncated && e.response->body.startsWith("xxx"));
    }

    // X07.
    void tooLongIsCutOff()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + QByteArray(200000, 'x')));
        const http::Exchange e = get(stub.url());
        QVERIFY(e.response && e.response->truncated);
        QCOMPARE(e.response->body.size(), 64 * 1024);
        QCOMPARE(e.failure->kind, Kind::TooLong);
        QVERIFY(e.failure->text.contains(u"65536 bytes"_s));
    }
    void exactlyTheLimitIsWhole()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n" + QByteArray(65536, 'x')));
        const http::Exchange e = get(stub.url());
        QVERIFY(!e.failure && !e.response->truncated);
        QCOMPARE(e.response->body.size(), 65536);
    }
    void endlessIsCutOff() // X07
    {
        m_transport
            = std::make_unique<http::NetworkTransport>(http::TransportLimits{.body = 8 * 1024 * 1024});
        qint64 written = 0;
        const QByteArray block(1024 * 1024, 'x');
        Stub stub([&](QTcpSocket& s) {
            s.write("HTTP/1.1 200 OK\r\n\r\n");
            const auto more = [&] { written += s.bytesToWrite() < 2 * block.size() ? s.write(block) : 0; };
            connect(&s, &QTcpSocket::bytesWritten, &s, more);
            more();
        });
        const http::Exchange e = get(stub.url());
        QCOMPARE(e.failure->kind, Kind::TooLong);
        QCOMPARE(e.response->body.size(), 8 * 1024 * 1024);
        QTRY_COMPARE(stub.ended, 1);
        QVERIFY2(written < 64 * 1024 * 1024, qPrintable(QString::number(written)));
    }
    void compressedStaysAsItCame()
    {
        const QByteArray bomb = QByteArray::fromHex("1f8b0800000000000203") + QByteArray(1000, '\0');
        Stub stub(says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1010\r\n\r\n" + bomb));
        const http::Exchange e = get(stub.url());
        QVERIFY(!e.failure);
        QCOMPARE(e.response->body, bomb);
    }
    void manyHeadersEnd()
    {
        Stub stub(says("HTTP/1.1 200 OK\r\n" + QByteArray("X: y\r\n").repeated(200000) + "\r\n"));
        const http::Exchange e = get(stub.url());
        QVERIFY(e.failure);
        qint64 kept = 0;
        for (const http::Header& header : e.response ? e.response->headers : http::Headers())
            kept += header.name.size() + header.value.size();
        QVERIFY2(kept <= http::TransportLimits().head, qPrintable(QString::number(kept)));
    }
};

QTEST_GUILESS_MAIN(TransportFaultsTest)
#include "tst_http_transport_faults.moc"
