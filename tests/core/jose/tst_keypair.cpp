// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/keypair.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// Private keys with their certificates: PEM in any order, PKCS#12 as openssl writes it, and why others are not read.
class TestKeyPair : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void goesThereAndBack();
    void saysWhenACertificateEnds();
};

namespace {

QByteArray data(const char* name)
{
    QFile file(QStringLiteral(TESTS_DIR "/data/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", name);
    return file.readAll();
}

} // namespace

void TestKeyPair::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<bool>("withCertificate");
    const QByteArray key = data("trust/client-key.pem"), certificate = data("trust/client-cert.pem");
    QTest::newRow("key alone") << key << QByteArray() << false;
    QTest::newRow("key, then certificate") << QByteArray(key + certificate) << QByteArray() << true;
    QTest::newRow("certificate, then key") << QByteArray(certificate + key) << QByteArray() << true;
    // as a field of one line leaves it
    QTest::newRow("line breaks lost") << QByteArray(key + certificate).replace('\n', ' ') << QByteArray() << true;
    // openssl pkcs12 -export, OpenSSL 3
    QTest::newRow("PKCS#12 without a password") << data("jose/open.p12") << QByteArray() << true;
    QTest::newRow("PKCS#12 as base64") << data("jose/open.p12").toBase64() << QByteArray() << true;
    QTest::newRow("PKCS#12 with a password") << data("jose/password.p12") << QByteArray("harbour") << true;
}

void TestKeyPair::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, password);
    QFETCH(bool, withCertificate);
    const auto pair = jose::readKeyPair(text, password);
    QVERIFY2(pair, pair ? "" : qPrintable(pair.error().text));
    QVERIFY(pair->key.isPrivate());
    const jose::Key certificate = jose::Key::fromPem(data("trust/client-cert.pem")).value();
    QCOMPARE(pair->key.thumbprint(), certificate.thumbprint());
    QCOMPARE(!pair->certificate.isNull(), withCertificate);
    if (withCertificate)
        QCOMPARE(pair->certificate.x5c, certificate.x5c);
}

void TestKeyPair::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray("  ") << QByteArray() << u"pem-none"_s;
    QTest::newRow("certificate alone") << data("trust/client-cert.pem") << QByteArray() << u"pem-private"_s;
    QTest::newRow("wrong password") << data("jose/password.p12") << QByteArray("harbor") << u"pkcs12-password"_s;
    QTest::newRow("no password") << data("jose/password.p12") << QByteArray() << u"pkcs12-password"_s;
    QTest::newRow("old encryption") << data("jose/old.p12") << QByteArray("harbour") << u"pkcs12-unreadable"_s;
    QTest::newRow("cut off") << data("jose/open.p12").first(900) << QByteArray() << u"pkcs12-unreadable"_s;
    QTest::newRow("something else") << QByteArray("Q8~a-client-secret") << QByteArray() << u"pkcs12-unreadable"_s;
}

void TestKeyPair::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, password);
    QFETCH(QString, code);
    const auto pair = jose::readKeyPair(text, password);
    QVERIFY(!pair);
    QCOMPARE(pair.error().code, code);
    QVERIFY(!pair.error().text.isEmpty());
}

void TestKeyPair::goesThereAndBack()
{
    const auto pair = jose::readKeyPair(data("jose/password.p12"), "harbour").value();
    const QByteArray pem = jose::toPem(pair);
    const auto again = jose::readKeyPair(pem).value();
    QCOMPARE(again.key.thumbprint(), pair.key.thumbprint());
    QCOMPARE(again.certificate.x5c, pair.certificate.x5c);
}

void TestKeyPair::saysWhenACertificateEnds()
{
    const jose::Key certificate = jose::Key::fromPem(data("trust/client-cert.pem")).value();
    const auto facts = jose::certificateFacts(certificate.x5c.first()).value();
    // openssl x509 -dates -subject
    QCOMPARE(base::toRfc3339(facts.notBefore), u"2026-11-23T04:28:25Z"_s);
    QCOMPARE(base::toRfc3339(facts.notAfter), u"2126-10-30T04:28:25Z"_s);
    QCOMPARE(facts.subject, u"CN=trustwalk test client"_s);
    QCOMPARE(jose::certificateFacts("no certificate").error().code, u"pem-certificate"_s);
}

QTEST_GUILESS_MAIN(TestKeyPair)
#include "tst_keypair.moc"
