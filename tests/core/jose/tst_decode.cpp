// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/base64url.h"
#include "core/jose/jwt.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

/// Decoding shows everything that can be read of a broken token and says what is wrong with it.
class TestDecode : public QObject
{
    Q_OBJECT

private slots:
    void cleanTokensHaveNoProblems();
    void wrapped_data();
    void wrapped();
    void broken_data();
    void broken();
    void truncatedAnywhere();
    void oversized(); // V12
    void hostileSizes_data();
    void hostileSizes();
};

namespace {

const QByteArray header = R"({"alg":"RS256","typ":"JWT"})"_ba;
const QByteArray payload = R"({"iss":"https://issuer.test","sub":"é","n":1})"_ba;

QByteArray token(const QByteArray& h = header, const QByteArray& p = payload)
{
    return jose::base64url(h) + '.' + jose::base64url(p) + '.' + jose::base64url(QByteArray(64, 's'));
}

} // namespace

void TestDecode::cleanTokensHaveNoProblems()
{
    const jose::Jwt jwt = jose::decode(token());
    QVERIFY(jwt.isJwt() && !jwt.isJwe());
    QVERIFY(jwt.problems.isEmpty() && jwt.faults.isEmpty());
    QCOMPARE(jwt.raw, token());
    QCOMPARE(jwt.header.source(), header);
    QCOMPARE(jwt.payload.source(), payload);
    QCOMPARE(jwt.signature, QByteArray(64, 's'));
    QCOMPARE(jwt.text("sub"), u"é"_s);
    QCOMPARE(QByteArray(jwt.signingInput().toByteArray() + '.' + jwt.signaturePart), token());
}

void TestDecode::wrapped_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says");
    QTest::newRow("blanks around") << "  \n"_ba
                                   << "\r\n"_ba << QString();
    QTest::newRow("Bearer") << "Bearer "_ba
                            << ""_ba << u"\"Bearer\" stood before"_s;
    QTest::newRow("bearer, two blanks") << "bearer  "_ba
                                        << ""_ba << u"\"Bearer\" stood before"_s;
    QTest::newRow("header line") << "Authorization: Bearer "_ba
                                 << "\n"_ba << u"\"Authorization:\" stood before"_s;
    QTest::newRow("quotes") << "\""_ba
                            << "\""_ba << u"quotes stood around"_s;
    QTest::newRow("quotes and comma") << " 'Bearer "_ba
                                      << "',"_ba << u"a comma stood after"_s;
    QTest::newRow("one quote") << "\""_ba
                               << ""_ba << u"quotes stood around"_s;
}

void TestDecode::wrapped()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    const jose::Jwt jwt = jose::decode(QByteArray(before + token() + after));
    QVERIFY(jwt.isJwt());
    QCOMPARE(jwt.raw, token());
    QVERIFY(jwt.faults.isEmpty());
    QCOMPARE(jwt.problems.isEmpty(), says.isEmpty());
    QVERIFY2(jwt.problems.join(u'\n').contains(says), qPrintable(jwt.problems.join(u'\n')));
}

void TestDecode::broken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("parts");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("says");
    const QString issuer = u"https://issuer.test"_s;
    const QByteArray h = jose::base64url(header);
    const QByteArray p = jose::base64url(payload);
    const QByteArray odd = jose::base64url(R"({"iss":"https://issuer.test","odd":"~~~???>>>"})");
    QTest::newRow("padded") << QByteArray(
        h + '.' + payload.toBase64(QByteArray::Base64UrlEncoding) + "=.c2ln")
                            << 3 << issuer << u"payload: padded"_s;
    QTest::newRow("plain alphabet") << QByteArray(
        h + '.' + QByteArray(odd).replace('-', '+').replace('_', '/') + ".c2ln")
                                    << 3 << issuer << u"payload: the alphabet of plain base64"_s;
    QTest::newRow("line breaks inside")
        << QByteArray(h + ".\n" + p.first(20) + "\r\n " + p.sliced(20) + ".c2ln") << 3 << issuer
        << u"payload: 4 blanks or line breaks"_s;
    QTest::newRow("no signature part")
        << QByteArray(h + '.' + p) << 2 << issuer << u"the third part is missing"_s;
    QTest::newRow("header only") << h << 1 << QString() << u"there is one part"_s;
    QTest::newRow("opaque") << "a1b2c3d4-secret"_ba << 1 << QString() << u"opaque token"_s;
    QTest::newRow("nothing") << ""_ba << 1 << QString() << u"opaque token"_s;
    QTest::newRow("four parts") << QByteArray(h + '.' + p + ".c2ln.c2ln") << 4 << issuer
                                << u"there are 4 parts"_s;
    QTest::newRow("many parts") << QByteArray(h + '.' + p + QByteArray(".x").repeated(1000)) << 1002 << issuer
                                << u"there are 1002 parts"_s;
    QTest::newRow("cut in the payload")
        << QByteArray(h + '.' + p.first(p.size() - 9)) << 2 << issuer << u"payload: Line 1"_s;
    QTest::newRow("duplicate") << token(header, R"({"iss":"https://issuer.test","\u0069ss":"x"})") << 3
                               << issuer << u"payload: the member \"iss\" stands here more than once"_s;
    QTest::newRow("number") << token(header, R"({"iss":"https://issuer.test","n":9007199254740993})") << 3
                            << issuer << u"9007199254740993"_s;
    QTest::newRow("no UTF-8") << token(header, "{\"iss\":\"https://issuer.test\",\"n\":\"\xe9\"}") << 3
                              << issuer << u"0xe9 is not UTF-8"_s;
    QTest::newRow("payload is text") << token(header, "hello") << 3 << QString() << u"payload: Line 1"_s;
    QTest::newRow("payload is an array")
        << token(header, "[1]") << 3 << QString() << u"payload: it is no JSON object"_s;
    QTest::newRow("payload is empty")
        << QByteArray(h + "..c2ln") << 3 << QString() << u"payload: it is empty"_s;
    QTest::newRow("signature not canonical")
        << QByteArray(h + '.' + p + ".Zh") << 3 << issuer << u"signature: unused bits"_s;
    QTest::newRow("JSON serialisation") << R"({"protected":"e30","payload":"e30","signature":"AA"})"_ba << 1
                                        << QString() << u"this is JSON"_s;
    QTest::newRow("JWE") << QByteArray(
        jose::base64url(R"({"alg":"RSA-OAEP","enc":"A256GCM"})") + ".AA.AA.AA.AA")
                         << 5 << QString() << QString();
}

void TestDecode::broken()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const jose::Jwt jwt = jose::decode(text);
    QTEST(jwt.parts, "parts");
    QTEST(jwt.text("iss"), "issuer");
    QVERIFY2(jwt.problems.join(u'\n').contains(says), qPrintable(jwt.problems.join(u'\n')));
    QCOMPARE(jwt.isJwe(), jwt.parts == 5);
    QCOMPARE(jwt.problems.isEmpty(), jwt.isJwe());
    if (text.startsWith("eyJ"))
        QVERIFY(jwt.header.root()["alg"]);
}

void TestDecode::truncatedAnywhere()
{
    const QByteArray whole = token();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const jose::Jwt jwt = jose::decode(whole.first(size));
        // A signature cut at a quartet is still base64url; everything else says that something is missing.
        if (jwt.parts < 3 || jwt.signature.isEmpty())
            QVERIFY(!jwt.problems.isEmpty() || jwt.signaturePart.isEmpty());
        if (size > jwt.headerPart.size() && jwt.parts > 1)
            QCOMPARE(jwt.header.root()["alg"].text(), u"RS256"_s);
    }
}

void TestDecode::oversized()
{
    const QByteArray big = token(header, "{\"a\":\"" + QByteArray(2'000'000, 'x') + "\"}");
    const jose::Jwt jwt = jose::decode(big);
    QCOMPARE(jwt.raw.size(), 1024 * 1024);
    QVERIFY(jwt.faults.first().contains(u"over 1 MB"_s));
    QCOMPARE(jwt.header.root()["alg"].text(), u"RS256"_s);
}

void TestDecode::hostileSizes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("20,000 deep") << token("{\"alg\":" + QByteArray(20'000, '['));
    QTest::newRow("a million dots") << QByteArray(1'000'000, '.');
    QTest::newRow("a million blanks") << QByteArray(1'000'000, ' ');
    QTest::newRow("a million quotes") << QByteArray(1'000'000, '"');
    QTest::newRow("a million foreign bytes") << QByteArray("eyJ." + QByteArray(1'000'000, '*') + '.');
    QTest::newRow("100,000 duplicates")
        << token(header, "{" + QByteArray("\"a\":1,").repeated(100'000) + "\"a\":1}");
    QTest::newRow("100,000 members") << [] {
        QByteArray text = "{"_ba;
        for (int i = 0; i < 60'000; ++i)
            text += "\"k" + QByteArray::number(i) + "\":1,";
        return token(header, text + "\"z\":1}");
    }();
}

void TestDecode::hostileSizes()
{
    QFETCH(QByteArray, text);
    QElapsedTimer timer;
    timer.start();
    const jose::Jwt jwt = jose::decode(text);
    QVERIFY2(timer.elapsed() < 2000, "decoding takes too long");
    QVERIFY(jwt.problems.size() < 200);
    for (const QString& problem : jwt.problems)
        QVERIFY(problem.size() < 300);
}

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
