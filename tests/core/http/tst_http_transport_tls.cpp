// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "certificates.h"
#include "core/http/server.h"
#include "core/http/transport.h"
#include "stub.h"

#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using Kind = http::Failure::Kind;

/// Checklist C18, X04: each way in which TLS can be wrong has its own explanation, and nothing is sent.
class TransportTlsTest : public QObject
{
    Q_OBJECT

private:
    Certificates m_certificates;
    http::Server m_server{2};
    std::atomic<int> m_seen = 0;
    QHash<QString, int> m_ports;

    void serve(const QString& name, const http::TlsIdentity& identity)
    {
        m_ports[name] = m_server
                            .listen(
                                0,
                                [this](const http::ServerRequest& r) {
                                    ++m_seen;
                                    return http::ServerResponse{.body = r.body};
                                },
                                &identity)
                            .value_or(0);
    }
    QByteArray url(const QByteArray& host, const QString& name) const
    {
        return "https://" + host + ':' + QByteArray::number(m_ports[name]) + '/';
    }

private slots:
    void initTestCase()
    {
        serve(u"good"_s, m_certificates.leaf(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
        serve(u"ended"_s, m_certificates.leaf(u"ended"_s, u"DNS:localhost,IP:127.0.0.1"_s, -1));
        serve(u"name"_s, m_certificates.leaf(u"name"_s, u"DNS:other.test"_s));
        serve(u"ended-and-name"_s, m_certificates.leaf(u"both"_s, u"DNS:other.test"_s, -1));
        QVERIFY(m_certificates.isComplete());
    }

    void trustsTheExtraAuthority_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("address") << "127.0.0.1"_ba;
        QTest::newRow("name") << "localhost"_ba;
    }
    void trustsTheExtraAuthority()
    {
        QFETCH(QByteArray, host);
        http::NetworkTransport transport(shortLimits());
        transport.setExtraAuthorities(m_certificates.authority());
        for (int i = 0; i < 3; ++i) {
            const http::Exchange e
                = sendAndWait(transport, {.method = "POST", .url = url(host, u"good"_s), .body = "secret"});
            QVERIFY2(e.response, e.failure ? qPrintable(e.failure->text) : "");
            QCOMPARE(e.response->body, "secret"_ba);
            QVERIFY(e.timings.encrypted >= 0 && e.timings.firstByte >= e.timings.encrypted);
        }
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<bool>("authority");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown authority")
            << u"good"_s << false << int(Kind::TlsUntrusted) << u"test-authority"_s;
        QTest::newRow("ended") << u"ended"_s << true << int(Kind::TlsExpired) << u"ended on"_s;
        QTest::newRow("another name") << u"name"_s << true << int(Kind::TlsName) << u"other.test"_s;
        QTest::newRow("ended, and another name")
            << u"ended-and-name"_s << true << int(Kind::TlsExpired) << u"ended on"_s;
        QTest::newRow("ended, and unknown")
            << u"ended"_s << false << int(Kind::TlsUntrusted) << u"test-authority"_s;
    }
    void saysWhatIsWrong() // C18, X04
    {
        QFETCH(QString, server);
        QFETCH(bool, authority);
        QFETCH(int, kind);
        QFETCH(QString, says);
        http::NetworkTransport transport(shortLimits());
        if (authority)
            transport.setExtraAuthorities(m_certificates.authority());
        const int before = m_seen;
        const http::Exchange e
            = sendAndWait(transport, {.method = "POST", .url = url("127.0.0.1", server), .body = "secret"});
        QVERIFY(!e.response);
        QVERIFY2(int(e.failure->kind) == kind, qPrintable(e.failure->text));
        QVERIFY2(e.failure->text.contains(says) && e.failure->text.startsWith(u"Nothing was sent"_s),
            qPrintable(e.failure->text));
        QCOMPARE(m_seen, before);
    }

    void trustIsTakenBack()
    {
        http::NetworkTransport transport(shortLimits());
        transport.setExtraAuthorities(m_certificates.authority());
        QVERIFY(sendAndWait(transport, {.url = url("127.0.0.1", u"good"_s)}).response);
        transport.setExtraAuthorities({});
        QCOMPARE(
            sendAndWait(transport, {.url = url("127.0.0.1", u"good"_s)}).failure->kind, Kind::TlsUntrusted);
    }

    void oldVersionsAreRefused_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<bool>("ok");
        QTest::newRow("1.0") << u"-tls1"_s << false;
        QTest::newRow("1.1") << u"-tls1_1"_s << false;
        QTest::newRow("1.2") << u"-tls1_2"_s << true;
        QTest::newRow("1.3") << u"-tls1_3"_s << true;
    }
    void oldVersionsAreRefused() // C18, X04
    {
        QFETCH(QString, option);
        QFETCH(bool, ok);
        QProcess server;
        server.start(u"openssl"_s,
            u"s_server -www -accept 127.0.0.1:0 -cert %1 -key %2 -cipher ALL:@SECLEVEL=0 %3"_s
                .arg(m_certificates.path(u"good.pem"_s), m_certificates.path(u"good.key"_s), option)
                .split(u' '));
        QByteArray said;
        QTRY_VERIFY(
            (said += server.readAllStandardOutput()).contains("ACCEPT 127.0.0.1:") && said.endsWith('\n'));
        const QByteArray port = said.mid(said.lastIndexOf(':') + 1).trimmed();
        http::NetworkTransport transport(shortLimits());
        transport.setExtraAuthorities(m_certificates.authority());
        const http::Exchange e = sendAndWait(transport, {.url = "https://127.0.0.1:" + port + "/"});
        server.kill();
        server.waitForFinished();
        QCOMPARE(e.response.has_value(), ok);
        if (!ok) {
            QCOMPARE(e.failure->kind, Kind::TlsProtocol);
            QVERIFY2(e.failure->text.contains(u"no TLS version"_s), qPrintable(e.failure->text));
        }
    }

    void brokenHandshakesAreSaid_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("words");
        QTest::newRow("cut off") << ""_ba << u"broke off"_s;
        QTest::newRow("cut off in a record") << QByteArray("\x16\x03\x03\x01\x00\x02", 6) << u"broke off"_s;
        QTest::newRow("plain http") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba << u"without TLS"_s;
    }
    void brokenHandshakesAreSaid() // X04
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, words);
        Stub stub(says(answer), true);
        http::NetworkTransport transport(shortLimits());
        const http::Exchange e = sendAndWait(
            transport, {.url = "https://127.0.0.1:" + QByteArray::number(stub.serverPort()) + "/"});
        QVERIFY(!e.response);
        QVERIFY2(e.failure->kind == Kind::TlsProtocol, qPrintable(e.failure->text));
        QVERIFY2(e.failure->text.startsWith(u"Nothing was sent"_s) && e.failure->text.contains(words), qPrintable(e.failure->text));
        QCOMPARE(stub.connections, 1);
    }

    void silentHandshakesEnd()
    {
        Stub stub([](QTcpSocket&) {}, true);
        http::NetworkTransport transport(shortLimits());
        const http::Exchange e = sendAndWait(
            transport, {.url = "https://127.0.0.1:" + QByteArray::number(stub.serverPort()) + "/"});
        QCOMPARE(e.failure->kind, Kind::Timeout);
    }
};

QTEST_GUILESS_MAIN(TransportTlsTest)
#include "tst_http_transport_tls.moc"
