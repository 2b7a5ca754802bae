// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokens.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Forged tokens, family by family: none of them may end as verified.
class TestForged : public QObject
{
    Q_OBJECT

private slots:
    void unsecured_data();
    void unsecured(); // V01
    void confused_data();
    void confused(); // V01, V03
    void signatures_data();
    void signatures(); // V01, V14
    void headers_data();
    void headers(); // V01, V08
    void payloads_data();
    void payloads(); // V01, V08
    void spellings_data();
    void spellings(); // V01, V14
    void keys_data();
    void keys(); // V01, C22, V15
    void neverTellsTheRightMac(); // V09
};

namespace {

jose::Verification judge(const QByteArray& token, const jose::Key& key)
{
    return jose::verify(jose::decode(token), {.keys = {key}}, tokens::expectation());
}

QByteArray pemBody(QByteArray pem)
{
    pem.remove(0, pem.indexOf('\n'));
    return pem.first(pem.indexOf("-----END")).replace("\n", "");
}

/// The texts in which a public key lies around, each tempting a verifier to take it for a shared secret.
QHash<QByteArray, QByteArray> encodings(const jose::Key& key)
{
    const QByteArray pem = key.toPublicPem();
    return {{"PEM", pem}, {"PEM without last line break", pem.trimmed()},
        {"PEM with CRLF", QByteArray(pem).replace("\n", "\r\n")}, {"base64 of DER", pemBody(pem)},
        {"DER", QByteArray::fromBase64(pemBody(pem))}, {"JWK", key.toPublicJwk()},
        {"JWKS", jose::toJwks({key})}, {"empty", QByteArray(32, '\0')}};
}

const QByteArray es256 = R"({"alg":"ES256"})"_ba;

/// n of P-256.
QByteArray order()
{
    return QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
}

QByteArray derInteger(QByteArray number)
{
    if (uchar(number.front()) & 0x80)
        number.prepend('\0');
    return "\x02" + QByteArray(1, char(number.size())) + number;
}

} // namespace

void TestForged::unsecured_data()
{
    QTest::addColumn<QByteArray>("alg");
    QTest::addColumn<QByteArray>("signature");
    for (const char* alg : {"\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\" none\"", "\"none \"",
             "\"none\\u0000\"", "\"\\u006eone\"", "\"\"", "null", "0", "false", "[]", "[\"none\"]", "{}",
             "[\"ES256\"]", "\"es256\"", "\"ES256 \"", "\"ES256K\"", "\"dir\"", "\"RSA1_5\"",
             "\"PBES2-HS256+A128KW\"", "\"\\u0415S256\""}) {
        for (const QByteArray& signature : {QByteArray(), QByteArray(64, '\0'), QByteArray("sig")}) {
            const QByteArray name
                = QByteArray(alg) + " with " + QByteArray::number(signature.size()) + " bytes";
            QTest::newRow(name.constData()) << QByteArray(alg) << signature;
        }
    }
    QTest::newRow("absent") << QByteArray() << QByteArray();
}

void TestForged::unsecured()
{
    QFETCH(QByteArray, alg);
    QFETCH(QByteArray, signature);
    const QByteArray header = alg.isEmpty() ? "{}"_ba : "{\"alg\":" + alg + '}';
    const QByteArray token = tokens::unsignedToken(header, tokens::payload(), signature);
    for (const jose::Key& key :
        {tokens::ecKey(), tokens::rsaKey(), jose::Key::fromSecret(QByteArray(64, 'k'))}) {
        const auto verification = judge(token, key);
        QCOMPARE(verification.outcome, jose::Verified::Refused);
        QCOMPARE(tokens::check(verification, u"algorithm"_s)->outcome, base::Outcome::Fail);
        QCOMPARE(tokens::check(verification, u"signature"_s)->outcome, base::Outcome::NotEvaluated);
    }
}

void TestForged::confused_data()
{
    QTest::addColumn<QByteArray>("alg");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("rsa");
    for (const bool rsa : {true, false}) {
        const auto texts = encodings(rsa ? tokens::rsaKey() : tokens::ecKey());
        for (auto it = texts.begin(); it != texts.end(); ++it) {
            for (const char* alg : {"HS256", "HS384", "HS512"}) {
                const QByteArray name = QByteArray(alg) + (rsa ? " RSA " : " EC ") + it.key();
                QTest::newRow(name.constData()) << QByteArray(alg) << it.value() << rsa;
            }
        }
    }
}

void TestForged::confused()
{
    QFETCH(QByteArray, alg);
    QFETCH(QByteArray, secret);
    QFETCH(bool, rsa);
    const jose::Key& key = rsa ? tokens::rsaKey() : tokens::ecKey();
    const QByteArray token = tokens::token(
        "{\"alg\":\"" + alg + "\"}", tokens::payload(), jose::Key::fromSecret(secret), alg.constData());
    const auto verification = judge(token, key.publicPart());
    QCOMPARE(tokens::failed(verification), u"algorithm"_s);
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    // Nor when the key comes in as the text it was forged with.
    if (const auto keys = jose::readKeys(secret); keys && !keys->keys.isEmpty())
        QCOMPARE(
            jose::verify(jose::decode(token), *keys, tokens::expectation()).outcome, jose::Verified::Refused);
}

void TestForged::signatures_data()
{
    QTest::addColumn<QByteArray>("signature");
    const QByteArray good
        = jose::decode(tokens::token(es256, tokens::payload(), tokens::ecKey(), "ES256")).signature;
    const QByteArray r = good.first(32);
    const QByteArray s = good.last(32);
    const QByteArray zero(32, '\0');
    const QByteArray one = QByteArray(31, '\0') + '\x01';
    const auto row = [](const char* name, const QByteArray& signature) { QTest::newRow(name) << signature; };
    row("none", {});
    row("one byte", "x"_ba);
    row("all zero", QByteArray(64, '\0'));
    row("r zero", zero + s);
    row("s zero", r + zero);
    row("r = n", order() + s);
    row("s = n", r + order());
    row("both n", order() + order());
    row("r = n + 1", order().chopped(1) + '\x52' + s);
    row("both one", one + one);
    row("all ones", QByteArray(64, '\xff'));
    row("halves changed", s + r);
    row("short", good.chopped(1));
    row("long", good + '\0');
    row("zero in front", '\0' + good);
    row("halves padded", '\0' + r + '\0' + s);
    row("twice", good + good);
    row("r only", r);
    const QByteArray body = derInteger(r) + derInteger(s);
    row("DER", "\x30" + QByteArray(1, char(body.size())) + body);
    row("made with RS256", jose::sign("x", tokens::rsaKey(), *jose::algorithm("RS256")).value());
}

void TestForged::signatures()
{
    QFETCH(QByteArray, signature);
    const auto verification
        = judge(tokens::unsignedToken(es256, tokens::payload(), signature), tokens::ecKey().publicPart());
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    const auto signatureCheck = tokens::check(verification, u"signature"_s);
    QCOMPARE(signatureCheck->outcome, base::Outcome::Fail);
    QCOMPARE(tokens::check(verification, u"algorithm"_s)->outcome, base::Outcome::Pass);
}

void TestForged::headers_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("failed");
    const auto row = [](const char* name, const QByteArray& header, const QString& failed) {
        QTest::newRow(name) << header << failed;
    };
    row("two algorithms", R"({"alg":"none","alg":"ES256"})", u"form algorithm"_s);
    row("two algorithms, good first", R"({"alg":"ES256","alg":"none"})", u"form"_s);
    row("escaped second", R"({"alg":"ES256","\u0061lg":"none"})", u"form"_s);
    row("two kids", R"({"alg":"ES256","kid":"a","kid":"b"})", u"form"_s);
    row("capitals", R"({"ALG":"ES256"})", u"algorithm"_s);
    row("capital letter", R"({"Alg":"ES256","typ":"JWT"})", u"algorithm"_s);
    row("crit unknown", R"({"alg":"ES256","crit":["exp"],"exp":9999999999})", u"crit"_s);
    row("crit empty", R"({"alg":"ES256","crit":[]})", u"crit"_s);
    row("crit text", R"({"alg":"ES256","crit":"exp"})", u"crit"_s);
    row("crit null", R"({"alg":"ES256","crit":null})", u"crit"_s);
    row("crit names a standard member", R"({"alg":"ES256","crit":["alg"]})", u"crit"_s);
    row("b64 false", R"({"alg":"ES256","b64":false})", u"crit"_s);
    row("b64 false and critical", R"({"alg":"ES256","b64":false,"crit":["b64"]})", u"crit"_s);
    row("b64 true and critical", R"({"alg":"ES256","b64":true,"crit":["b64"]})", u"crit"_s);
    row("byte order mark", "\xef\xbb\xbf{\"alg\":\"ES256\"}", u"form"_s);
    row("no UTF-8", "{\"alg\":\"ES256\",\"x\":\"\xff\"}", u"form"_s);
    row("text behind",
        R"({"alg":"ES256"} )"
        "x",
        u"form"_s);
    row("comma behind", R"({"alg":"ES256",})", u"form"_s);
    row("type as list", R"({"alg":"ES256","typ":["JWT"]})", u"type"_s);
    row("nested 20,000 deep", R"({"alg":"ES256","x":)" + QByteArray(20'000, '['), u"form"_s);
}

void TestForged::headers()
{
    QFETCH(QByteArray, header);
    const auto verification = judge(
        tokens::token(header, tokens::payload(), tokens::ecKey(), "ES256"), tokens::ecKey().publicPart());
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    QTEST(tokens::failed(verification), "failed");
}

void TestForged::payloads_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("failed");
    const QByteArray good = tokens::payload();
    const auto row = [](const char* name, const QByteArray& payload, const QString& failed) {
        QTest::newRow(name) << payload << failed;
    };
    row("two issuers", QByteArray(good).replace("{", R"({"iss":"https://issuer.test/v2.0",)"), u"form"_s);
    row("escaped second audience", QByteArray(good).replace("}", R"(,"\u0061ud":"x"})"), u"form"_s);
    row("two expiries", QByteArray(good).replace("}", R"(,"exp":9999999999})"), u"form"_s);
    row("duplicate deep inside", QByteArray(good).replace("}", R"(,"cnf":{"jkt":"a","jkt":"b"}})"),
        u"form"_s);
    row("capitals", QByteArray(good).replace("\"exp\"", "\"Exp\""), u"expires"_s);
    row("array", "[" + good + "]", u"form issuer audience expires"_s);
    row("text behind", good + "{}", u"form"_s);
    row("cut", good.chopped(1), u"form"_s);
    row("empty", "{}", u"issuer audience expires"_s);
}

void TestForged::payloads()
{
    QFETCH(QByteArray, payload);
    const auto verification
        = judge(tokens::token(es256, payload, tokens::ecKey(), "ES256"), tokens::ecKey().publicPart());
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    QTEST(tokens::failed(verification), "failed");
}

void TestForged::spellings_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray good = tokens::token(es256, tokens::payload(), tokens::ecKey(), "ES256");
    const auto row = [](const char* name, const QByteArray& token) { QTest::newRow(name) << token; };
    row("signature padded", good + "==");
    row("line break inside", QByteArray(good).insert(30, '\n'));
    row("blank before the dot", QByteArray(good).replace(".", " ."));
    row("NUL inside", QByteArray(good).insert(30, '\0'));
    row("fourth part", good + ".x");
    row("dot behind", good + '.');
    row("dot in front", '.' + good);
    row("JWE of five", good + ".x.x");
    const qsizetype last = good.size() - 1;
    // 64 bytes end in a letter with four unused bits: "A" to "P" are 16 spellings of one signature.
    QByteArray other = good;
    other[last] = char(other[last] + 1);
    row("not canonical", other);
    row("JSON serialisation",
        R"({"payload":")" + good.split('.')[1] + R"(","protected":")" + good.split('.')[0]
            + R"(","signature":")" + good.split('.')[2] + R"("})");
    row("JSON serialisation, algorithm unprotected",
        R"({"payload":")" + good.split('.')[1] + R"(","header":{"alg":"ES256"},"signature":")"
            + good.split('.')[2] + R"("})");
}

void TestForged::spellings()
{
    QFETCH(QByteArray, token);
    const auto verification = judge(token, tokens::ecKey().publicPart());
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    QCOMPARE(tokens::check(verification, u"form"_s)->outcome, base::Outcome::Fail);
}

void TestForged::keys_data()
{
    QTest::addColumn<QByteArray>("header");
    const auto row = [](const char* name, const QByteArray& header) { QTest::newRow(name) << header; };
    const jose::Key evil = jose::Key::fromSeed(jose::KeyType::Ec, "evil").value();
    row("own key inside", R"({"alg":"ES256","jwk":)" + evil.toPublicJwk() + '}');
    row("own private key inside", R"({"alg":"ES256","jwk":)" + evil.toPrivateJwk() + '}');
    row("own key set named", R"({"alg":"ES256","jku":"https://evil.test/keys"})");
    row("own certificate named", R"({"alg":"ES256","x5u":"https://evil.test/cert","x5c":["AA=="]})");
    row("kid as path", R"({"alg":"ES256","kid":"../../dev/null"})");
    row("kid as URL", R"({"alg":"ES256","kid":"https://evil.test/key"})");
    row("kid as command", R"({"alg":"ES256","kid":"|/usr/bin/id"})");
    row("shared secret inside", R"({"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}})");
}

void TestForged::keys()
{
    QFETCH(QByteArray, header);
    const jose::Key evil = jose::Key::fromSeed(jose::KeyType::Ec, "evil").value();
    const bool shared = header.contains("HS256");
    const QByteArray token = shared ? tokens::token(header, tokens::payload(),
                                 jose::Key::fromSecret(QByteArray::fromBase64("AAAA")), "HS256")
                                    : tokens::token(header, tokens::payload(), evil, "ES256");
    QCOMPARE(judge(token, tokens::ecKey().publicPart()).outcome, jose::Verified::Refused);
    QCOMPARE(
        judge(token, tokens::named(tokens::ecKey().publicPart(), "k1")).outcome, jose::Verified::Refused);
}

void TestForged::neverTellsTheRightMac()
{
    const jose::Key key = jose::Key::fromSecret(QByteArray(32, 'k'));
    const QByteArray good = tokens::token(R"({"alg":"HS256"})", tokens::payload(), key, "HS256");
    const QByteArray forged = good.first(good.lastIndexOf('.') + 1) + jose::base64url(QByteArray(32, 'x'));
    const QString right = QString::fromLatin1(good.sliced(good.lastIndexOf('.') + 1));
    const auto verification = judge(forged, key);
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    for (const base::Check& check : verification.checks) {
        const QString all = check.expected + check.presented + check.relation + check.fix + check.fixValue;
        QVERIFY(!all.contains(right) && !all.contains(u"kkkkkkkk"_s));
    }
    QCOMPARE(judge(good, key).outcome, jose::Verified::Verified);
    QCOMPARE(
        judge(tokens::token(R"({"alg":"HS256"})", tokens::payload(), jose::Key::fromSecret("short"), "HS256"),
            jose::Key::fromSecret("short"))
            .outcome,
        jose::Verified::Refused);
}

QTEST_GUILESS_MAIN(TestForged)
#include "tst_forged.moc"
