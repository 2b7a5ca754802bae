// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "certificates.h"
#include "core/http/server.h"
#include "rawclient.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray get(int port, const QByteArray& extra = {})
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" + extra + "\r\n";
}

http::ServerResponse fine(const http::ServerRequest&) { return {.body = "fine"}; }

} // namespace

class ServerTlsTest : public QObject
{
    Q_OBJECT

private slots:
    void tlsVersions_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("ok");
        QTest::newRow("1.3") << u"-tls1_3"_s << true;
        QTest::newRow("1.2") << u"-tls1_2"_s << true;
        QTest::newRow("1.1") << u"-tls1_1 -cipher ALL:@SECLEVEL=0"_s << false;
        QTest::newRow("1.0") << u"-tls1 -cipher ALL:@SECLEVEL=0"_s << false;
    }
    void tlsVersions()
    {
        QFETCH(QString, options);
        QFETCH(bool, ok);
        Certificates certificates;
        const http::TlsIdentity identity = certificates.leaf(u"leaf"_s, u"DNS:localhost,IP:127.0.0.1"_s);
        QVERIFY(certificates.isComplete());
        http::Server server;
        const int port = server
                             .listen(
                                 0,
                                 [](const http::ServerRequest& r) {
                                     return http::ServerResponse{.body = r.secure ? "secure" : "plain"};
                                 },
                                 &identity)
                             .value_or(0);
        QProcess client;
        client.start(u"openssl"_s,
            QString(u"s_client -quiet -connect 127.0.0.1:%1 -CAfile %2 -verify_return_error "_s.arg(port).arg(
                        certificates.path(u"ca.pem"_s))
                + options)
                .split(u' '));
        client.write(get(port, "Connection: close\r\n"));
        QVERIFY(client.waitForFinished(10000));
        QCOMPARE(client.readAllStandardOutput().endsWith("secure"), ok);
    }

    void tlsNeedsAPair()
    {
        Certificates certificates;
        http::TlsIdentity identity = certificates.leaf(u"a"_s, u"DNS:localhost"_s);
        identity.keyPem = certificates.leaf(u"b"_s, u"DNS:localhost"_s).keyPem;
        http::Server server;
        QCOMPARE(server.listen(0, fine, &identity).error().code, u"tls-identity"_s);
        identity = {};
        QCOMPARE(server.listen(0, fine, &identity).error().code, u"tls-identity"_s);
    }

    void silentHandshakesEnd()
    {
        Certificates certificates;
        const http::TlsIdentity identity = certificates.leaf(u"leaf"_s, u"IP:127.0.0.1"_s);
        http::Server server(1, {.handshakeSeconds = 1});
        const int port = server.listen(0, fine, &identity).value_or(0);
        RawClient silent(port);
        QVERIFY(silent.isClosed(4000));
        QVERIFY(RawClient(port).send(get(port)).isClosed(4000)); // plain HTTP to a TLS port
    }
};

QTEST_GUILESS_MAIN(ServerTlsTest)
#include "tst_http_server_tls.moc"
