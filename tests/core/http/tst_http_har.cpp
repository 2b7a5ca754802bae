// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/http/har.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Archive
{
    QList<http::HarEntry> entries {};
    base::Result<http::HarSummary> summary = base::fail(u"none"_s, {});
};

Archive readText(QByteArray text, const http::HarOptions& options = {}, qsizetype most = 1'000'000)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    Archive out;
    out.summary = http::readHar(buffer, options, [&](http::HarEntry&& entry) {
        out.entries.append(std::move(entry));
        return out.entries.size() < most;
    });
    return out;
}

QByteArray entry(const QByteArray& content, const QByteArray& more = {})
{
    return R"({"startedDateTime":"2026-11-23T17:04:12.250+01:00","time":12.5,"request":{"method":"POST","url":"https://h.example/t?a=1",)"
           R"("headers":[{"name":"Accept","value":"application/json"}],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"grant_type=x&s=%20"}},)"
           R"("response":{"status":200,"statusText":"OK","headers":[{"name":"Date","value":"Mon, 23 Nov 2026 16:04:12 GMT"}],"content":)"
        + content + R"(,"redirectURL":""},"timings":{"wait":9})" + more + '}';
}

QByteArray archive(const QByteArrayList& entries, const QByteArray& tail = "]}}")
{
    // A title that looks like structure. Not a raw string: moc loses its way in escaped quotes there.
    const QByteArray page = "{\"id\":\"p\",\"title\":\"\\\"log\\\": [ {\"}";
    return R"({"log":{"version":"1.2","creator":{"name":"Recorder","version":"7"},"pages":[)" + page + R"(],"entries":[)" + entries.join(',') + tail;
}

QByteArray content(const QByteArray& text) { return "{\"size\":9,\"mimeType\":\"text/plain\",\"text\":\"" + text + "\"}"; }

} // namespace

class HarTest : public QObject
{
    Q_OBJECT

private slots:
    void anEntryIsAnExchange()
    {
        const Archive a = readText(archive({entry(content("hello"))}));
        QVERIFY(a.summary);
        QVERIFY(a.summary->whole);
        QCOMPARE(a.summary->entries, 1);
        QCOMPARE(a.summary->creator, u"Recorder 7"_s);
        const http::Exchange& e = a.entries.at(0).exchange;
        QCOMPARE(e.request.method, "POST");
        QCOMPARE(e.request.url, "https://h.example/t?a=1");
        QCOMPARE(e.request.body, "grant_type=x&s=%20");
        QCOMPARE(e.request.headers.value("content-type"), "application/x-www-form-urlencoded");
        QCOMPARE(e.response->status, 200);
        QCOMPARE(e.response->body, "hello");
        QCOMPARE(base::toRfc3339(e.started), u"2026-11-23T16:04:12Z"_s);
        QCOMPARE(e.timings.finished, 12.5);
    }

    void bodies_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("missing");
        QTest::newRow("base64") << QByteArray(R"({"size":5,"mimeType":"x/y","text":"aGVsbG8=","encoding":"base64"})") << QByteArray("hello") << false;
        QTest::newRow("escapes") << content("a\\\"b\\\\c\\u00e4\\ud83d\\ude00\\n") << QByteArray("a\"b\\c\xc3\xa4\xf0\x9f\x98\x80\n") << false;
        QTest::newRow("left out by the recorder") << QByteArray(R"({"size":900,"mimeType":"application/json"})") << QByteArray() << true;
        QTest::newRow("an empty text in its place") << QByteArray(R"({"size":900,"mimeType":"application/json","text":""})") << QByteArray() << true;
        QTest::newRow("nothing said of it") << QByteArray("{}") << QByteArray() << true;
        QTest::newRow("an empty text") << QByteArray(R"({"text":""})") << QByteArray() << false;
        QTest::newRow("nothing to leave out") << QByteArray(R"({"size":0,"mimeType":""})") << QByteArray() << false;
    }
    void bodies()
    {
        QFETCH(QByteArray, content);
        const Archive a = readText(archive({entry(content)}));
        QVERIFY(a.summary && a.summary->whole);
        QTEST(a.entries.at(0).exchange.response->body, "body");
        QTEST(a.entries.at(0).bodyMissing, "missing");
    }

    void formParametersStandForABody()
    {
        QByteArray one = entry(content("x"));
        one.replace(R"("text":"grant_type=x&s=%20")", R"("params":[{"name":"grant_type","value":"refresh_token"},{"name":"s","value":"a b"}])");
        QCOMPARE(readText(archive({one})).entries.at(0).exchange.request.body, "grant_type=refresh_token&s=a%20b"_ba);
    }

    void statusZeroIsNoAnswer()
    {
        QByteArray one = entry(content("x"));
        one.replace("\"status\":200", "\"status\":0,\"_error\":\"net::ERR_CONNECTION_REFUSED\"");
        const http::Exchange e = readText(archive({one})).entries.at(0).exchange;
        QVERIFY(!e.response);
        QVERIFY(e.failure->text.contains(u"ERR_CONNECTION_REFUSED"_s));
    }

    void statusesAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<int>("status");
        QTest::newRow("number") << QByteArray("404") << 404;
        QTest::newRow("text") << QByteArray("\"404\"") << 404;
        QTest::newRow("fraction") << QByteArray("404.0") << 404;
        QTest::newRow("no number") << QByteArray("\"OK\"") << 0;
        QTest::newRow("too great") << QByteArray("1e300") << 0;
        QTest::newRow("null") << QByteArray("null") << 0;
    }
    void statusesAreReadAsTheyAreWritten()
    {
        QFETCH(QByteArray, written);
        QByteArray one = entry(content("x"));
        one.replace("\"status\":200", QByteArray("\"status\":" + written));
        const http::Exchange e = readText(archive({one})).entries.at(0).exchange;
        QTEST(e.response ? e.response->status : 0, "status");
    }

    /// Count in equals count out: whatever stands in the list is one.
    void everyElementIsAnEntry()
    {
        const QByteArrayList elements {"null", entry(content("a")), "\"text\"", "\"" + QByteArray(300, 'x') + "\"", "7", "true", "[1,[2,{}]]", "{}", entry(content("b"))};
        const Archive a = readText(archive(elements));
        QVERIFY(a.summary && a.summary->whole);
        QCOMPARE(a.summary->entries, elements.size());
        QCOMPARE(a.entries.size(), elements.size());
        for (qsizetype i = 0; i < elements.size(); ++i) {
            QCOMPARE(a.entries.at(i).index, i);
            QCOMPARE(a.entries.at(i).problem.isEmpty(), elements.at(i).startsWith("{\"started"));
        }
        QCOMPARE(a.entries.last().exchange.response->body, "b");
    }

    void timesThatCannotBeReadAreNone_data()
    {
        QTest::addColumn<QByteArray>("written");
        for (const char* written : {"\"yesterday\"", "1764000000", "null", "\"\""})
            QTest::newRow(written) << QByteArray(written);
    }
    void timesThatCannotBeReadAreNone()
    {
        QFETCH(QByteArray, written);
        QByteArray one = entry(content("x"));
        one.replace("\"2026-11-23T17:04:12.250+01:00\"", written);
        QCOMPARE(readText(archive({one})).entries.at(0).exchange.started, base::Instant {});
    }

    /// Some tools begin UTF-8 with it, and places in the file are told with it.
    void aByteOrderMarkIsSkipped()
    {
        const QByteArray mark = "\xEF\xBB\xBF";
        const QByteArray text = archive({entry(content("x"))});
        const Archive a = readText(mark + text);
        QVERIFY(a.summary && a.summary->whole);
        QCOMPARE(a.entries.size(), 1);
        QCOMPARE(a.summary->bytes, text.size() + mark.size());
        const QString broken = readText(archive({entry(content("x"))}, ",{]")).summary->problems.at(0), marked = readText(mark + archive({entry(content("x"))}, ",{]")).summary->problems.at(0);
        const auto place = [](const QString& problem) { return problem.section(u"byte "_s, 1).section(u':', 0, 0).toInt(); };
        QCOMPARE(place(marked), place(broken) + mark.size());
    }

    /// Whatever stands where a text is cut, the file stays readable and what comes behind is whole.
    void longTextsAreCut_data()
    {
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("plain") << QByteArray("x");
        QTest::newRow("escaped quotes") << QByteArray("\\\"");
        QTest::newRow("backslashes") << QByteArray("\\\\");
        QTest::newRow("surrogate pairs") << QByteArray("\\ud83d\\ude00");
        QTest::newRow("escaped letters") << QByteArray("\\u00e4");
        QTest::newRow("two bytes") << QByteArray("\xc3\xa4");
        QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x98\x80");
        QTest::newRow("json in json") << QByteArray("{\\\"a\\\":\\\"\\\\\\\"\\\",\\\"b\\\":[1,2]},");
    }
    void longTextsAreCut()
    {
        QFETCH(QByteArray, unit);
        for (int limit = 40; limit < 56; ++limit) {
            const Archive a = readText(archive({entry(content(unit.repeated(4000))), entry(content("after"))}), {.bodyLimit = limit});
            QVERIFY2(a.summary && a.summary->whole, qPrintable(a.summary ? a.summary->problems.join(u' ') : a.summary.error().text));
            QCOMPARE(a.entries.size(), 2);
            QVERIFY(a.entries.at(0).exchange.response->truncated);
            QVERIFY(a.entries.at(0).exchange.response->body.size() < 400);
            QVERIFY(QString::fromUtf8(a.entries.at(0).exchange.response->body).toUtf8() == a.entries.at(0).exchange.response->body);
            QCOMPARE(a.entries.at(1).exchange.response->body, "after");
            QVERIFY(!a.entries.at(1).exchange.response->truncated);
        }
    }

    /// The reader gets its file in pieces: no place for their borders changes what is read.
    void piecesMayEndAnywhere()
    {
        // The archive's start is moved through the border of the first piece (256 KiB).
        const QByteArray head = "{\"log\":{\"comment\":\"", tail = "\",\"entries\":[";
        const QByteArray text = content("a\\\"b\\\\\\\\c\\u00e4\\ud83d\\ude00");
        for (int shift = 0; shift < 600; shift += 7) {
            const QByteArray filler(256 * 1024 - 300 - shift, '.');
            const Archive a = readText(head + filler + tail + entry(text) + ']' + "}}", {.bodyLimit = 1'000'000});
            QVERIFY(a.summary && a.summary->whole);
            QCOMPARE(a.entries.at(0).exchange.response->body, "a\"b\\\\c\xc3\xa4\xf0\x9f\x98\x80"_ba);
        }
    }

    void tokensInWhatIsCutAreFound()
    {
        const QByteArray token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
        const Archive a = readText(archive({entry(content(QByteArray(500, '.') + " ey e eyeyJ " + token + "\\\" more " + token)), entry(content(token))}), {.bodyLimit = 64});
        QCOMPARE(a.entries.at(0).moreTokens.size(), 3);
        QCOMPARE(a.entries.at(0).moreTokens.last(), token);
        QVERIFY(a.entries.at(1).moreTokens.isEmpty()); // stands in the body itself
    }

    void aBrokenFileKeepsWhatCameBefore_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow("cut off") << QByteArray();
        QTest::newRow("garbage") << QByteArray(",{\"request\":}");
        QTest::newRow("in a string") << QByteArray(",{\"startedDateTime\":\"2026");
        QTest::newRow("deep") << ("," + QByteArray(200'000, '['));
    }
    void aBrokenFileKeepsWhatCameBefore() // F15
    {
        QFETCH(QByteArray, tail);
        const Archive a = readText(archive({entry(content("one")), entry(content("two"))}, tail));
        QVERIFY(a.summary);
        QVERIFY(!a.summary->whole);
        QCOMPARE(a.entries.size(), 2);
        QCOMPARE(a.summary->problems.size(), 1);
        QVERIFY(a.summary->problems.at(0).contains(u"byte"_s));
    }

    void somethingElseIsNoArchive_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "{}", "[]", "null", "{\"log\":{}}", "not json", "{\"log\":{\"entries\":{}}}"})
            QTest::newRow(text) << QByteArray(text);
    }
    void somethingElseIsNoArchive()
    {
        QFETCH(QByteArray, text);
        const Archive a = readText(text);
        QVERIFY(!a.summary);
        QCOMPARE(a.summary.error().code, u"not-a-har"_s);
    }

    void readingCanStop()
    {
        const Archive a = readText(archive({entry(content("1")), entry(content("2")), entry(content("3"))}), {}, 2);
        QVERIFY(a.summary && a.summary->stopped);
        QCOMPARE(a.entries.size(), 2);
    }

    void whatIsWrittenIsReadAgain()
    {
        const http::Exchange exchange {.request = {.method = "POST", .url = "https://h.example/x?y=z", .headers = {{"Content-Type", "application/json"}}, .body = "{\"a\":\"\\u0000\xc3\xa4\"}"},
            .response = http::Response {.status = 401, .reason = "Unauthorized", .headers = {{"WWW-Authenticate", "Bearer"}, {"Content-Type", "text/plain"}}, .body = "no"},
            .started = *base::fromRfc3339(u"2026-11-23T16:04:12Z")};
        const Archive a = readText(http::toHar({exchange}, u"Trustwalk"_s));
        QVERIFY(a.summary && a.summary->whole);
        const http::Exchange& read = a.entries.at(0).exchange;
        QCOMPARE(read.request.url, exchange.request.url);
        QCOMPARE(read.request.body, exchange.request.body);
        QCOMPARE(read.response->status, 401);
        QCOMPARE(read.response->body, "no");
        QCOMPARE(read.started, exchange.started);
    }

    void archivesAreToldFromOtherJson()
    {
        QVERIFY(http::looksLikeHar(" \n{ \"log\" : {\"version\":\"1.2\""));
        QVERIFY(http::looksLikeHar("\xEF\xBB\xBF{\"log\":{\"creator\":{}"));
        QVERIFY(http::looksLikeHar("{\"$schema\":\"a: \\\"log\\\"\", \"x\":{\"log\":1}, \"log\": {\"entries\":["));
        QVERIFY(!http::looksLikeHar("{\"about\":{\"log\":{\"version\":1}}}"));
        QVERIFY(!http::looksLikeHar("{\"x\":\"\\"));
        QVERIFY(!http::looksLikeHar("{\"login\":1}"));
        QVERIFY(!http::looksLikeHar("{\"log\":\"text\"}"));
        QVERIFY(!http::looksLikeHar("eyJhbGciOiJSUzI1NiJ9"));
    }
};

QTEST_GUILESS_MAIN(HarTest)

#include "tst_http_har.moc"
