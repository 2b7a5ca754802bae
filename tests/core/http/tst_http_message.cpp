// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/http/message.h"
#include "core/http/responsehead.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace QTest {
template <>
char* toString(const http::Parameter& p)
{
    return qstrdup(QByteArray(p.name + '=' + p.value).constData());
}
} // namespace QTest

class MessageTest : public QObject
{
    Q_OBJECT

private slots:
    void headersCompareWithoutCase()
    {
        http::Headers headers{{"Content-Type", "a"}, {"X", "1"}, {"x", "2"}};
        QCOMPARE(headers.value("content-TYPE"), "a"_ba);
        QCOMPARE(headers.value("X"), "1"_ba);
        QVERIFY(!headers.has("Y"));
        headers.set("x", "3");
        headers.set("Y", "4");
        QCOMPARE(headers, (http::Headers{{"Content-Type", "a"}, {"X", "3"}, {"Y", "4"}}));
    }

    void forms_data()
    {
        QTest::addColumn<QByteArray>("encoded");
        QTest::addColumn<http::Form>("form");
        using F = http::Form;
        QTest::newRow("empty") << ""_ba << F{};
        QTest::newRow("two") << "a=1&b=2"_ba << F{{"a", "1"}, {"b", "2"}};
        QTest::newRow("repeats and order stay") << "b=2&a=1&b=3"_ba << F{{"b", "2"}, {"a", "1"}, {"b", "3"}};
        QTest::newRow("plus is a blank") << "a+b=c+d"_ba << F{{"a b", "c d"}};
        QTest::newRow("percent") << "a%3D=%26%2b%C3%A9"_ba << F{{"a=", "&+\xC3\xA9"}};
        QTest::newRow("no equals sign") << "a&b="_ba << F{{"a", ""}, {"b", ""}};
        QTest::newRow("empty pairs vanish") << "&&a=1&"_ba << F{{"a", "1"}};
        QTest::newRow("later equals signs belong to the value") << "a=b=c"_ba << F{{"a", "b=c"}};
        QTest::newRow("broken escapes stay") << "a=%zz%4"_ba << F{{"a", "%zz%4"}};
    }
    void forms()
    {
        QFETCH(QByteArray, encoded);
        QFETCH(http::Form, form);
        QCOMPARE(http::parseForm(encoded), form);
        QCOMPARE(http::parseForm(http::encodeForm(form)), form);
    }

    void formLookup()
    {
        const http::Form form = http::parseForm("a=1&b=2&a=3");
        QCOMPARE(form.value("a"), "1"_ba);
        QCOMPARE(form.count("a"), 2);
        QVERIFY(form.has("b") && !form.has("A"));
    }

    void encodesEverythingButUnreserved()
    {
        QCOMPARE(http::percentEncoded("aZ09-._~"), "aZ09-._~"_ba);
        QCOMPARE(http::percentEncoded(" +/=&\xFF"_ba), "%20%2B%2F%3D%26%FF"_ba);
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all += static_cast<char>(i);
        QCOMPARE(http::percentDecoded(http::percentEncoded(all)), all);
    }

    void urls_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArrayList>("parts"); // scheme authority host port path query fragment
        using L = QByteArrayList;
        QTest::newRow("plain") << "https://h.test/a"_ba << L{"https", "h.test", "h.test", "-1", "/a", "", ""};
        QTest::newRow("all") << "HTTP://H.test:8443/a/../b?x=1?2#f#g"_ba
                             << L{"HTTP", "H.test:8443", "H.test", "8443", "/a/../b", "x=1?2", "f#g"};
        QTest::newRow("no path") << "https://h"_ba << L{"https", "h", "h", "-1", "", "", ""};
        QTest::newRow("query without path")
            << "https://h?a=/b"_ba << L{"https", "h", "h", "-1", "", "a=/b", ""};
        QTest::newRow("v6") << "http://[::1]:80/"_ba << L{"http", "[::1]:80", "[::1]", "80", "/", "", ""};
        QTest::newRow("v6 without port")
            << "http://[::1]/"_ba << L{"http", "[::1]", "[::1]", "-1", "/", "", ""};
        QTest::newRow("user") << "https://127.0.0.1:1@evil.test:2/"_ba
                              << L{"https", "127.0.0.1:1@evil.test:2", "evil.test", "2", "/", "", ""};
        QTest::newRow("port is no number")
            << "https://h:80x/"_ba << L{"https", "h:80x", "h", "-1", "/", "", ""};
        QTest::newRow("port with a sign")
            << "https://h:+80/"_ba << L{"https", "h:+80", "h", "-1", "/", "", ""};
        QTest::newRow("empty port") << "https://h:/"_ba << L{"https", "h:", "h", "-1", "/", "", ""};
        QTest::newRow("relative") << "/a?b"_ba << L{"", "", "", "-1", "/a", "b", ""};
        QTest::newRow("url in the path") << "/to/http://h"_ba << L{"", "", "", "-1", "/to/http://h", "", ""};
        QTest::newRow("empty") << ""_ba << L{"", "", "", "-1", "", "", ""};
    }
    void urls()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArrayList, parts);
        const http::UrlParts p = http::splitUrl(url);
        const QByteArrayList got{
            p.scheme, p.authority, p.host, QByteArray::number(p.port), p.path, p.query, p.fragment};
        QCOMPARE(got, parts);
    }

    void loopback_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("is");
        for (const char* yes :
            {"127.0.0.1", "127.1.2.3", "127.255.255.255", "localhost", "LocalHost", "::1", "[::1]"})
            QTest::newRow(yes) << QByteArray(yes) << true;
        for (const char* no : {"", "127.0.0.1.evil.test", "127.0.0.1.", "127.1", "127.0.0", "127.0.0.256",
                 "127.0.0.01", "127.0.0.0x1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
                 "128.0.0.1", "1127.0.0.1", "127.0.0.1 ", " 127.0.0.1", "localhost.", "localhost.evil.test",
                 "xlocalhost", "[::1", "::1]", "[::]", "::", "0.0.0.0", "::ffff:127.0.0.1",
                 "127.0.0.1@evil.test", "127.0.0.-1", "127.0.0.+1", "127..0.1"})
            QTest::addRow("not \"%s\"", no) << QByteArray(no) << false;
    }
    void loopback()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, is);
        QCOMPARE(http::isLoopbackHost(host), is);
    }

    void datesAreTheWiresOwn()
    {
        QCOMPARE(http::httpDate(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"_ba); // RFC 9110 section 5.6.7
        QCOMPARE(http::httpDate(4102444800), "Fri, 01 Jan 2100 00:00:00 GMT"_ba);
    }
};

QTEST_GUILESS_MAIN(MessageTest)
#include "tst_http_message.moc"
