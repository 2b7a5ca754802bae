// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keys.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/jwt.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace keys;

/// Keys on which no signature may rest, and keys that are not for the signature at hand.
class TestWeakKeys : public QObject
{
    Q_OBJECT

private slots:
    void namesWeakness(); // V10
    void operations_data();
    void operations(); // V03
    void pointsOfSmallOrderProveNothing(); // V10
    void pssKeysSignNothingElse(); // V03
};

void TestWeakKeys::namesWeakness()
{
    const Key small = Key::generateRsa(1024);
    QVERIFY(small.weakness().contains(u"1024 bits"_s));
    QCOMPARE(small.problems, QStringList {small.weakness()});
    QVERIFY(made(u"RSA"_s).weakness().isEmpty());
    QVERIFY(Key::fromSecret("short").problems.first().contains(u"40 bits"_s));
    QVERIFY(Key::fromSecret(QByteArray(32, 'k')).problems.isEmpty());

    QByteArray even = made(u"RSA"_s).toPublicJwk();
    QVERIFY(even.contains("\"AQAB\""));
    QVERIFY(fromJwk(QByteArray(even).replace("\"AQAB\"", "\"AQAA\""))->weakness().contains(u"even"_s));
    QVERIFY(
        fromJwk(QByteArray(even).replace("\"AQAB\"", "\"EQ\""))->weakness().contains(u"17 is below 65537"_s));
}

void TestWeakKeys::operations_data() // RFC 7517 section 4.3
{
    QTest::addColumn<QByteArray>("operations");
    QTest::addColumn<bool>("checks");
    QTest::newRow("verify") << R"(["verify"])"_ba << true;
    QTest::newRow("sign") << R"(["sign"])"_ba << true;
    QTest::newRow("several") << R"(["wrapKey","verify"])"_ba << true;
    QTest::newRow("encrypt") << R"(["encrypt","wrapKey"])"_ba << false;
    QTest::newRow("capitals") << R"(["Verify"])"_ba << false;
    QTest::newRow("none") << "[]"_ba << false;
    QTest::newRow("no list") << R"("verify")"_ba << false;
    QTest::newRow("null") << "null"_ba << false;
}

void TestWeakKeys::operations()
{
    QFETCH(QByteArray, operations);
    const Key signer = made(u"P-256"_s);
    const auto key = fromJwk(signer.toPublicJwk().replace("\"kty\"", QByteArray("\"key_ops\":" + operations + ",\"kty\"")));
    QVERIFY2(key, key ? "" : qPrintable(key.error().text));
    QTEST(key->weakness().isEmpty(), "checks");
    const QByteArray token = jose::signCompact(R"({"alg":"ES256"})", R"({"exp":4102444800})", signer, *jose::algorithm("ES256")).value();
    const auto outcome = jose::verify(jose::decode(token), {.keys = {*key}}, {.now = base::fromEpochSeconds(0)}).outcome;
    QTEST(outcome == jose::Verified::Verified, "checks");
}

/// With such a key one signature fits every message: R and the key neutral, S zero.
void TestWeakKeys::pointsOfSmallOrderProveNothing()
{
    const QByteArray neutral = "01"_ba + QByteArray(62, '0');
    const auto key = fromJwk(R"({"kty":"OKP","crv":"Ed25519","x":")" + jose::base64url(QByteArray::fromHex(neutral)) + "\"}");
    QVERIFY(key);
    QVERIFY2(key->weakness().contains(u"small order"_s), qPrintable(key->weakness()));
    const QByteArray token = jose::base64url(R"({"alg":"EdDSA"})") + '.' + jose::base64url(R"({"exp":4102444800})") + '.'
        + jose::base64url(QByteArray(QByteArray::fromHex(neutral) + QByteArray(32, '\0')));
    const auto verification = jose::verify(jose::decode(token), {.keys = {*key}}, {.now = base::fromEpochSeconds(0)});
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    for (const char* point : {"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
        const auto other = fromJwk(R"({"kty":"OKP","crv":"Ed25519","x":")" + jose::base64url(QByteArray::fromHex(point)) + "\"}");
        QVERIFY(other && !other->weakness().isEmpty());
    }
    QVERIFY(Key::generateEd25519().weakness().isEmpty());
}

/// The public key as SubjectPublicKeyInfo under the identifier id-RSASSA-PSS, without parameters (RFC 4055 section 3.1).
static QByteArray asPss(const Key& key)
{
    QByteArray pem = key.toPublicPem();
    const qsizetype start = pem.indexOf('\n') + 1;
    QByteArray der = QByteArray::fromBase64(pem.sliced(start, pem.indexOf("-----END") - start));
    der.replace(QByteArray::fromHex("300d06092a864886f70d0101010500"), QByteArray::fromHex("300b06092a864886f70d01010a"));
    const int size = int(der.size()) - 4; // 30 82 and two bytes of length
    der[2] = char(size >> 8);
    der[3] = char(size & 0xff);
    return "-----BEGIN PUBLIC KEY-----\n" + der.toBase64() + "\n-----END PUBLIC KEY-----\n";
}

void TestWeakKeys::pssKeysSignNothingElse()
{
    const Key signer = made(u"RSA"_s);
    const auto key = Key::fromPem(asPss(signer));
    QVERIFY2(key, key ? "" : qPrintable(key.error().text));
    const jose::Algorithm &rs = *jose::algorithm("RS256"), &ps = *jose::algorithm("PS256");
    const QByteArray pss = jose::sign("input", signer, ps).value(), pkcs = jose::sign("input", signer, rs).value();
    QVERIFY(jose::verifySignature("input", pss, *key, ps));
    QVERIFY(!jose::verifySignature("input", pss, *key, rs));
    QVERIFY(!jose::verifySignature("input", pkcs, *key, rs));
    QVERIFY(!jose::verifySignature("input", pkcs, *key, ps));
    const QByteArray token = jose::signCompact(R"({"alg":"RS256"})", "{}", signer, rs).value();
    const auto verification = jose::verify(jose::decode(token), {.keys = {*key}}, {});
    const auto check = std::ranges::find(verification.checks, u"algorithm"_s, &base::Check::id);
    QVERIFY(check->outcome == base::Outcome::Fail);
    QVERIFY2(check->relation.contains(u"RSASSA-PSS"_s), qPrintable(check->relation));
}

QTEST_GUILESS_MAIN(TestWeakKeys)
#include "tst_weakkeys.moc"
