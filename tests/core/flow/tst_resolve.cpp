// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/resolve.h"

#include <QTest>

using namespace Qt::StringLiterals;
using flow::Ingredients;
using flow::Made;
using flow::Step;

namespace {

Step formStep(QList<flow::Field> body)
{
    Step step;
    step.id = u"s"_s;
    step.url = flow::literal("https://issuer.example/token");
    step.format = flow::BodyFormat::Form;
    step.body = std::move(body);
    return step;
}

const setup::SecretKey key {u"setup"_s, u"tenant"_s, u"client"_s, u"credential"_s};

} // namespace

class TestResolve : public QObject
{
    Q_OBJECT
private slots:
    void challengeIsTheOneOfRfc7636() // C08
    {
        QCOMPARE(flow::challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    void everyRunHasItsOwnRandomValues() // C07
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i) {
            const Ingredients known = flow::freshIngredients();
            QCOMPARE(known.verifier.size(), 43); // 256 bits: RFC 7636 4.1 asks for 43 to 128 characters
            seen << known.verifier << known.state << known.nonce;
        }
        QCOMPARE(seen.size(), 3000);
    }

    void formValuesAreEncodedOnce_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("plain") << QByteArray("abc-._~") << QByteArray("v=abc-._~");
        QTest::newRow("blank and plus") << QByteArray("a b+c") << QByteArray("v=a%20b%2Bc");
        QTest::newRow("url") << QByteArray("api://x/.default") << QByteArray("v=api%3A%2F%2Fx%2F.default");
        QTest::newRow("utf-8") << QByteArray("\xc3\xa9&=") << QByteArray("v=%C3%A9%26%3D");
    }
    void formValuesAreEncodedOnce()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, body);
        const auto resolved = flow::resolve(formStep({{"v", flow::literal(value)}}), {});
        QVERIFY(resolved);
        QCOMPARE(resolved->request.body, body);
    }

    void missingValuesNameTheirSlot_data()
    {
        QTest::addColumn<QString>("slot");
        QTest::newRow("token") << u"T1"_s;
        QTest::newRow("reply") << u"code"_s;
    }
    void missingValuesNameTheirSlot()
    {
        QFETCH(QString, slot);
        const flow::Value value = slot == u"T1" ? flow::fromToken(slot) : flow::fromReply(slot);
        const auto resolved = flow::resolve(formStep({{"v", value}}), {});
        QVERIFY(!resolved);
        QCOMPARE(resolved.error().code, u"not-yet"_s);
        QCOMPARE(resolved.error().where, slot);
    }

    void anOptionalFieldIsLeftOut()
    {
        const auto resolved = flow::resolve(formStep({{"a", flow::literal("1")}, {.name = "b", .value = flow::fromReply(u"none"_s), .optional = true}}), {});
        QVERIFY(resolved);
        QCOMPARE(resolved->request.body, QByteArray("a=1"));
        QCOMPARE(resolved->origins.size(), 1);
    }

    void aPreviewHoldsNoSecret() // S04
    {
        const Step step = formStep({{"client_secret", flow::fromSecret(key)}});
        const auto preview = flow::resolve(step, {});
        QVERIFY(preview);
        QVERIFY(preview->request.body.contains(http::percentEncoded(flow::secretPlaceholder())));
        QCOMPARE(flow::secretsOf(step), QList {key});

        std::map<setup::SecretKey, base::Secret> secrets;
        secrets.emplace(key, base::Secret("s3cret"));
        Ingredients known;
        known.secrets = &secrets;
        QCOMPARE(flow::resolve(step, known)->request.body, QByteArray("client_secret=s3cret"));
        secrets.clear();
        QCOMPARE(flow::resolve(step, known).error().code, u"secret-missing"_s);
    }

    void originsSayWhereValuesComeFrom()
    {
        Ingredients known = flow::freshIngredients();
        known.tokens.insert(u"T1"_s, "token");
        Step step = formStep({{"client_id", flow::fromSetup(u"c"_s, u"/apps/0/clientId"_s)}, {"client_assertion", flow::fromToken(u"T1"_s)}});
        step.headers = {{"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(u"T1"_s)})}};
        step.query = {{"state", flow::made(Made::State)}};
        const auto resolved = flow::resolve(step, known);
        QVERIFY(resolved);
        QStringList from;
        for (const flow::Origin& origin : resolved->origins)
            from << QString::fromUtf8(origin.name) + u'=' + origin.from;
        QCOMPARE(from, QStringList({u"state=made here"_s, u"Authorization=T1"_s, u"client_id=setup"_s, u"client_assertion=T1"_s}));
        QCOMPARE(resolved->request.headers.value("authorization"), QByteArray("Bearer token"));
        QVERIFY(resolved->request.url.startsWith("https://issuer.example/token?state="));
    }

    void jsonBodiesQuoteTextAndKeepJson()
    {
        Step step = formStep({{"text", flow::literal("a\"b")}, {.name = "list", .value = flow::literal("[1]"), .json = true}});
        step.format = flow::BodyFormat::Json;
        const auto resolved = flow::resolve(step, {});
        QVERIFY(resolved);
        const auto body = json::Document::parse(resolved->request.body);
        QVERIFY(body);
        QCOMPARE(body->root()["text"].text(), u"a\"b"_s);
        QCOMPARE(body->find(u"/list/0").integer(), 1);
    }
};

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"
