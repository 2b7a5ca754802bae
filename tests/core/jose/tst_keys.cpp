// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keys.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using jose::Key;
using jose::KeyType;
using namespace keys;

/// Keys: read from JWK and PEM, written again, wrong ones refused.
class TestKeys : public QObject
{
    Q_OBJECT

private slots:
    void goThereAndBack_data();
    void goThereAndBack();
    void everyAlgorithmSigns_data();
    void everyAlgorithmSigns();
    void refusesJwk_data();
    void refusesJwk();
    void privatePartsMustBelong();
    void seedsGiveTheSameKey_data();
    void seedsGiveTheSameKey();
    void readsKeySets();
    void keySetsAreBounded(); // C23
    void readsPem();
    void publicTextsHoldNoSecret();
    void copiesShareAndMove();
    void hashes();
};

void TestKeys::goThereAndBack_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"RSA", "P-256", "P-384", "P-521", "Ed25519"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestKeys::goThereAndBack()
{
    QFETCH(QString, kind);
    Key key = made(kind);
    key.kid = "one"_ba;
    key.alg = "X"_ba;
    key.use = "sig"_ba;
    key.issuer = u"https://issuer.test"_s;
    QVERIFY(key.isPrivate());
    const auto fromPrivateJwk = fromJwk(key.toPrivateJwk());
    const auto fromPublicJwk = fromJwk(key.toPublicJwk());
    const auto fromPrivatePem = Key::fromPem(key.toPrivatePem());
    const auto fromPublicPem = Key::fromPem(key.toPublicPem());
    for (const auto& read : {fromPrivateJwk, fromPublicJwk, fromPrivatePem, fromPublicPem}) {
        QVERIFY2(read, read ? "" : qPrintable(read.error().text));
        QCOMPARE(read->thumbprint(), key.thumbprint());
        QCOMPARE(read->bits(), key.bits());
        QCOMPARE(read->curve(), key.curve());
        QVERIFY(read->problems.isEmpty());
    }
    QVERIFY(fromPrivateJwk->isPrivate() && fromPrivatePem->isPrivate());
    QVERIFY(!fromPublicJwk->isPrivate() && !fromPublicPem->isPrivate());
    QCOMPARE(fromPublicJwk->kid, "one"_ba);
    QCOMPARE(fromPublicJwk->issuer, key.issuer);
    QCOMPARE(fromPrivateJwk->toPrivateJwk(), key.toPrivateJwk());
}

void TestKeys::everyAlgorithmSigns_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const jose::Algorithm& alg : jose::algorithms())
        QTest::newRow(alg.name) << QByteArray(alg.name);
}

void TestKeys::everyAlgorithmSigns()
{
    QFETCH(QByteArray, name);
    const jose::Algorithm& alg = *jose::algorithm(name);
    const Key key = alg.keyType == KeyType::Oct ? Key::fromSecret(jose::randomBytes(64))
        : alg.curve                             ? made(QString::fromLatin1(alg.curve))
                                                : made(alg.keyType == KeyType::Okp ? u"Ed25519"_s : u"RSA"_s);
    // Numbers with leading zero bytes come up once in a while: enough rounds to meet some.
    const int rounds = alg.family == jose::Family::Ecdsa ? (name == "ES256" ? 300 : 30) : 3;
    for (int i = 0; i < rounds; ++i) {
        const QByteArray input = QByteArray::number(i);
        const auto signature = jose::sign(input, key, alg);
        QVERIFY(signature);
        if (alg.signatureSize > 0)
            QCOMPARE(signature->size(), alg.signatureSize);
        QVERIFY(jose::verifySignature(input, *signature, key, alg));
        QVERIFY(!jose::verifySignature("other", *signature, key, alg));
        QVERIFY(!jose::verifySignature(input, QByteArray(*signature + '\0'), key, alg));
        QVERIFY(!jose::verifySignature(input, signature->chopped(1), key, alg));
        QVERIFY(!jose::verifySignature(input, {}, key, alg));
    }
    for (const jose::Algorithm& other : jose::algorithms()) {
        if (other.keyType != alg.keyType
            || (other.curve && alg.curve && QByteArrayView(other.curve) != alg.curve))
            QCOMPARE(jose::sign("x", key, other).error().code, u"sign-key"_s);
    }
    if (alg.keyType != KeyType::Oct)
        QCOMPARE(jose::sign("x", key.publicPart(), alg).error().code, u"sign-public"_s);
}

void TestKeys::refusesJwk_data()
{
    QTest::addColumn<QByteArray>("jwk");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const char* jwk, const QString& code, const QString& where) {
        QTest::newRow(name) << QByteArray(jwk) << code << where;
    };
    const QString member = u"jwk-member"_s;
    row("no object", "[]", u"jwk-object"_s, {});
    row("no kty", "{}", u"jwk-kty"_s, u"kty"_s);
    row("kty in capitals", R"({"kty":"OCT","k":"AAAA"})", u"jwk-kty"_s, u"kty"_s);
    row("n missing", R"({"kty":"RSA","e":"AQAB"})", member, u"n"_s);
    row("n is a number", R"({"kty":"RSA","n":3,"e":"AQAB"})", member, u"n"_s);
    row("n padded", R"({"kty":"RSA","n":"AQAB==","e":"AQAB"})", member, u"n"_s);
    row("n twice", R"({"kty":"RSA","n":"AQAB","\u006e":"AQAB","e":"AQAB"})", member, u"n"_s);
    row("curve unknown", R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"})", member, u"crv"_s);
    row("OKP curve for EC", R"({"kty":"EC","crv":"Ed25519","x":"AA","y":"AA"})", member, u"crv"_s);
    row("X25519 signs nothing",
        R"({"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"})", member,
        u"crv"_s);
    row("point off the curve",
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"})",
        member, u"y"_s);
    row("point off the curve, well spelt",
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4"})",
        u"jwk-point"_s, {});
    row("coordinate too long",
        R"({"kty":"EC","crv":"P-256","x":"AAAAf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})",
        member, u"x"_s);
    row("Ed25519 too short", R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", member, u"x"_s);
    row("more than two primes", R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","oth":[]})", member,
        u"oth"_s);
    row("half of the factors", R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","p":"Aw"})", member, u"q"_s);
    row("use is a list", R"({"kty":"oct","k":"AAAA","use":["sig"]})", member, u"use"_s);
    row("alg is a number", R"({"kty":"oct","k":"AAAA","alg":1})", member, u"alg"_s);
    row("kid is a number", R"({"kty":"oct","k":"AAAA","kid":1})", member, u"kid"_s);
    row("key_ops twice", R"({"kty":"oct","k":"AAAA","key_ops":["verify"],"key_ops":["sign"]})", member, u"key_ops"_s);
    row("empty secret", R"({"kty":"oct","k":""})", member, u"k"_s);
}

void TestKeys::refusesJwk()
{
    QFETCH(QByteArray, jwk);
    const auto key = fromJwk(jwk);
    QVERIFY(!key);
    QTEST(key.error().code, "code");
    QTEST(key.error().where, "where");
}

void TestKeys::privatePartsMustBelong()
{
    for (const char* kind : {"RSA", "P-256", "Ed25519"}) {
        const Key one = made(QString::fromLatin1(kind));
        const Key two = QByteArrayView(kind) == "RSA" ? Key::generateRsa() : made(QString::fromLatin1(kind));
        const json::Document doc = json::Document::parse(one.toPrivateJwk()).value();
        const json::Document other = json::Document::parse(two.toPrivateJwk()).value();
        const auto mixed = doc.with(u"/d", other.root()["d"].raw());
        const auto key = Key::fromJwk(mixed->root());
        QVERIFY2(!key, kind);
        QCOMPARE(key.error().code, u"jwk-pair"_s);
    }
}

void TestKeys::seedsGiveTheSameKey_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("thumbprint");
    // Written down once: a seed in a tutorial has to give the same keys on every machine and in every
    // version.
    QTest::newRow("RSA") << int(KeyType::Rsa) << "_vGmoB1OADhTkGCjAMc8pOfy_HHueyOiul6W0itrL1Q"_ba;
    QTest::newRow("EC") << int(KeyType::Ec) << "LN2z_ZwMRwMRdo0_LL6kHiAclTjdDAUMsyoOxHfC30c"_ba;
    QTest::newRow("OKP") << int(KeyType::Okp) << "LZHKuUK_GRx8DazeA-1dimsS93TCfUFHIw8XC_OaO2Q"_ba;
    QTest::newRow("oct") << int(KeyType::Oct) << "GT-HS8TJmmhYvMtqmgLdN7_gi-J1jZD-skHZr3q9cw0"_ba;
}

void TestKeys::seedsGiveTheSameKey()
{
    QFETCH(int, type);
    QElapsedTimer timer;
    timer.start();
    const auto key = Key::fromSeed(KeyType(type), "demo");
    QVERIFY2(timer.elapsed() < 10'000, "the search for primes takes too long");
    QVERIFY(key);
    QTEST(key->thumbprint(), "thumbprint");
    QVERIFY(key->isPrivate() && key->problems.isEmpty());
    QVERIFY(Key::fromSeed(KeyType(type), "other")->thumbprint() != key->thumbprint());
    if (KeyType(type) == KeyType::Rsa)
        QCOMPARE(key->bits(), 2048);
    QVERIFY(fromJwk(key->toPrivateJwk()));
}

void TestKeys::readsKeySets()
{
    Key one = Key::generateEc();
    one.kid = "one"_ba;
    Key two = Key::generateEd25519();
    two.kid = "two"_ba;
    QByteArray jwks = jose::toJwks({one, two});
    jwks.replace("]}", R"(,{"kty":"RSA"},{"kty":"OKP","crv":"X25519","x":"AA","kid":"enc"}]})");
    const auto set = jose::readKeys(jwks);
    QVERIFY(set);
    QCOMPARE(set->keys.size(), 2);
    QCOMPARE(set->problems.size(), 2);
    QVERIFY(set->problems.first().startsWith(u"Key 3 is left out"_s));
    QCOMPARE(set->find("two")->thumbprint(), two.thumbprint());
    QVERIFY(!set->find("three") && !set->find("TWO"));

    QCOMPARE(jose::readKeys(one.toPublicJwk())->keys.size(), 1);
    QCOMPARE(
        jose::readKeys(QByteArray("Key:\n" + one.toPublicPem() + "\nand\n" + two.toPublicPem()))->keys.size(),
        2);
    QCOMPARE(jose::readKeys("{\"keys\":1}").error().code, u"keys-none"_s);
    QCOMPARE(jose::readKeys("{").error().code, u"json-syntax"_s);
    QCOMPARE(jose::readKeys("hello").error().code, u"keys-none"_s);
    QCOMPARE(jose::readKeys("").error().code, u"keys-none"_s);
    QCOMPARE(jose::readKeys(R"({"keys":[]})")->keys.size(), 0);
}

void TestKeys::keySetsAreBounded()
{
    QByteArray many = "{\"keys\":["_ba;
    const QByteArray jwk = Key::generateEc().toPublicJwk();
    for (int i = 0; i < 150; ++i)
        many += jwk + ',';
    many += jwk + "]}";
    QCOMPARE(jose::readKeys(many)->keys.size(), 100);
    QVERIFY(jose::readKeys(many)->problems.last().contains(u"first 100 of 151"_s));
    QCOMPARE(jose::readKeys(QByteArray(1024 * 1024 + 1, ' ')).error().code, u"keys-size"_s);
}

void TestKeys::readsPem()
{
    const auto encrypted
        = Key::fromPem("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
    QCOMPARE(encrypted.error().code, u"pem-encrypted"_s);
    QCOMPARE(Key::fromPem("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n").error().code,
        u"key-unreadable"_s);
    QCOMPARE(Key::fromPem("-----BEGIN DH PARAMETERS-----\nMAA=\n-----END DH PARAMETERS-----\n").error().code,
        u"pem-kind"_s);
    QCOMPARE(Key::fromPem("nothing").error().code, u"pem-none"_s);
}

void TestKeys::publicTextsHoldNoSecret()
{
    for (const char* kind : {"RSA", "P-256", "Ed25519"}) {
        const Key key = made(QString::fromLatin1(kind));
        const json::Document secret = json::Document::parse(key.toPrivateJwk()).value();
        for (const char* member : {"d", "p", "q", "dp", "dq", "qi"}) {
            const QByteArray value = secret.root()[member].bytes().toByteArray();
            QVERIFY(value.isEmpty() || !key.toPublicJwk().contains(value));
            QVERIFY(value.isEmpty() || !jose::toJwks({key}).contains(value));
        }
        QVERIFY(key.publicPart().toPrivatePem().isEmpty());
        QCOMPARE(key.publicPart().toPrivateJwk(), key.toPublicJwk());
    }
    const Key shared = Key::fromSecret("planted-secret-planted-secret-32");
    QVERIFY(!shared.toPublicJwk().contains(jose::base64url("planted-secret-planted-secret-32")));
    QVERIFY(shared.publicPart().isNull());
}

void TestKeys::copiesShareAndMove()
{
    Key key = Key::generateEc();
    const Key copy = key;
    QCOMPARE(copy.handle(), key.handle());
    const Key moved = std::move(key);
    QCOMPARE(moved.handle(), copy.handle());
    key = copy;
    QCOMPARE(key.thumbprint(), copy.thumbprint());
    QVERIFY(Key().isNull());
}

void TestKeys::hashes()
{
    QCOMPARE(
        jose::sha256("abc").toHex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_ba);
    QCOMPARE(jose::fingerprint("abc"), "ba7816bf8f01cfea"_ba);
    // RFC 4231 test case 2
    QCOMPARE(jose::hmacSha256("Jefe", "what do ya want for nothing?").toHex(),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"_ba);
    QCOMPARE(jose::x5t("abc"), "qZk-NkcGgWq6PiVxeFDCbJzQ2J0"_ba);
    QCOMPARE(jose::x5tS256("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"_ba);
    QVERIFY(jose::randomBytes(16) != jose::randomBytes(16));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
