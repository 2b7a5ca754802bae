// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/trust/cel.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The part of the Common Expression Language that conditions use: what holds, what does not, and what is named
/// instead of guessed. Cases after the language definition (github.com/google/cel-spec).
class TestCel : public QObject
{
    Q_OBJECT

private slots:
    void evaluates_data();
    void evaluates();
    void mappings_data();
    void mappings();
    void computes_data();
    void computes();
    void namesWhatItDoesNotKnow_data();
    void namesWhatItDoesNotKnow();
    void hostileInputEnds_data();
    void hostileInputEnds();
    void listsTheClaimsItLookedAt();
    void explainsAsATree();
};

namespace {

const json::Document& claims()
{
    static const json::Document doc = json::Document::parse(R"({"sub":"repo:octo/app:main","ref":"refs/heads/main","n":5,"big":9007199254740993,
        "f":1.5,"yes":true,"none":null,"groups":["dev","ops"],"nested":{"a":{"b":"c"}},"quote":"it's \"so\"","empty":""})").value();
    return doc;
}

} // namespace

void TestCel::evaluates_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char* expression, bool holds) { QTest::newRow(expression) << QString::fromUtf8(expression) << holds; };
    row("claims.sub == \"repo:octo/app:main\"", true);
    row("claims.sub == 'repo:octo/app:main'", true);
    row("claims['sub'] != \"x\"", true);
    row("claims[\"ref\"] == \"refs/heads/main\"", true);
    row("claims.n == 5", true);
    row("claims.n == 5.0", true);
    row("claims.n == 5u", true);
    row("claims.n == \"5\"", false);
    row("claims.n == 0x5", true);
    row("claims.big == 9007199254740993", true);
    row("claims.big == 9007199254740992", false);
    row("claims.f > 1 && claims.f <= 1.5", true);
    row("claims.n == -5", false);
    row("claims.yes", true);
    row("!claims.yes", false);
    row("!!claims.yes", true);
    row("claims.yes == true && !false", true);
    row("claims.none == null", true);
    row("\"dev\" in claims.groups", true);
    row("\"sec\" in claims.groups", false);
    row("claims.ref in [\"refs/heads/main\", \"refs/heads/release\"]", true);
    row("\"sub\" in claims", true);
    row("\"act\" in claims", false);
    row("has(claims.sub)", true);
    row("has(claims.act)", false);
    row("has(claims.nested.a)", true);
    row("has(claims.nested.x)", false);
    row("!has(claims.act) || claims.act == \"x\"", true);
    row("claims.sub.startsWith(\"repo:octo/\")", true);
    row("claims.sub.startsWith(\"repo:other/\")", false);
    row("claims.ref.endsWith('/main')", true);
    row("claims.sub.contains(\"app\")", true);
    row("size(claims.groups) == 2", true);
    row("claims.groups.size() >= 3", false);
    row("size(claims.empty) == 0", true);
    row("claims.nested.a.b == \"c\"", true);
    row("claims.nested[\"a\"][\"b\"] == \"c\"", true);
    row("claims.groups[1] == \"ops\"", true);
    row("claims.groups == [\"dev\", \"ops\"]", true);
    row("claims.groups == [\"dev\"]", false);
    row("(claims.n == 1 || claims.n == 5) && claims.yes", true);
    row("claims.n == 1 || claims.n == 5 && claims.yes", true);
    row("claims.n == 5 ? claims.yes : false", true);
    row("claims.quote == \"it's \\\"so\\\"\"", true);
    row("claims.sub == r\"repo:octo/app:main\"", true);
    row("\"a\" < \"b\"", true);
    // An evaluation error: the condition does not hold.
    row("claims.act == \"x\"", false);
    row("claims.n.startsWith(\"5\")", false);
    row("claims.n < \"x\"", false);
    row("claims.n", false);
    row("claims.groups[7] == \"x\"", false);
    // One decisive side is enough, whatever is wrong with the other.
    row("claims.act == \"x\" || claims.yes", true);
    row("claims.yes || claims.act == \"x\"", true);
    row("claims.n == 1 && claims.act == \"x\"", false);
    row("claims.sub.matches(\"x\") && false", false);
    row("true || claims.sub.lowerAscii() == \"x\"", true);
}

void TestCel::evaluates()
{
    QFETCH(QString, expression);
    QFETCH(bool, holds);
    const cel::Result result = cel::evaluate(expression, claims().root());
    QVERIFY2(result.holds, qPrintable(result.why));
    QVERIFY2(*result.holds == holds, qPrintable(result.why));
}

namespace {

cel::Environment google()
{
    static const json::Document assertion = json::Document::parse(R"({"sub":"repo:octo/app:ref:refs/heads/main",
        "arn":"arn:aws:sts::123456789012:assumed-role/build-role/session","email":"Alice@Example.COM","n":5,"f":1.5,"yes":true,
        "groups":["dev","ops"],"kubernetes.io":{"namespace":"web","serviceaccount":{"name":"front"}},
        "path":"projects/_/buckets/acme-orders-aaa/objects/data_lake/orders/order_date=2019-11-03/aef87g87ae0876"})").value();
    static const json::Document own = json::Document::parse(R"({"subject":"repo:octo/app:ref:refs/heads/main","groups":["dev"]})").value();
    static const json::Document attribute = json::Document::parse(R"({"repository":"octo/app"})").value();
    return {.variables = {{u"assertion"_s, assertion.root(), u"The token has no claim %1."_s},
                          {u"google"_s, own.root(), u"The mapping gives no google.%1."_s},
                          {u"attribute"_s, attribute.root(), u"The mapping gives no attribute %1."_s}},
            .vocabulary = cel::Vocabulary::Mappings};
}

} // namespace

/// What Google's pages use in conditions beside the above (Workload Identity Federation, mappings and conditions).
void TestCel::mappings_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("holds"); // "yes", "no", or what is named
    const auto row = [](const char* expression, const char* holds) { QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(holds); };
    row("attribute.repository == 'octo/app'", "yes");
    row("google.subject.startsWith('repo:octo/')", "yes");
    row("'dev' in google.groups", "yes");
    row("assertion['kubernetes.io']['namespace'] == 'web'", "yes");
    row("assertion.sub.matches('^repo:octo/[a-z]+:ref:refs/heads/(main|dev)$')", "yes");
    row("assertion.sub.matches('octo')", "yes");
    row("assertion.sub.matches('^octo$')", "no");
    row("matches(assertion.sub, 'octo')", "yes");
    row("assertion.sub.matches('(?=repo)')", "matches() with the pattern");
    row("assertion.sub.matches('(a)\\\\1')", "matches() with the pattern");
    row("assertion.sub.matches('(')", "no");
    row("assertion.sub.split(':')[1] == 'octo/app'", "yes");
    row("assertion.email.lowerAscii() == 'alice@example.com'", "yes");
    row("assertion.groups.exists(g, g == 'ops')", "yes");
    row("assertion.groups.exists(g, g.startsWith('x'))", "no");
    row("assertion.groups.all(g, size(g) == 3)", "yes");
    row("assertion.groups.exists_one(g, g == 'ops')", "yes");
    row("assertion.groups.filter(g, g != 'dev') == ['ops']", "yes");
    row("assertion.groups.map(g, 'team-' + g)[0] == 'team-dev'", "yes");
    row("assertion.groups.exists(g, assertion.groups.all(h, h != g))", "no");
    row("{'dev': 'D', 'ops': 'O'}[assertion.groups[1]] == 'O'", "yes");
    row("'dev' in {'dev': 1}", "yes");
    row("string(assertion.n) == '5' && string(assertion.yes) == 'true'", "yes");
    row("assertion.groups + ['x'] == ['dev', 'ops', 'x']", "yes");
    row("assertion.missing == 'x'", "no");
    row("attribute.missing == 'x'", "no");
    row("google.groups[3] == 'x'", "no");
    row("assertion.n + 1 == 6", "the operator + on numbers");
    row("assertion.n * 2 == 10", "the operator *");
    row("string(assertion.f) == '1.5'", "string()");
    row("assertion.sub.substring(1) == 'x'", "substring()");
    row("request.time == 'x'", "the variable request");
    row("claims.sub == 'x'", "the variable claims");
    row("timestamp('2026-01-01T00:00:00Z') == 'x'", "timestamp()");
    row("[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, [1,2,3,4,5,6,7,8,9].all(d, "
        "[1,2,3,4,5,6,7,8,9].all(e, [1,2,3,4,5,6,7,8,9].all(f, true))))))", "takes too long");
}

void TestCel::mappings()
{
    QFETCH(QString, expression);
    QFETCH(QString, holds);
    const cel::Result result = cel::evaluate(expression, google());
    if (holds == u"yes" || holds == u"no") {
        QVERIFY2(result.holds, qPrintable(result.why));
        QVERIFY2(*result.holds == (holds == u"yes"), qPrintable(result.why));
        return;
    }
    QVERIFY(!result.holds);
    QVERIFY2(result.why.contains(holds), qPrintable(result.why));
}

void TestCel::computes_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QByteArray>("json"); // empty: an error or not known
    const auto row = [](const char* expression, const char* json) { QTest::newRow(expression) << QString::fromUtf8(expression) << QByteArray(json); };
    // Google: configure workload identity federation with AWS, mapping of the role.
    row("assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + "
        "assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn", R"("arn:aws:sts::123456789012:assumed-role/build-role")");
    // Google: IAM conditions, extracting values from resource names.
    row("assertion.path.extract('/order_date={date}/')", R"("2019-11-03")");
    row("assertion.path.extract('buckets/{name}/')", R"("acme-orders-aaa")");
    row("assertion.path.extract('/orders/{empty}order_date')", R"("")");
    row("assertion.path.extract('{start}/objects/data_lake')", R"("projects/_/buckets/acme-orders-aaa")");
    row("assertion.path.extract('orders/{end}')", R"("order_date=2019-11-03/aef87g87ae0876")");
    row("assertion.path.extract('/orders/{none}/order_date=')", R"("")");
    row("assertion.path.extract('{all}') == assertion.path", "true");
    row("assertion.path.extract('no braces')", "");
    row("assertion.path.extract('{a}{b}')", "");
    // google-github-actions/auth issue 423: a shorter subject.
    row("assertion.sub.split(':')[1]", R"("octo/app")");
    row("assertion.sub.split(':', 2)", R"(["repo","octo/app:ref:refs/heads/main"])");
    row("assertion.sub.split(':', 0)", "[]");
    row("['a', 'b'].join('-')", R"("a-b")");
    row("'azure::' + assertion.n", "");
    row("assertion.groups", R"(["dev","ops"])");
    row("assertion.missing", "");
    row("assertion['kubernetes.io'].serviceaccount.name", R"("front")");
}

void TestCel::computes()
{
    QFETCH(QString, expression);
    QFETCH(QByteArray, json);
    const cel::Computed computed = cel::compute(expression, google());
    QCOMPARE(computed.json, json);
    QCOMPARE(computed.state == cel::Computed::State::Value, !json.isEmpty());
    QVERIFY(!json.isEmpty() || !computed.why.isEmpty());
}

void TestCel::namesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* expression, const char* named) {
        QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(named);
    };
    row("claims.sub.extract(\"repo:{x}\") == \"y\"", "extract()");
    row("claims.sub.matches(\"^repo\")", "matches()");
    row("claims.groups.exists(g, g == \"dev\")", "exists()");
    row("string(claims.n) == \"5\"", "string()");
    row("claims.n + 1 == 6", "the operator +");
    row("claims.n % 2 == 1", "the operator %");
    row("request.time == 1", "the variable request");
    row("claims.yes && claims.sub.extract(\"x\") == \"y\"", "extract()");
    row("claims == claims", "a comparison of objects");
    row("claims.sub ==", "its end");
    row("claims.sub = \"x\"", "cannot be read");
    row("claims.sub == \"x", "a string without an end");
    row("", "its end");
    row("{\"a\": 1}", "a map");
    row("claims.sub == \"\"\"x\"\"\"", "three quotes");
}

void TestCel::namesWhatItDoesNotKnow()
{
    QFETCH(QString, expression);
    QFETCH(QString, named);
    const cel::Result result = cel::evaluate(expression, claims().root());
    QVERIFY(!result.holds);
    QVERIFY2(result.why.contains(named), qPrintable(result.why));
}

void TestCel::hostileInputEnds_data()
{
    QTest::addColumn<QString>("expression");
    QTest::newRow("deep brackets") << QString(100000, u'(');
    QTest::newRow("deep within the length") << QString(QString(4000, u'(') + u'1' + QString(4000, u')'));
    QTest::newRow("many nots") << QString(16000, u'!');
    QTest::newRow("minus signs") << QString(16000, u'-');
    QTest::newRow("long chain") << QString(u"true"_s + u"&&true"_s.repeated(2600));
    QTest::newRow("long path") << QString(u"claims"_s + u".a"_s.repeated(8000));
    QTest::newRow("lists in lists") << u"["_s.repeated(16000);
    QTest::newRow("choices") << u"true?"_s.repeated(3000);
    QTest::newRow("control characters") << QString(u"claims.\u0001\u0000 == 1"_s);
    QTest::newRow("too long") << QString(20000, u'a');
}

void TestCel::hostileInputEnds()
{
    QFETCH(QString, expression);
    QVERIFY(!cel::evaluate(expression, claims().root()).holds);
}

void TestCel::listsTheClaimsItLookedAt()
{
    const cel::Result result = cel::evaluate(u"claims.sub == \"x\" || claims.act.sub == \"y\" || claims.sub == \"z\"", claims().root());
    QCOMPARE(result.values, (QStringList {u"claims.sub = \"repo:octo/app:main\""_s, u"claims.act = (missing)"_s}));
    QCOMPARE(result.why, u"The token has no claim act."_s);
}

void TestCel::explainsAsATree()
{
    const cel::Part part = cel::explain(u"claims.n == 5 && (claims.ref == \"x\" || !claims.yes) && claims.sub.extract(\"a\") == \"b\"", claims().root());
    QCOMPARE(part.word, u"all of"_s);
    QCOMPARE(part.outcome, base::Outcome::Fail); // the bracket decides, whatever extract() would say
    QCOMPARE(part.parts.size(), 3);
    QCOMPARE(part.parts[0].text, u"claims.n == 5"_s);
    QCOMPARE(part.parts[0].outcome, base::Outcome::Pass);
    QCOMPARE(part.parts[0].values, QStringList {u"claims.n = 5"_s});
    QCOMPARE(part.parts[1].word, u"any of"_s);
    QCOMPARE(part.parts[1].text, u"claims.ref == \"x\" || !claims.yes"_s);
    QCOMPARE(part.parts[1].parts[1].word, u"not"_s);
    QCOMPARE(part.parts[1].parts[1].text, u"!claims.yes"_s);
    QCOMPARE(part.parts[1].parts[1].parts[0].text, u"claims.yes"_s);
    QCOMPARE(part.parts[2].outcome, base::Outcome::NotEvaluated);
    QVERIFY(part.parts[2].why.contains(u"extract()"_s));
    QCOMPARE(cel::explain(u"claims.n ==", claims().root()).outcome, base::Outcome::NotEvaluated);
    QCOMPARE(cel::explain(u"(claims.groups)[0] == \"dev\"", claims().root()).text, u"(claims.groups)[0] == \"dev\""_s);
    const cel::Part choice = cel::explain(u"claims.yes ? claims.n == 5 : false", claims().root());
    QVERIFY(choice.word.isEmpty() && choice.outcome == base::Outcome::Pass && choice.parts.isEmpty());
}

QTEST_GUILESS_MAIN(TestCel)
#include "tst_cel.moc"
