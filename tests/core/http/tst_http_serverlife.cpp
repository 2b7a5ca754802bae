// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "serverports.h"
#include "core/http/server.h"
#include "rawclient.h"

#include <QSemaphore>
#include <QFile>
#include <QTest>

#include <atomic>
#include <ctime>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// Whether somebody who asks for shared addresses gets to listen on that port too.
bool canListenToo(int port, quint32 address, bool reusePort)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (reusePort)
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(static_cast<quint16>(port));
    name.sin_addr.s_addr = htonl(address);
    const bool can = ::bind(fd, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0 && ::listen(fd, 1) == 0;
    ::close(fd);
    return can;
}

/// The local addresses on which this process's machine listens at that port, as /proc writes them.
QByteArrayList listeningAddresses(int port)
{
    QByteArrayList found;
    const QByteArray suffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    for (const QString& table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QByteArrayList fields = line.simplified().split(' ');
            if (fields.value(3) == "0A" && fields.value(1).endsWith(suffix))
                found.append(fields.value(1).split(':').first());
        }
    }
    return found;
}

} // namespace

/// Many connections, ports, time, ends: what a server does besides answering.
class ServerLifeTest : public QObject
{
    Q_OBJECT

private slots:
    // Checklist C01, L01.
    void listensOnLoopbackOnly() // C01, L01
    {
        http::Server server;
        const int port = server.listen(0, fine).value_or(0);
        QCOMPARE(listeningAddresses(port), QByteArrayList{"0100007F"});
    }

    // Checklist C03.
    void holdsItsPortAlone() // C03, X14
    {
        http::Server server, other;
        const int port = server.listen(0, fine).value_or(0);
        const auto second = other.listen(port, fine);
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"port-taken"_s);
        QVERIFY(second.error().text.contains(QString::number(port)));
        QVERIFY(!server.listen(port, fine));
        for (const bool reusePort : {false, true}) {
            QVERIFY(!canListenToo(port, INADDR_LOOPBACK, reusePort));
            QVERIFY(!canListenToo(port, INADDR_ANY, reusePort));
        }
        QCOMPARE(statusOf(RawClient(port).send(get(port)).readAnswer()), 200);
    }

    void refusesWhatIsNoPort()
    {
        http::Server server;
        QCOMPARE(server.listen(-1, fine).error().code, u"port-invalid"_s);
        QCOMPARE(server.listen(65536, fine).error().code, u"port-invalid"_s);
    }

    // A fixed port is free again at once, although our side closed first and the system remembers the
    // connection.
    void takesItsPortAgainAtOnce()
    {
        int port = 0;
        for (int round = 0; round < 5; ++round) {
            http::Server server;
            const auto got = server.listen(port, fine);
            QVERIFY2(got, got ? "" : qPrintable(got.error().text));
            port = *got;
            QVERIFY(RawClient(port).send(get(port, "Connection: close\r\n")).readToEnd().endsWith("fine"));
        }
        http::Server server;
        QVERIFY(server.listen(port, fine));
        server.close(port);
        QVERIFY(server.listen(port, fine));
        server.stop();
        QVERIFY(server.listen(port, fine));
        QCOMPARE(statusOf(RawClient(port).send(get(port)).readAnswer()), 200);
    }

    void differentPortsDifferentHandlers()
    {
        http::Server server;
        const int a = server
                          .listen(0,
                              [](const http::ServerRequest& r) {
                                  return http::ServerResponse{.body = "a" + QByteArray::number(r.port)};
                              })
                          .value_or(0);
        const int b
            = server.listen(0, [](const http::ServerRequest&) { return http::ServerResponse{.body = "b"}; })
                  .value_or(0);
        QCOMPARE(bodyOf(RawClient(a).send(get(a)).readAnswer()), QByteArray("a" + QByteArray::number(a)));
        server.close(a);
        QVERIFY(isRefused(a));
        QCOMPARE(bodyOf(RawClient(b).send(get(b)).readAnswer()), "b"_ba);
    }

    // Checklist C15: who is slow hurts nobody else.
    void idleConnectionsBlockNobody() // C15
    {
        http::Server server(1);
        const int port = server.listen(0, fine).value_or(0);
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 50; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            RawClient::connectTo(*idle.back(), port);
            if (i % 2)
                RawClient(*idle.back()).send("GET / HTTP/1.1\r\nHo");
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(statusOf(RawClient(port).send(get(port)).readAnswer()), 200);
        QVERIFY(timer.elapsed() < 1000);
    }

    // Checklist C16.
    void connectionsAreBounded() // C16, L08
    {
        http::Server server(2, {.connections = 10});
        const int port = server.listen(0, fine).value_or(0);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 300; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            RawClient::connectTo(*sockets.back(), port);
        }
        const auto open = [&] {
            return std::count_if(sockets.begin(), sockets.end(),
                [](const auto& s) { return s->state() == QAbstractSocket::ConnectedState; });
        };
        QTRY_COMPARE(open(), 10);
        QCOMPARE(statusOf(RawClient(*sockets.front()).send(get(port)).readAnswer()), 200);
        sockets.clear();
        QTRY_COMPARE(statusOf(RawClient(port).send(get(port)).readAnswer(true, 200)), 200);
    }

    // Out of descriptors it waits, quietly, and goes on when there are some again.
    void survivesHavingNoDescriptors()
    {
        http::Server server(1);
        const int port = server.listen(0, fine).value_or(0);
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        QTcpSocket first;
        RawClient::connectTo(first, port);
        QCOMPARE(statusOf(RawClient(first).send(get(port)).readAnswer()), 200);
        QTcpSocket socket;
        const int next = ::dup(0); // the lowest free descriptor
        ::close(next);
        const rlimit few{static_cast<rlim_t>(next) + 1, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
        RawClient::connectTo(socket, port); // takes the last one; the server gets none
        const std::clock_t cpu = std::clock();
        const QByteArray none = RawClient(socket).send(get(port)).readAnswer(true, 1500);
        const std::clock_t used = std::clock() - cpu;
        ::setrlimit(RLIMIT_NOFILE, &before);
        QCOMPARE(none, ""_ba);
        QVERIFY2(used < CLOCKS_PER_SEC / 2, qPrintable(QString::number(used)));
        QCOMPARE(statusOf(RawClient(socket).readAnswer()), 200);
    }

    void idleConnectionsEnd() // L08
    {
        http::Server server(1, {.idleSeconds = 1});
        const int port = server.listen(0, fine).value_or(0);
        RawClient silent(port), kept(port);
        QCOMPARE(statusOf(kept.send(get(port)).readAnswer()), 200);
        QVERIFY(silent.isClosed(4000));
        QVERIFY(kept.isClosed(4000));
    }

    // A byte now and then does not buy time.
    void drippingEnds()
    {
        http::Server server(1, {.idleSeconds = 1});
        const int port = server.listen(0, fine).value_or(0);
        RawClient client(port);
        QElapsedTimer timer;
        timer.start();
        while (!client.isClosed(100) && timer.elapsed() < 5000)
            client.send("G");
        QVERIFY(timer.elapsed() < 4000);
    }

    void slowHandlersAreNotCutOff()
    {
        http::Server server(2, {.idleSeconds = 1});
        QSemaphore go;
        const int port = server
                             .listen(0,
                                 [&](const http::ServerRequest&) {
                                     go.tryAcquire(1, 2500);
                                     return http::ServerResponse{.body = "late"};
                                 })
                             .value_or(0);
        QCOMPARE(bodyOf(RawClient(port).send(get(port)).readAnswer()), "late"_ba);
    }

    void faults()
    {
        http::Server server(1);
        std::atomic<int> seen = 0;
        const int port
            = server
                  .listen(0,
                      [&](const http::ServerRequest& r) {
                          ++seen;
                          return http::ServerResponse{.hang = r.path == "/hang", .drop = r.path == "/drop"};
                      })
                  .value_or(0);
        const QByteArray host = " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n\r\n";
        QCOMPARE(RawClient(port).send("GET /drop" + host).readToEnd(), ""_ba);
        RawClient hanging(port);
        hanging.send("GET /hang" + host);
        QCOMPARE(hanging.readToEnd(300), ""_ba);
        QCOMPARE(hanging.socket().state(), QAbstractSocket::ConnectedState);
        hanging.send("GET /other" + host); // nobody answers this either
        QCOMPARE(hanging.readToEnd(200), ""_ba);
        QCOMPARE(seen, 2);
        server.close(port);
        QVERIFY(hanging.isClosed(1000));
    }

    void manyAtOnce()
    {
        http::Server server(2);
        std::atomic<int> seen = 0;
        const int port = server
                             .listen(0,
                                 [&](const http::ServerRequest&) {
                                     ++seen;
                                     return http::ServerResponse{.body = "x"};
                                 })
                             .value_or(0);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 40; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            RawClient::connectTo(*sockets.back(), port);
            RawClient(*sockets.back()).send(get(port).repeated(20));
        }
        for (const auto& s : sockets) {
            RawClient client(*s);
            for (int i = 0; i < 20; ++i)
                QCOMPARE(bodyOf(client.readAnswer()), "x"_ba);
        }
        QCOMPARE(seen, 800);
    }
};

QTEST_GUILESS_MAIN(ServerLifeTest)
#include "tst_http_serverlife.moc"
