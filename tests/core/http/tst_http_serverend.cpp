// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "serverports.h"
#include "core/http/server.h"
#include "rawclient.h"

#include <QSemaphore>
#include <QProcess>
#include <QTest>

#include <atomic>
#include <ctime>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

/// How the server closes: in time, with the answers that are under way, and leaving nothing behind.
class ServerEndTest : public QObject
{
    Q_OBJECT

private slots:
    // Checklist L11.
    void stopsWithinASecond() // L11
    {
        auto server = std::make_unique<http::Server>(3);
        QSemaphore never, inside;
        const int port = server
                             ->listen(0,
                                 [&](const http::ServerRequest& r) {
                                     if (r.path == "/hang")
                                         return http::ServerResponse{.hang = true};
                                     inside.release();
                                     never.tryAcquire(1, 200);
                                     return http::ServerResponse{};
                                 })
                             .value_or(0);
        const QByteArray host = " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n\r\n";
        RawClient hanging(port), running(port), idle(port), half(port);
        hanging.send("GET /hang" + host);
        half.send("GET ");
        running.send("GET /" + host);
        QVERIFY(inside.tryAcquire(1, 5000));
        QElapsedTimer timer;
        timer.start();
        server.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        for (RawClient* c : {&hanging, &running, &idle, &half})
            QVERIFY(c->isClosed(1000));
        QVERIFY(isRefused(port));
    }

    // The redirect listener closes as soon as it has its answer; the browser still gets its page.
    void closingLetsTheAnswerOut()
    {
        for (int round = 0; round < 50; ++round) {
            http::Server server(2);
            QSemaphore inside;
            const QByteArray page(100000, 'p');
            const int port = server
                                 .listen(0,
                                     [&](const http::ServerRequest&) {
                                         inside.release();
                                         return http::ServerResponse{.body = page};
                                     })
                                 .value_or(0);
            RawClient client(port);
            client.send(get(port));
            QVERIFY(inside.tryAcquire(1, 5000));
            server.close(port);
            QVERIFY(isRefused(port));
            QCOMPARE(bodyOf(client.readToEnd()), page);
        }
    }

    void closingWaitsForTheHandler()
    {
        http::Server server(2);
        QSemaphore inside, never;
        std::atomic<bool> over = false;
        const int port = server
                             .listen(0,
                                 [&](const http::ServerRequest&) {
                                     inside.release();
                                     never.tryAcquire(1, 200);
                                     over = true;
                                     return http::ServerResponse{};
                                 })
                             .value_or(0);
        RawClient client(port);
        client.send(get(port));
        QVERIFY(inside.tryAcquire(1, 5000));
        server.close(port);
        QVERIFY(over);
    }

    void aHandlerMayCloseItsOwnPort()
    {
        http::Server server(1);
        int port = 0;
        port = server
                   .listen(0,
                       [&](const http::ServerRequest& r) {
                           server.close(r.port);
                           return http::ServerResponse{.body = "bye"};
                       })
                   .value_or(0);
        QVERIFY(RawClient(port).send(get(port)).readToEnd().endsWith("bye"));
        QVERIFY(isRefused(port));
    }

    // The browser that we start must not keep a port open.
    void childrenInheritNothing() // L11
    {
        http::Server server(1);
        const int port = server.listen(0, fine).value_or(0);
        RawClient client(port);
        client.send(get(port)).readAnswer();
        QProcess child;
        child.start(u"cat"_s, {});
        QVERIFY(child.waitForStarted());
        server.stop();
        QVERIFY(isRefused(port));
        QVERIFY(client.isClosed(1000));
        child.closeWriteChannel();
        QVERIFY(child.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(ServerEndTest)
#include "tst_http_serverend.moc"
