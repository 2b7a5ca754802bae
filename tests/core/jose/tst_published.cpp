// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/jwt.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// Published examples (RFC 7515 appendix A, RFC 7520 section 4, RFC 7638, RFC 8037) and tokens of another
/// implementation.
class TestPublished : public QObject
{
    Q_OBJECT

private slots:
    void holds_data();
    void holds();
    void everyChangedBitBreaks();
    void unsecuredIsRefused();
    void thumbprints_data();
    void thumbprints();
    void otherImplementation_data();
    void otherImplementation();
};

namespace {

json::Document document(const char* name)
{
    QFile file(QLatin1StringView(TESTS_DIR "/data/jose/") + QLatin1StringView(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return json::Document::parse(file.readAll()).value();
}

void addRows(const json::Document& doc, const char* name)
{
    QTest::addColumn<QByteArray>("row");
    for (json::Value row = doc.root().first(); row; row = row.next()) {
        const QByteArray title = row[name].bytes() + ' ' + row["alg"].bytes();
        QTest::newRow(title.constData()) << row.raw().toByteArray();
    }
}

} // namespace

void TestPublished::holds_data() { addRows(document("published.json"), "source"); }

void TestPublished::holds()
{
    QFETCH(QByteArray, row);
    const json::Document doc = json::Document::parse(row).value();
    const auto key = jose::Key::fromJwk(doc.root()["key"]);
    QVERIFY2(key, key ? "" : qPrintable(key.error().text));
    QVERIFY(key->isPrivate());
    QVERIFY(key->problems.isEmpty());
    const jose::Algorithm& alg = *jose::algorithm(doc.root()["alg"].bytes());
    const jose::Jwt token = jose::decode(doc.root()["token"].bytes());
    QCOMPARE(token.text("alg"), QString());
    QCOMPARE(token.header.root()["alg"].bytes(), QByteArrayView(alg.name));
    QVERIFY(jose::signatureHolds(token, *key, alg));
    if (alg.family != jose::Family::Hmac)
        QVERIFY(jose::signatureHolds(token, key->publicPart(), alg));

    const auto again = jose::sign(token.signingInput(), *key, alg);
    QVERIFY(again);
    QVERIFY(jose::verifySignature(token.signingInput(), *again, *key, alg));
    if (doc.root()["same"].boolean())
        QCOMPARE(*again, token.signature);
}

void TestPublished::everyChangedBitBreaks()
{
    const json::Document doc = document("published.json");
    for (json::Value row = doc.root().first(); row; row = row.next()) {
        const auto key = jose::Key::fromJwk(row["key"]);
        const jose::Algorithm& alg = *jose::algorithm(row["alg"].bytes());
        const jose::Jwt token = jose::decode(row["token"].bytes());
        for (qsizetype at : {qsizetype(0), token.signature.size() / 2, token.signature.size() - 1}) {
            QByteArray changed = token.signature;
            changed[at] = char(changed[at] ^ 1);
            QVERIFY(!jose::verifySignature(token.signingInput(), changed, *key, alg));
        }
        QByteArray input = token.signingInput().toByteArray();
        input[3] = char(input[3] ^ 1);
        QVERIFY(!jose::verifySignature(input, token.signature, *key, alg));
    }
}

void TestPublished::unsecuredIsRefused()
{
    // RFC 7515 appendix A.5
    const jose::Jwt token = jose::decode(
        "eyJhbGciOiJub25lIn0."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.");
    QCOMPARE(token.text("iss"), u"joe"_s);
    QVERIFY(token.problems.isEmpty());
    const jose::KeySet keys {.keys = {jose::Key::fromSecret(QByteArray(32, 'k'))}};
    const auto verification = jose::verify(token, keys, {.now = base::fromEpochSeconds(1300819000)});
    QCOMPARE(verification.outcome, jose::Verified::Refused);
    QCOMPARE(verification.checks.at(1).relation, u"the token is not signed"_s);
}

void TestPublished::thumbprints_data() { addRows(document("thumbprints.json"), "source"); }

void TestPublished::thumbprints()
{
    QFETCH(QByteArray, row);
    const json::Document doc = json::Document::parse(row).value();
    const auto key = jose::Key::fromJwk(doc.root()["key"]);
    QVERIFY(key);
    QCOMPARE(QByteArrayView(key->thumbprint()), doc.root()["thumbprint"].bytes());
}

void TestPublished::otherImplementation_data() { addRows(document("cross.json"), "name"); }

void TestPublished::otherImplementation()
{
    QFETCH(QByteArray, row);
    const json::Document doc = json::Document::parse(row).value();
    const json::Value root = doc.root();
    const auto fromJwk = jose::Key::fromJwk(root["jwk"]);
    const auto fromPem = jose::Key::fromPem(root["pem"].bytes());
    QVERIFY2(fromJwk, fromJwk ? "" : qPrintable(fromJwk.error().text));
    QVERIFY2(fromPem, fromPem ? "" : qPrintable(fromPem.error().text));
    QCOMPARE(fromJwk->thumbprint(), fromPem->thumbprint());
    QCOMPARE(QByteArrayView(fromJwk->toPublicPem()), root["pem"].bytes());
    for (const jose::Key& key : {*fromJwk, *fromPem}) {
        const auto verification = jose::verify(jose::decode(root["token"].bytes()), {.keys = {key}},
            {.issuer = u"https://issuer.test"_s,
                .audiences = {u"api://trustwalk"_s},
                .now = base::fromEpochSeconds(1800000000)});
        const bool verified = verification.outcome == jose::Verified::Verified;
        QCOMPARE(verified, root["verified"].boolean());
        for (const base::Check& check : verification.checks) {
            const bool failed = check.outcome == base::Outcome::Fail;
            QVERIFY2(failed == (!verified && check.id == root["reason"].text()),
                qPrintable(check.id + u": " + check.relation));
        }
    }
}

QTEST_GUILESS_MAIN(TestPublished)
#include "tst_published.moc"
