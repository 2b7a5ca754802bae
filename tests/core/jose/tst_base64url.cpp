// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/base64url.h"
#include "core/jose/key.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// base64url, strict for judging and lenient for showing.
class TestBase64url : public QObject
{
    Q_OBJECT

private slots:
    void goesThereAndBack_data();
    void goesThereAndBack();
    void everyLengthGoesThereAndBack();
    void lenient_data();
    void lenient();
    void pkceChallenge(); // C08
};

void TestBase64url::goesThereAndBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 section 10, without padding; RFC 7515 appendix C
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
    QTest::newRow("f") << "f"_ba
                       << "Zg"_ba;
    QTest::newRow("fo") << "fo"_ba
                        << "Zm8"_ba;
    QTest::newRow("foo") << "foo"_ba
                         << "Zm9v"_ba;
    QTest::newRow("foob") << "foob"_ba
                          << "Zm9vYg"_ba;
    QTest::newRow("fooba") << "fooba"_ba
                           << "Zm9vYmE"_ba;
    QTest::newRow("foobar") << "foobar"_ba
                            << "Zm9vYmFy"_ba;
    QTest::newRow("RFC 7515 C") << "\x03\xec\xff\xe0\xc1"_ba
                                << "A-z_4ME"_ba;
}

void TestBase64url::goesThereAndBack()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(jose::base64url(bytes), text);
    QCOMPARE(jose::fromBase64urlStrict(text), std::optional(bytes));
    QVERIFY(jose::readBase64url(text).problems.isEmpty());
}

void TestBase64url::everyLengthGoesThereAndBack()
{
    for (int size = 0; size < 300; ++size) {
        const QByteArray bytes = jose::randomBytes(size);
        const QByteArray text = jose::base64url(bytes);
        QCOMPARE(text, bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        QCOMPARE(jose::fromBase64urlStrict(text), std::optional(bytes));
    }
}

void TestBase64url::lenient_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("padded") << "Zg=="_ba
                            << "f"_ba << u"padded"_s;
    QTest::newRow("plain alphabet") << "A+z/4ME"_ba
                                    << "\x03\xec\xff\xe0\xc1"_ba << u"plain base64 at 1"_s;
    QTest::newRow("line break") << "Zm9v\nYmFy"_ba
                                << "foobar"_ba << u"a blank or line break at 4"_s;
    QTest::newRow("several blanks") << "Z m 9 v"_ba
                                    << "foo"_ba << u"3 blanks or line breaks, the first at 1"_s;
    QTest::newRow("foreign byte") << "Zm*9v"_ba
                                  << "foo"_ba << u"0x2a at 2"_s;
    QTest::newRow("cut off") << "Zm9vY"_ba
                             << "foo"_ba << u"cut off"_s;
    QTest::newRow("unused bits, one byte") << "Zh"_ba
                                           << "f"_ba << u"not the canonical spelling"_s;
    QTest::newRow("unused bits, two bytes") << "Zm9"_ba
                                            << "fo"_ba << u"not the canonical spelling"_s;
    QTest::newRow("NUL") << QByteArray("Zm9\0v", 5) << "foo"_ba << u"0x00 at 3"_s;
}

void TestBase64url::lenient()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    QVERIFY(!jose::fromBase64urlStrict(text));
    const jose::Base64Reading reading = jose::readBase64url(text);
    QTEST(reading.bytes, "bytes");
    QCOMPARE(reading.problems.size(), 1);
    QVERIFY2(reading.problems.first().contains(says), qPrintable(reading.problems.first()));
}

void TestBase64url::pkceChallenge()
{
    // RFC 7636 appendix B
    QCOMPARE(jose::base64url(jose::sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
}

QTEST_GUILESS_MAIN(TestBase64url)
#include "tst_base64url.moc"
