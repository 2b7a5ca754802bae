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
    row("{\"a\": 1}", "cannot be read");
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
