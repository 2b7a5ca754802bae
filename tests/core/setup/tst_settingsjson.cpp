// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/settingsjson.h"
#include "core/setup/sidecarreading.h"

#include "core/base/json.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What .NET's loader takes beyond JSON, and what dotenv takes beyond NAME=VALUE.
class TestSettingsJson : public QObject
{
    Q_OBJECT

private slots:
    void plain_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("plain");
        const auto row = [](const char* name, const char* text, const char* plain) { QTest::newRow(name) << QByteArray(text) << QByteArray(plain); };
        row("JSON", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}");
        row("a byte order mark", "\xEF\xBB\xBF{}", "{}");
        row("a comment to the line's end", "{ // c\n\"a\":1}", "{     \n\"a\":1}");
        row("at the end of the text", "{}// c", "{}    ");
        row("a comment of two lines", "{/* a\r\nb */\"a\":1}", "{    \r\n    \"a\":1}");
        row("a trailing comma", "{\"a\":[1,2,],}", "{\"a\":[1,2 ] }");
        row("a comment behind the comma", "[1, // c\n]", "[1      \n]");
        row("an address is no comment", "{\"u\":\"https://a/*b*/\"}", "{\"u\":\"https://a/*b*/\"}");
        row("a quote in a string", "{\"a\":\"\\\"// b\",}", "{\"a\":\"\\\"// b\" }");
        row("a comma in a string", "[\",\"]", "[\",\"]");
        row("two commas stay wrong", "[1,,]", "[1, ]");
        row("a comment without its end stays wrong", "{} /* c", "{} /* c");
        row("a string without its end", "{\"a // b", "{\"a // b");
        row("nothing", "", "");
    }
    void plain()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, plain);
        QCOMPARE(setup::plainJson(text), plain);
    }

    void placesStay()
    {
        const auto document = json::Document::parse(setup::plainJson("{ /* one\ntwo */ \"a\": 1,\n \"b\" 2 }"));
        QVERIFY(!document);
        QCOMPARE(document.error().where, u"3:6"_s);
    }

    void dotenv_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* line, const char* value) { QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(value); };
        row("bare", "FOO=bar", "bar");
        row("a comment behind it", "FOO=bar # c", "bar");
        row("a comment behind quotes", "FOO='bar' # c", "bar");
        row("a sign within the value", "FOO=bar#c", "bar#c");
        row("a sign within quotes", "FOO=\"bar # c\"", "bar # c");
        row("quotes within the value", "FOO=a \"b\"", "a \"b\"");
        row("a tab before the comment", "FOO=bar\t# c", "bar");
    }
    void dotenv()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, value);
        const auto reading = setup::readSidecarSettings(line, u"x.env"_s);
        QVERIFY(reading);
        QCOMPARE(reading->holders.at(0).settings.at(0).value, value);
    }
};

QTEST_GUILESS_MAIN(TestSettingsJson)
#include "tst_settingsjson.moc"
