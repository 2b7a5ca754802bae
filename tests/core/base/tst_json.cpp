// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(json::Problem::Kind)

/// Reading JSON: what is accepted, what is refused and in which words, and that nothing is changed or lost.
class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void keepsOrderDuplicatesAndNumbers();
    void integers_data();
    void integers();
    void findsByPointer_data();
    void findsByPointer();
    void pointerLeadsBack();
    void rawIsTheSource();
    void tellsPositions();
    void missingValuesAreHarmless();
    void readKeepsWhatStandsBeforeTheFault_data();
    void readKeepsWhatStandsBeforeTheFault();
    void readListsProblems_data();
    void readListsProblems();
    void deepNestingIsRefusedAtOnce_data();
    void deepNestingIsRefusedAtOnce();
    void manyMembersTakeLinearTime();
    void longListsOfProblemsAreCut();
    void copiesLiveOn();
};

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& text, const QString& where, const QString& says) {
        QTest::newRow(name) << text << where << says;
    };
    row("nothing", ""_ba, u"1:1"_s, u"empty"_s);
    row("blanks", " \n"_ba, u"2:1"_s, u"empty"_s);
    row("comma missing in object", "{\n  \"a\": 1\n  \"b\": 2\n}"_ba, u"3:3"_s,
        u"Line 3, column 3: a comma is missing before \"b\"."_s);
    row("comma missing in array", "[1 2]"_ba, u"1:4"_s, u"a comma is missing before “2”"_s);
    row("comma too many in object", "{\"a\":1,}"_ba, u"1:8"_s, u"a comma stands after the last member"_s);
    row("comma too many in array", "[1,]"_ba, u"1:4"_s, u"a comma stands after the last element"_s);
    row("colon missing", "{\"a\" 1}"_ba, u"1:6"_s, u"a colon is missing before “1”"_s);
    row("value missing", "{\"a\":}"_ba, u"1:6"_s, u"a value is missing after the colon"_s);
    row("single quotes", "{'a':1}"_ba, u"1:2"_s, u"single quotes"_s);
    row("single quotes in value", "['a']"_ba, u"1:2"_s, u"single quotes"_s);
    row("name without quotes", "{a:1}"_ba, u"1:2"_s, u"“a” is not a member name"_s);
    row("comment", "{ // x\n}"_ba, u"1:3"_s, u"comment"_s);
    row("capital", "[True]"_ba, u"1:2"_s, u"Write “true”"_s);
    row("Python", "[None]"_ba, u"1:2"_s, u"Write null"_s);
    row("NaN", "[NaN]"_ba, u"1:2"_s, u"not a JSON number"_s);
    row("Infinity", "[-Infinity]"_ba, u"1:3"_s, u"not a JSON number"_s);
    row("misspelt word", "[nul]"_ba, u"1:2"_s, u"“nul” is not a value"_s);
    row("leading zero", "[01]"_ba, u"1:3"_s, u"leading zero"_s);
    row("plus", "[+1]"_ba, u"1:2"_s, u"“+1” is not a number as JSON writes them"_s);
    row("no digit after point", "[1.]"_ba, u"1:4"_s, u"decimal point"_s);
    row("no exponent", "[1e]"_ba, u"1:4"_s, u"exponent"_s);
    row("wrong bracket", "[1}"_ba, u"1:3"_s, u"“]” is missing before “}”"_s);
    row("object open", "{"_ba, u"1:2"_s, u"“}” is missing"_s);
    row("array open", "[1"_ba, u"1:3"_s, u"“]” is missing"_s);
    row("string open", "[\"a"_ba, u"1:4"_s, u"closing quote"_s);
    row("line break in string", "[\"a\nb\"]"_ba, u"1:4"_s, u"ends with the line"_s);
    row("control in string", "[\"a\x01\"]"_ba, u"1:4"_s, u"U+0001"_s);
    row("escape unknown", "[\"\\q\"]"_ba, u"1:3"_s, u"\\q is not an escape"_s);
    row("escape cut", "[\"\\u12\"]"_ba, u"1:3"_s, u"four hex digits"_s);
    row("half a pair", "[\"\\ud83dx\"]"_ba, u"1:3"_s, u"surrogate"_s);
    row("text behind", "{} x"_ba, u"1:4"_s, u"“x” stands after the end"_s);
    row("NUL behind", QByteArray("1\0 2", 4), u"1:2"_s, u"NUL"_s);
    row("no UTF-8", "[\"\xff\"]"_ba, u"1:3"_s, u"0xff is not UTF-8"_s);
    row("overlong UTF-8", "[\"\xc0\xaf\"]"_ba, u"1:3"_s, u"0xc0 is not UTF-8"_s);
    row("surrogate in UTF-8", "[\"\xed\xa0\x80\"]"_ba, u"1:3"_s, u"is not UTF-8"_s);
    row("UTF-8 cut", "[\"\xe2\x82"_ba, u"1:3"_s, u"is not UTF-8"_s);
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    QFETCH(QString, says);
    const auto doc = json::Document::parse(text);
    QVERIFY(!doc);
    QCOMPARE(doc.error().where, where);
    QVERIFY2(doc.error().text.contains(says), qPrintable(doc.error().text));
    QVERIFY2(doc.error().text.endsWith(u'.'), qPrintable(doc.error().text));
    const bool encoding = doc.error().text.contains(u"UTF-8"_s);
    QCOMPARE(doc.error().code, encoding ? u"json-encoding"_s : u"json-syntax"_s);
}

void TestJson::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("formatted");
    QTest::newRow("object") << " { \"b\" : 1 , \"a\" : [ ] } "_ba
                            << "{\"b\":1,\"a\":[]}"_ba;
    QTest::newRow("words") << "[true,false,null]"_ba
                           << "[true,false,null]"_ba;
    QTest::newRow("scalar") << "\"x\""_ba
                            << "\"x\""_ba;
    QTest::newRow("number forms") << "[0,-0,1.50,1E+2,1e-7]"_ba
                                  << "[0,-0,1.50,1E+2,1e-7]"_ba;
    QTest::newRow("30 digits") << "[123456789012345678901234567890]"_ba
                               << "[123456789012345678901234567890]"_ba;
    QTest::newRow("escapes stay") << "{\"\\u0061\":\"\\/\\ud83d\\ude00\"}"_ba
                                  << "{\"\\u0061\":\"\\/\\ud83d\\ude00\"}"_ba;
    QTest::newRow("letters of the world") << "\"Zoë 山田 😀\""_ba
                                          << "\"Zoë 山田 😀\""_ba;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf[1]"_ba
                                     << "[1]"_ba;
    QTest::newRow("512 deep") << QByteArray(512, '[') + QByteArray(512, ']')
                              << QByteArray(512, '[') + QByteArray(512, ']');
}

void TestJson::accepts()
{
    QFETCH(QByteArray, text);
    const auto doc = json::Document::parse(text);
    QVERIFY2(doc, doc ? "" : qPrintable(doc.error().text));
    QVERIFY(doc->complete());
    QCOMPARE(doc->source(), text);
    QTEST(json::formatted(doc->root(), -1), "formatted");
}

void TestJson::keepsOrderDuplicatesAndNumbers()
{
    const auto doc = json::Document::parse(R"({"z":1,"a":9007199254740993,"z":"two","\u007a":3})");
    QVERIFY(doc);
    const json::Value root = doc->root();
    QStringList keys;
    for (json::Value member = root.first(); member; member = member.next())
        keys += member.keyText() + u'=' + member.display();
    QCOMPARE(keys.join(u' '), u"z=1 a=9007199254740993 z=two z=3"_s);
    QCOMPARE(root.count("z"), 3);
    QCOMPARE(root["z"].display(), u"1"_s);
    QCOMPARE(root.at(3).rawKey(), QByteArrayView("\"\\u007a\""));
    QCOMPARE(doc->problems().size(), 3);
}

void TestJson::integers_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QString>("integer");
    QTest::addColumn<bool>("finite");
    QTest::newRow("zero") << "0"_ba << u"0"_s << true;
    QTest::newRow("negative") << "-12"_ba << u"-12"_s << true;
    QTest::newRow("beyond double") << "9007199254740993"_ba << u"9007199254740993"_s << true;
    QTest::newRow("largest") << "9223372036854775807"_ba << u"9223372036854775807"_s << true;
    QTest::newRow("one more") << "9223372036854775808"_ba << u"none"_s << true;
    QTest::newRow("fraction") << "1.0"_ba << u"none"_s << true;
    QTest::newRow("exponent") << "1e3"_ba << u"none"_s << true;
    QTest::newRow("text") << "\"5\""_ba << u"none"_s << false;
    QTest::newRow("true") << "true"_ba << u"none"_s << false;
}

void TestJson::integers()
{
    QFETCH(QByteArray, number);
    QFETCH(QString, integer);
    QFETCH(bool, finite);
    const auto doc = json::Document::parse(number);
    QVERIFY(doc);
    const auto value = doc->root().integer();
    QCOMPARE(value ? QString::number(*value) : u"none"_s, integer);
    QCOMPARE(doc->root().number().has_value(), finite);
}

void TestJson::findsByPointer_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("display");
    // RFC 6901 section 5
    QTest::newRow("array") << u"/foo/0"_s << u"bar"_s;
    QTest::newRow("empty name") << u"/"_s << u"0"_s;
    QTest::newRow("slash") << u"/a~1b"_s << u"1"_s;
    QTest::newRow("percent") << u"/c%d"_s << u"2"_s;
    QTest::newRow("quote") << u"/k\"l"_s << u"6"_s;
    QTest::newRow("blank") << u"/ "_s << u"7"_s;
    QTest::newRow("tilde") << u"/m~0n"_s << u"8"_s;
    QTest::newRow("missing member") << u"/nothing"_s << QString();
    QTest::newRow("missing element") << u"/foo/2"_s << QString();
    QTest::newRow("leading zero") << u"/foo/00"_s << QString();
    QTest::newRow("behind a scalar") << u"/ /x"_s << QString();
    QTest::newRow("no slash") << u"foo"_s << QString();
}

void TestJson::findsByPointer()
{
    QFETCH(QString, pointer);
    const auto doc = json::Document::parse(
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})");
    QVERIFY(doc);
    const json::Value value = doc->find(pointer);
    QTEST(value.display(), "display");
    if (value)
        QCOMPARE(value.pointer(), pointer);
}

void TestJson::pointerLeadsBack()
{
    const auto doc = json::Document::parse(R"({"a":[{"b":[1,2,{"c/d":true}]}]})");
    QVERIFY(doc);
    const json::Value value = doc->find(u"/a/0/b/2/c~1d");
    QVERIFY(value.boolean());
    QCOMPARE(value.pointer(), u"/a/0/b/2/c~1d"_s);
    QCOMPARE(doc->root().pointer(), QString());
    QCOMPARE(doc->find(u"").offset(), 0);
}

void TestJson::rawIsTheSource()
{
    const auto doc
        = json::Document::parse(R"({"s":"a\"\\\u00e9","o":{ "x" : [1, 2 ] },"n":-1.0E5,"t":true})");
    QVERIFY(doc);
    QCOMPARE(doc->root()["s"].raw(), QByteArrayView(R"("a\"\\\u00e9")"));
    QCOMPARE(doc->root()["s"].text(), u"a\"\\é"_s);
    QCOMPARE(doc->root()["o"].raw(), QByteArrayView(R"({ "x" : [1, 2 ] })"));
    QCOMPARE(doc->root()["n"].raw(), QByteArrayView("-1.0E5"));
    QCOMPARE(doc->root()["t"].raw(), QByteArrayView("true"));
}

void TestJson::tellsPositions()
{
    const auto doc = json::Document::parse("{\n  \"a\": 1,\r\n  \"é\": [\n    2]}");
    QVERIFY(doc);
    const json::Position a = doc->root()["a"].position();
    QCOMPARE(a.line, 2);
    QCOMPARE(a.column, 8);
    const json::Position two = doc->find(u"/é/0").position();
    QCOMPARE(two.line, 4);
    QCOMPARE(two.column, 5);
}

void TestJson::missingValuesAreHarmless()
{
    const json::Value none;
    QVERIFY(!none && !none["a"]["b"].at(3).next().first());
    QCOMPARE(none.size(), 0);
    QCOMPARE(none.text(), QString());
    QCOMPARE(none.pointer(), QString());
    QVERIFY(!none.integer() && !none.number() && !none.boolean() && !none.isNull());
    QVERIFY(!json::Document().root());
}

void TestJson::readKeepsWhatStandsBeforeTheFault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("cut in a string") << R"({"a":1,"b":[2,{"c":"tru)"_ba
                                     << R"({"a":1,"b":[2,{}]})"_ba;
    QTest::newRow("cut after a comma") << R"({"a":1,)"_ba
                                       << R"({"a":1})"_ba;
    QTest::newRow("cut in a name") << R"({"a":1,"nam)"_ba
                                   << R"({"a":1})"_ba;
    QTest::newRow("cut after a colon") << R"({"a":1,"b":)"_ba
                                       << R"({"a":1})"_ba;
    QTest::newRow("wrong word") << R"([1,2,nope,3])"_ba
                                << "[1,2]"_ba;
    QTest::newRow("something behind") << R"({"a":1}})"_ba
                                      << R"({"a":1})"_ba;
    QTest::newRow("nothing") << ""_ba
                             << ""_ba;
}

void TestJson::readKeepsWhatStandsBeforeTheFault()
{
    QFETCH(QByteArray, text);
    const json::Document doc = json::Document::read(text);
    QVERIFY(!doc.complete());
    QCOMPARE(doc.problems().last().kind, json::Problem::Kind::Fault);
    QTEST(json::formatted(doc.root(), -1), "kept");
    if (doc.root())
        QVERIFY(text.startsWith(doc.root().raw().toByteArray()));
}

void TestJson::readListsProblems_data()
{
    using Kind = json::Problem::Kind;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("says");
    QTest::newRow("duplicate") << R"({"a":1,"a":2})"_ba << Kind::Duplicate << u"/a"_s
                               << u"\"a\" stands here more than once"_s;
    QTest::newRow("escaped duplicate")
        << R"({"o":{"alg":1,"\u0061lg":2}})"_ba << Kind::Duplicate << u"/o/alg"_s << u"\"alg\""_s;
    QTest::newRow("2^53+1") << R"({"n":[9007199254740993]})"_ba << Kind::Number << u"/n/0"_s
                            << u"9007199254740993"_s;
    QTest::newRow("-2^53-1") << R"([-9007199254740993])"_ba << Kind::Number << u"/0"_s
                             << u"-9007199254740993"_s;
    QTest::newRow("18 digits of a fraction")
        << R"([0.123456789012345678])"_ba << Kind::Number << u"/0"_s << u"0.123456789012345678"_s;
    QTest::newRow("no UTF-8") << "[\"\xff\"]"_ba << Kind::Encoding << QString() << u"0xff"_s;
    QTest::newRow("low surrogate alone") << R"(["\udc00"])"_ba << Kind::Encoding << u"/0"_s << u"surrogate"_s;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf[1]"_ba << Kind::Encoding << QString()
                                     << u"byte order mark"_s;
}

void TestJson::readListsProblems()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const json::Document doc = json::Document::read(text);
    QVERIFY(doc.complete());
    QCOMPARE(doc.problems().size(), 1);
    QTEST(doc.problems().first().kind, "kind");
    QTEST(doc.problems().first().pointer, "pointer");
    QVERIFY2(doc.problems().first().text.contains(says), qPrintable(doc.problems().first().text));
    QVERIFY(json::Document::read(R"([9007199254740992,0.1,1e10,-12.5,1763912345])").problems().isEmpty());
}

void TestJson::deepNestingIsRefusedAtOnce_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("arrays") << "["_ba;
    QTest::newRow("objects") << "{\"a\":"_ba;
}

void TestJson::deepNestingIsRefusedAtOnce()
{
    QFETCH(QByteArray, unit);
    QElapsedTimer timer;
    timer.start();
    const auto doc = json::Document::parse(unit.repeated(1'000'000));
    QVERIFY(!doc);
    QCOMPARE(doc.error().code, u"json-depth"_s);
    QVERIFY(json::Document::read(unit.repeated(1'000'000)).root());
    QVERIFY2(timer.elapsed() < 1000, "nesting is not refused early");
}

void TestJson::manyMembersTakeLinearTime()
{
    QByteArray text = "{"_ba;
    for (int i = 0; i < 300'000; ++i)
        text += "\"member-" + QByteArray::number(i) + "\":" + QByteArray::number(i) + ',';
    text += "\"member-7\":0}";
    QElapsedTimer timer;
    timer.start();
    const json::Document doc = json::Document::read(text);
    // Comparing every pair would be 45,000,000,000 comparisons: minutes, on any machine.
    QVERIFY2(timer.elapsed() < 5000, "members are compared pair by pair");
    QCOMPARE(doc.root().size(), 300'001);
    QCOMPARE(doc.problems().size(), 1);
}

void TestJson::longListsOfProblemsAreCut()
{
    const json::Document doc = json::Document::read("[" + "9007199254740993,"_ba.repeated(100'000) + "1]");
    QCOMPARE(doc.problems().size(), 51);
    QVERIFY(doc.problems().last().text.contains(u"99950 more"_s));
}

void TestJson::copiesLiveOn()
{
    json::Document copy;
    {
        const auto doc = json::Document::parse(R"({"a":"text"})");
        QVERIFY(doc);
        copy = *doc;
    }
    QCOMPARE(copy.root()["a"].text(), u"text"_s);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
