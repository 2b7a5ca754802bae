// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokens.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What the verifier compares, what it says about it, and when it says "verified".
class TestVerify : public QObject
{
    Q_OBJECT

private slots:
    void verifiesWhatIsRight();
    void reportsEveryCheckAlways(); // V04
    void withoutKeysNothingIsVerified(); // V05
    void judgesClaims_data();
    void judgesClaims(); // V06
    void comparesAudiences_data();
    void comparesAudiences();
    void comparesTypes_data();
    void comparesTypes(); // V04
    void choosesKeys_data();
    void choosesKeys(); // V13
    void keysNameTheirIssuer_data();
    void keysNameTheirIssuer();
    void acceptsOnlyTheGivenAlgorithms(); // V03
    void namesAndIgnoresHints();
    void tellsNearMissesOfClocks(); // V06
    void saysWhatWasNotDemanded(); // V04
};

void TestVerify::verifiesWhatIsRight()
{
    const jose::Jwt token = jose::decode(tokens::token(
        R"({"alg":"RS256","kid":"k1","typ":"JWT"})", tokens::payload(), tokens::rsaKey(), "RS256"));
    const jose::KeySet keys {
        .keys = {tokens::named(tokens::ecKey(), "k0"), tokens::named(tokens::rsaKey().publicPart(), "k1")}};
    const auto verification = jose::verify(token, keys, tokens::expectation());
    QCOMPARE(tokens::failed(verification), QString());
    QCOMPARE(verification.outcome, jose::Verified::Verified);
    for (const base::Check& check : verification.checks) {
        QCOMPARE(check.outcome, base::Outcome::Pass);
        QVERIFY(!check.title.isEmpty() && !check.group.isEmpty() && !check.relation.isEmpty()
            && !check.source.isEmpty());
        QVERIFY(check.fix.isEmpty() && !check.near);
    }
}

void TestVerify::reportsEveryCheckAlways()
{
    const QStringList always {u"form"_s, u"algorithm"_s, u"key"_s, u"signature"_s, u"type"_s, u"issuer"_s,
        u"audience"_s, u"notBefore"_s, u"issuedAt"_s, u"expires"_s};
    for (const QByteArray& text :
        {""_ba, "x"_ba, "a.b"_ba, "..."_ba, "e30.e30."_ba, "{}"_ba, "eyJhbGciOiJSUzI1NiJ9.e30.AA"_ba}) {
        const auto verification
            = jose::verify(jose::decode(text), {.keys = {tokens::rsaKey()}}, tokens::expectation());
        QStringList ids;
        for (const base::Check& check : verification.checks)
            ids += check.id;
        QCOMPARE(ids, always);
        QCOMPARE(verification.outcome, jose::Verified::Refused);
    }
}

void TestVerify::withoutKeysNothingIsVerified()
{
    const jose::Jwt token
        = jose::decode(tokens::token(R"({"alg":"RS256"})", tokens::payload(), tokens::rsaKey(), "RS256"));
    const auto verification = jose::verify(token, {}, tokens::expectation());
    QCOMPARE(verification.outcome, jose::Verified::NotChecked);
    QCOMPARE(tokens::check(verification, u"signature"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(tokens::check(verification, u"key"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(tokens::check(verification, u"issuer"_s)->outcome, base::Outcome::Pass);
}

void TestVerify::judgesClaims_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("leeway");
    QTest::addColumn<QString>("failed");
    QTest::addColumn<QString>("relation");
    const auto row = [](const char* title, const char* name, const char* value, int leeway,
                         const QString& failed, const QString& relation = {}) {
        QTest::newRow(title) << QByteArray(name) << QByteArray(value) << leeway << failed << relation;
    };
    row("exp to come", "exp", "1800000001", 0, {}, u"ends in 1 s"_s);
    row("exp now", "exp", "1800000000", 0, u"expires"_s, u"ended 0 s ago"_s);
    row("exp past", "exp", "1799999621", 0, u"expires"_s, u"ended 6 min 19 s ago"_s);
    row("exp past within leeway", "exp", "1799999990", 60, {}, u"ended 10 s ago, within the leeway"_s);
    row("exp past at the end of leeway", "exp", "1799999940", 60, u"expires"_s);
    row("exp with fraction", "exp", "1800000000.5", 0, {});
    row("exp with fraction, past", "exp", "1799999999.999", 0, u"expires"_s);
    row("exp with exponent", "exp", "1.800001e9", 0, {});
    row("exp missing", "exp", "", 0, u"expires"_s, u"the token never ends"_s);
    row("exp text", "exp", "\"1800001000\"", 0, u"expires"_s, u"it is a string, not a number"_s);
    row("exp null", "exp", "null", 0, u"expires"_s, u"it is not a number"_s);
    row("exp true", "exp", "true", 0, u"expires"_s, u"it is not a number"_s);
    row("exp list", "exp", "[1800001000]", 0, u"expires"_s, u"it is not a number"_s);
    row("exp object", "exp", "{\"a\":1800001000}", 0, u"expires"_s, u"it is not a number"_s);
    row("exp in milliseconds", "exp", "1800001000000", 0, u"expires"_s, u"it lies after the year 9999"_s);
    row("exp negative", "exp", "-1", 0, u"expires"_s, u"it lies before 1970"_s);
    row("exp wraps 32 bits", "exp", "6095000000", 0, {});
    row("exp at 2^63", "exp", "9223372036854775808", 0, u"expires"_s, u"it lies after the year 9999"_s);
    row("exp of 300 digits", "exp", QByteArray(300, '9').constData(), 0, u"expires"_s,
        u"it lies after the year 9999"_s);
    row("exp out of range", "exp", "1e999", 0, u"form expires"_s);
    row("exp NaN", "exp", "NaN", 0, u"form expires"_s);
    row("exp tiny", "exp", "1e-300", 0, u"expires"_s);
    row("nbf now", "nbf", "1800000000", 0, {}, u"0 s ago"_s);
    row("nbf to come", "nbf", "1800000001", 0, u"notBefore"_s, u"in 1 s"_s);
    row("nbf to come within leeway", "nbf", "1800000060", 60, {},
        u"in 60 s, within the leeway"_s.replace(u"60 s"_s, u"1 min"_s));
    row("nbf to come after leeway", "nbf", "1800000061", 60, u"notBefore"_s);
    row("nbf missing", "nbf", "", 0, {}, u"the token does not say"_s);
    row("nbf text", "nbf", "\"0\"", 0, u"notBefore"_s);
    row("nbf negative", "nbf", "-9223372036854775809", 0, u"notBefore"_s, u"it lies before 1970"_s);
    row("iat to come", "iat", "1800000100", 0, u"issuedAt"_s);
    row("iat missing", "iat", "", 0, {});
    row("iat text", "iat", "\"x\"", 0, u"issuedAt"_s);
    row("iss wrong", "iss", "\"https://issuer.test/v2.0/\"", 0, u"issuer"_s, u"not equal"_s);
    row("iss in capitals", "iss", "\"HTTPS://issuer.test/v2.0\"", 0, u"issuer"_s);
    row("iss list", "iss", "[\"https://issuer.test/v2.0\"]", 0, u"issuer"_s, u"it is not a string"_s);
    row("iss missing", "iss", "", 0, u"issuer"_s, u"the token names no issuer"_s);
    row("iss with NUL", "iss", "\"https://issuer.test/v2.0\\u0000\"", 0, u"issuer"_s);
    row("name in capitals", "EXP", "0", 0, {});
}

namespace {

QByteArray claims(const QByteArray& name, const QByteArray& value)
{
    const json::Document doc = json::Document::parse(tokens::payload()).value();
    const QString pointer = u'/' + QString::fromUtf8(name);
    if (value.isEmpty())
        return doc.without(pointer)->source();
    const auto placed = doc.with(pointer, "\"@\"");
    return QByteArray(placed->source()).replace("\"@\"", value); // what is no JSON gets in this way, too
}

jose::Verification verified(const QByteArray& payload, const jose::Expectation& expected,
    const QByteArray& header = R"({"alg":"ES256"})")
{
    return jose::verify(jose::decode(tokens::token(header, payload, tokens::ecKey(), "ES256")),
        {.keys = {tokens::ecKey().publicPart()}}, expected);
}

} // namespace

void TestVerify::judgesClaims()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, leeway);
    QFETCH(QString, failed);
    QFETCH(QString, relation);
    jose::Expectation expected = tokens::expectation();
    expected.leeway = std::chrono::seconds(leeway);
    const auto verification = verified(claims(name, value), expected);
    QCOMPARE(tokens::failed(verification), failed);
    QCOMPARE(verification.outcome, failed.isEmpty() ? jose::Verified::Verified : jose::Verified::Refused);
    const QHash<QByteArray, QString> ids {{"exp"_ba, u"expires"_s}, {"nbf"_ba, u"notBefore"_s},
        {"iat"_ba, u"issuedAt"_s}, {"iss"_ba, u"issuer"_s}};
    if (!relation.isEmpty())
        QCOMPARE(tokens::check(verification, ids[name])->relation, relation);
    for (const base::Check& check : verification.checks)
        QCOMPARE(check.fix.isEmpty(), check.outcome != base::Outcome::Fail);
}

void TestVerify::comparesAudiences_data()
{
    QTest::addColumn<QByteArray>("aud");
    QTest::addColumn<QStringList>("accepted");
    QTest::addColumn<int>("outcome");
    const QStringList ours {u"api://trustwalk"_s, u"11111111-2222-3333-4444-555555555555"_s};
    const int pass = int(base::Outcome::Pass);
    const int fail = int(base::Outcome::Fail);
    QTest::newRow("text") << "\"api://trustwalk\""_ba << ours << pass;
    QTest::newRow("list") << "[\"x\",\"11111111-2222-3333-4444-555555555555\"]"_ba << ours << pass;
    QTest::newRow("other") << "\"api://other\""_ba << ours << fail;
    QTest::newRow("case") << "\"API://trustwalk\""_ba << ours << fail;
    QTest::newRow("prefix") << "\"api://trustwalk/x\""_ba << ours << fail;
    QTest::newRow("blank behind") << "\"api://trustwalk \""_ba << ours << fail;
    QTest::newRow("joined text") << "\"x, api://trustwalk\""_ba << ours << fail;
    QTest::newRow("empty list") << "[]"_ba << ours << fail;
    QTest::newRow("mixed list") << "[\"api://trustwalk\",1]"_ba << ours << fail;
    QTest::newRow("nested list") << "[[\"api://trustwalk\"]]"_ba << ours << fail;
    QTest::newRow("object") << "{\"api://trustwalk\":1}"_ba << ours << fail;
    QTest::newRow("null") << "null"_ba << ours << fail;
    QTest::newRow("missing") << ""_ba << ours << fail;
    QTest::newRow("none demanded") << "\"x\""_ba << QStringList {} << int(base::Outcome::NotEvaluated);
    QTest::newRow("none demanded, wrong type") << "1"_ba << QStringList {} << fail;
    QTest::newRow("empty is no wildcard") << "\"\""_ba << ours << fail;
}

void TestVerify::comparesAudiences()
{
    QFETCH(QByteArray, aud);
    jose::Expectation expected = tokens::expectation();
    QFETCH(QStringList, accepted);
    expected.audiences = accepted;
    const auto verification = verified(claims("aud", aud), expected);
    QTEST(int(tokens::check(verification, u"audience"_s)->outcome), "outcome");
}

void TestVerify::comparesTypes_data()
{
    QTest::addColumn<QByteArray>("typ");
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<bool>("passes");
    QTest::newRow("none") << ""_ba
                          << ""_ba << true;
    QTest::newRow("JWT") << "\"JWT\""_ba
                         << ""_ba << true;
    QTest::newRow("jwt") << "\"jwt\""_ba
                         << ""_ba << true;
    QTest::newRow("application/jwt") << "\"application/JWT\""_ba
                                     << ""_ba << true;
    QTest::newRow("access token") << "\"at+jwt\""_ba
                                  << ""_ba << true;
    QTest::newRow("logout token") << "\"logout+jwt\""_ba
                                  << ""_ba << false;
    QTest::newRow("DPoP proof") << "\"dpop+jwt\""_ba
                                << ""_ba << false;
    QTest::newRow("number") << "1"_ba
                            << ""_ba << false;
    QTest::newRow("null") << "null"_ba
                          << ""_ba << false;
    QTest::newRow("demanded") << "\"application/at+jwt\""_ba
                              << "at+jwt"_ba << true;
    QTest::newRow("demanded, other") << "\"JWT\""_ba
                                     << "at+jwt"_ba << false;
    QTest::newRow("demanded, missing") << ""_ba
                                       << "at+jwt"_ba << false;
}

void TestVerify::comparesTypes()
{
    QFETCH(QByteArray, typ);
    QFETCH(QByteArray, accepted);
    QFETCH(bool, passes);
    jose::Expectation expected = tokens::expectation();
    if (!accepted.isEmpty())
        expected.types = {accepted};
    const QByteArray header
        = typ.isEmpty() ? R"({"alg":"ES256"})"_ba : R"({"alg":"ES256","typ":)"_ba + typ + '}';
    const auto verification = verified(tokens::payload(), expected, header);
    QCOMPARE(tokens::failed(verification), passes ? QString() : u"type"_s);
}

void TestVerify::choosesKeys_data()
{
    QTest::addColumn<QByteArray>("kid");
    QTest::addColumn<QList<QByteArray>>("kids"); ///< of RSA keys in the set; "+" signs, "!" is for encryption
    QTest::addColumn<QString>("failed");
    QTest::addColumn<QString>("relation");
    using L = QList<QByteArray>;
    QTest::newRow("found") << "\"b\""_ba << L {"a", "b+"} << QString() << u"found by its kid"_s;
    QTest::newRow("found, wrong one")
        << "\"a\""_ba << L {"a", "b+"} << u"signature"_s << u"found by its kid"_s;
    QTest::newRow("unknown") << "\"c\""_ba << L {"a", "b+"} << u"key"_s << u"no such key"_s;
    QTest::newRow("case") << "\"B\""_ba << L {"a", "b+"} << u"key"_s << u"no such key"_s;
    QTest::newRow("path") << "\"../../b\""_ba << L {"a", "b+"} << u"key"_s << u"no such key"_s;
    QTest::newRow("SQL") << "\"b' OR '1'='1\""_ba << L {"a", "b+"} << u"key"_s << u"no such key"_s;
    QTest::newRow("empty") << "\"\""_ba << L {"a", "b+"} << u"key"_s << u"no such key"_s;
    QTest::newRow("number") << "1"_ba << L {"1+"} << u"key"_s << u"the kid is not a string"_s;
    QTest::newRow("null") << "null"_ba << L {"b+"} << u"key"_s << u"the kid is not a string"_s;
    QTest::newRow("no kid, one key") << ""_ba << L {"b+"} << QString() << u"the token names no kid"_s;
    QTest::newRow("no kid, several keys") << ""_ba << L {"a", "b+", "c"} << QString()
                                          << u"the token names no kid; 3 keys fit, number 2 of them holds"_s;
    QTest::newRow("no kid, none holds")
        << ""_ba << L {"a", "c"} << u"signature"_s << u"the token names no kid"_s;
    QTest::newRow("kid, key without")
        << "\"x\""_ba << L {"+"} << QString() << u"the given key has no kid to compare with"_s;
    QTest::newRow("two with one kid") << "\"a\""_ba << L {"a", "a+"} << QString()
                                      << u"found by its kid; 2 keys fit, number 2 of them holds"_s;
    QTest::newRow("for encryption") << "\"a\""_ba << L {"a+!"} << u"key"_s
                                    << u"the key's use is \"enc\", not signing"_s;
}

void TestVerify::choosesKeys()
{
    QFETCH(QByteArray, kid);
    QFETCH(QList<QByteArray>, kids);
    QFETCH(QString, failed);
    static const jose::Key other = jose::Key::fromSeed(jose::KeyType::Rsa, "other").value();
    jose::KeySet keys;
    for (QByteArray name : kids) {
        jose::Key key = name.contains('+') ? tokens::rsaKey().publicPart() : other.publicPart();
        key.use = name.contains('!') ? "enc"_ba : QByteArray();
        key.kid = name.replace("+", "").replace("!", "");
        keys.keys.append(key);
    }
    const QByteArray header
        = kid.isEmpty() ? R"({"alg":"RS256"})"_ba : R"({"alg":"RS256","kid":)"_ba + kid + '}';
    const auto verification
        = jose::verify(jose::decode(tokens::token(header, tokens::payload(), tokens::rsaKey(), "RS256")),
            keys, tokens::expectation());
    QCOMPARE(tokens::failed(verification), failed);
    QTEST(tokens::check(verification, u"key"_s)->relation, "relation");
    if (failed == u"key")
        QCOMPARE(tokens::check(verification, u"signature"_s)->outcome, base::Outcome::NotEvaluated);
}

void TestVerify::keysNameTheirIssuer_data()
{
    QTest::addColumn<QString>("ofKey");
    QTest::addColumn<QString>("iss");
    QTest::addColumn<QString>("tid");
    QTest::addColumn<bool>("holds");
    // Microsoft: "Access tokens", validate the signing key issuer. One tenant's key must not sign for another.
    const auto v2 = [](const QString& tenant) { return QString(u"https://login.test/"_s + tenant + u"/v2.0"_s); };
    QTest::newRow("none named") << QString() << v2(u"a"_s) << u"a"_s << true;
    QTest::newRow("the same") << v2(u"a"_s) << v2(u"a"_s) << u"a"_s << true;
    QTest::newRow("another tenant's") << v2(u"b"_s) << v2(u"a"_s) << u"a"_s << false;
    QTest::newRow("every tenant's") << v2(u"{tenantid}"_s) << v2(u"a"_s) << u"a"_s << true;
    QTest::newRow("every tenant's, tid is another") << v2(u"{tenantid}"_s) << v2(u"a"_s) << u"b"_s << false;
    QTest::newRow("every tenant's, no tid") << v2(u"{tenantid}"_s) << v2(u"a"_s) << QString() << false;
    QTest::newRow("version 1") << v2(u"{tenantid}"_s) << u"https://sts.test/a/"_s << u"a"_s << true;
    QTest::newRow("version 1, another tenant's") << v2(u"b"_s) << u"https://sts.test/a/"_s << u"a"_s << false;
    QTest::newRow("version 1, tid is another") << v2(u"{tenantid}"_s) << u"https://sts.test/a/"_s << u"b"_s << false;
}

void TestVerify::keysNameTheirIssuer()
{
    QFETCH(QString, ofKey);
    QFETCH(QString, iss);
    QFETCH(QString, tid);
    QFETCH(bool, holds);
    const QByteArray claims = R"({"iss":)" + json::quoted(iss) + (tid.isEmpty() ? QByteArray() : R"(,"tid":)" + json::quoted(tid))
        + R"(,"aud":"api://trustwalk","iat":1799999000,"exp":1800001000})";
    jose::Key key = tokens::named(tokens::rsaKey().publicPart(), "k");
    key.issuer = ofKey;
    jose::Expectation expected = tokens::expectation();
    expected.issuer = iss;
    const auto verification = jose::verify(jose::decode(tokens::token(R"({"alg":"RS256","kid":"k"})", claims, tokens::rsaKey(), "RS256")), {.keys = {key}}, expected);
    QCOMPARE(tokens::failed(verification), holds ? QString() : u"key"_s);
    QCOMPARE(verification.outcome, holds ? jose::Verified::Verified : jose::Verified::Refused);
}

void TestVerify::acceptsOnlyTheGivenAlgorithms()
{
    jose::Expectation expected = tokens::expectation();
    expected.algs = {"RS256"_ba, "PS256"_ba};
    QCOMPARE(tokens::failed(verified(tokens::payload(), expected)), u"algorithm"_s);
    expected.algs = {"ES256"_ba};
    QCOMPARE(tokens::failed(verified(tokens::payload(), expected)), QString());
}

void TestVerify::namesAndIgnoresHints()
{
    const QByteArray own = tokens::ecKey().toPublicJwk();
    const QByteArray header = R"({"alg":"ES256","jwk":)" + own
        + R"(,"jku":"https://evil.test/keys","x5u":"file:///etc/passwd","x5c":["AA"]})";
    const auto verification = verified(tokens::payload(), tokens::expectation(), header);
    QCOMPARE(verification.outcome,
        jose::Verified::Verified); // by the key that was given, not by the one it brought
    for (const QString& id : {u"header.jwk"_s, u"header.jku"_s, u"header.x5c"_s, u"header.x5u"_s}) {
        QVERIFY(tokens::check(verification, id));
        QCOMPARE(tokens::check(verification, id)->outcome, base::Outcome::Warning);
    }
}

void TestVerify::tellsNearMissesOfClocks()
{
    const auto near = verified(claims("nbf", "1800000119"), tokens::expectation());
    QVERIFY(tokens::check(near, u"notBefore"_s)->near);
    QCOMPARE(tokens::check(near, u"notBefore"_s)->near->kind, base::Near::ClockSkew);
    QVERIFY(tokens::check(near, u"notBefore"_s)->near->text.contains(u"1 min 59 s"_s));
    const auto far = verified(claims("exp", "1799990000"), tokens::expectation());
    QVERIFY(!tokens::check(far, u"expires"_s)->near);
}

void TestVerify::saysWhatWasNotDemanded()
{
    const auto verification = verified(tokens::payload(), {.now = base::fromEpochSeconds(tokens::now)});
    QCOMPARE(verification.outcome, jose::Verified::Verified);
    QCOMPARE(tokens::check(verification, u"issuer"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(tokens::check(verification, u"issuer"_s)->relation, u"no issuer is demanded"_s);
    QCOMPARE(tokens::check(verification, u"audience"_s)->outcome, base::Outcome::NotEvaluated);
}

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
