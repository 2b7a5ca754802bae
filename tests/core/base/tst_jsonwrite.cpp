// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Writing JSON is splicing text: one place changes, every other byte stays.
class TestJsonWrite : public QObject
{
    Q_OBJECT

private slots:
    void with_data();
    void with();
    void without_data();
    void without();
    void refusesWhatIsNoValue();
    void quotes_data();
    void quotes();
    void formats();
};

namespace {

constexpr auto lines = R"({
  "a": 1,
  "list": [
    "x"
  ],
  "inner": {},
  "flat": [1, 2],   "odd"  :  {"k":true}
}
)";

}

void TestJsonWrite::with_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("after");
    const QByteArray text(lines);
    const auto swapped = [&](const char* what, const char* by) { return QByteArray(text).replace(what, by); };
    QTest::newRow("replace") << text << u"/a"_s << "\"new\""_ba << swapped("\"a\": 1", "\"a\": \"new\"");
    QTest::newRow("append a member") << text << u"/b"_s << "2"_ba
                                     << swapped("{\"k\":true}\n}", "{\"k\":true},   \"b\"  :  2\n}");
    QTest::newRow("append to lines") << text << u"/list/-"_s << "\"y\""_ba
                                     << swapped("\"x\"\n", "\"x\",\n    \"y\"\n");
    QTest::newRow("append by index") << text << u"/list/1"_s << "\"y\""_ba
                                     << swapped("\"x\"\n", "\"x\",\n    \"y\"\n");
    QTest::newRow("several lines move in") << text << u"/list/-"_s << "{\n  \"z\": 1\n}"_ba
                                           << swapped("\"x\"\n", "\"x\",\n    {\n      \"z\": 1\n    }\n");
    QTest::newRow("first member of an empty object")
        << text << u"/inner/n"_s << "1"_ba << swapped("\"inner\": {}", "\"inner\": {\n    \"n\": 1\n  }");
    QTest::newRow("flat stays flat") << text << u"/flat/-"_s << "3"_ba << swapped("[1, 2]", "[1, 2, 3]");
    QTest::newRow("tight stays tight") << R"({"a":1})"_ba << u"/b"_s << "2"_ba
                                       << R"({"a":1,"b":2})"_ba;
    QTest::newRow("empty and tight") << "{}"_ba << u"/b"_s << "2"_ba
                                     << R"({"b": 2})"_ba;
    QTest::newRow("the whole") << "[1]"_ba << QString() << "{}"_ba
                               << "{}"_ba;
    QTest::newRow("a name that needs escapes") << R"({"a":1})"_ba << u"/x~1\"y"_s << "2"_ba
                                               << R"({"a":1,"x/\"y":2})"_ba;
    QTest::newRow("the first of two") << R"({"a":1,"a":2})"_ba << u"/a"_s << "3"_ba
                                      << R"({"a":3,"a":2})"_ba;
}

void TestJsonWrite::with()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, pointer);
    QFETCH(QByteArray, value);
    const auto doc = json::Document::parse(before);
    QVERIFY(doc);
    const auto changed = doc->with(pointer, value);
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().text));
    QTEST(changed->source(), "after");
    QCOMPARE(doc->source(), before);
}

void TestJsonWrite::without_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("first") << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << u"/a"_s << "{\n  \"b\": 2\n}"_ba;
    QTest::newRow("last") << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << u"/b"_s << "{\n  \"a\": 1\n}"_ba;
    QTest::newRow("only") << "{\n  \"a\": {\n \"b\" : 1 }\n}"_ba << u"/a/b"_s << "{\n  \"a\": {}\n}"_ba;
    QTest::newRow("middle element") << "[1, 2, 3]"_ba << u"/1"_s << "[1, 3]"_ba;
    QTest::newRow("last string element") << R"(["a","b\"]"])"_ba << u"/1"_s << R"(["a"])"_ba;
}

void TestJsonWrite::without()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, pointer);
    const auto doc = json::Document::parse(before);
    QVERIFY(doc);
    const auto changed = doc->without(pointer);
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().text));
    QTEST(changed->source(), "after");
}

void TestJsonWrite::refusesWhatIsNoValue()
{
    const auto doc = json::Document::parse(R"({"a":[1],"b":2})");
    QVERIFY(doc);
    QCOMPARE(doc->with(u"/a", "nope").error().code, u"json-syntax"_s);
    QCOMPARE(doc->with(u"/a", "1,\"c\":2").error().code, u"json-syntax"_s);
    QCOMPARE(doc->with(u"/a/7", "1").error().code, u"json-pointer"_s);
    QCOMPARE(doc->with(u"/b/c", "1").error().code, u"json-pointer"_s);
    QCOMPARE(doc->with(u"/x/y", "1").error().code, u"json-pointer"_s);
    QCOMPARE(doc->without(u"/x").error().code, u"json-pointer"_s);
    QCOMPARE(doc->without(u"").error().code, u"json-pointer"_s);
}

void TestJsonWrite::quotes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("literal");
    QTest::newRow("plain") << u"abc"_s << "\"abc\""_ba;
    QTest::newRow("quote and backslash") << u"a\"b\\c"_s << R"("a\"b\\c")"_ba;
    QTest::newRow("layout") << u"\n\r\t"_s << R"("\n\r\t")"_ba;
    QTest::newRow("control") << u"\u0001\u007f"_s << R"("\u0001\u007f")"_ba;
    QTest::newRow("letters") << u"é山😀"_s << "\"é山😀\""_ba;
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << R"("\ud800")"_ba;
}

void TestJsonWrite::quotes()
{
    QFETCH(QString, text);
    QTEST(json::quoted(text), "literal");
    if (text != QString(QChar(0xd800)))
        QCOMPARE(json::Document::parse(json::quoted(text))->root().text(), text);
}

void TestJsonWrite::formats()
{
    const auto doc = json::Document::parse(R"({"a":[1,{"b":[]}],"a":{},"\u0063":1.50})");
    QVERIFY(doc);
    QCOMPARE(json::formatted(doc->root()), R"({
  "a": [
    1,
    {
      "b": []
    }
  ],
  "a": {},
  "\u0063": 1.50
})"_ba);
}

QTEST_GUILESS_MAIN(TestJsonWrite)
#include "tst_jsonwrite.moc"
