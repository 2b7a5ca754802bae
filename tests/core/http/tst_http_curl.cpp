// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/http/curl.h"
#include "core/http/redact.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What curl would be given: the command runs in a real shell, in which curl prints its arguments (and, asked
/// to, its input).
QByteArrayList argumentsOf(const QString& command, const QStringList& variables = {})
{
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& v : variables)
        environment.insert(v.section(u'=', 0, 0), v.section(u'=', 1));
    shell.setProcessEnvironment(environment);
    const QString stand
        = u"curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; case \"$*\" in *@-*) cat;; esac; }\n"_s;
    shell.start(u"sh"_s, {u"-c"_s, stand + command});
    if (!shell.waitForFinished(5000) || shell.exitCode() != 0)
        return {"failed", shell.readAllStandardError()};
    return shell.readAllStandardOutput().split('\0');
}

QByteArray after(const QByteArrayList& arguments, const char* option, int which = 0)
{
    for (qsizetype i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] == option && which-- == 0)
            return arguments[i + 1];
    }
    return {};
}

const http::Headers formType{{"Content-Type", "application/x-www-form-urlencoded"}};
const http::Headers jsonType{{"Content-Type", "application/json"}};

} // namespace

class CurlTest : public QObject
{
    Q_OBJECT

private slots:
    void readsWell()
    {
        const http::Request request{"POST", "https://h.test/token",
            {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", "Bearer abc123def456"}},
            "grant_type=client_credentials&client_secret=x%2By&client_assertion=abc"};
        QCOMPARE(http::toCurl(request),
            u"curl --globoff 'https://h.test/token' \\\n"
            "  -H 'Content-Type: application/x-www-form-urlencoded' \\\n"
            "  -H \"Authorization: Bearer $ACCESS_TOKEN\" \\\n"
            "  --data-raw 'grant_type=client_credentials' \\\n"
            "  --data-urlencode \"client_secret=$CLIENT_SECRET\" \\\n"
            "  --data-urlencode \"client_assertion=$CLIENT_ASSERTION\""_s);
    }

    void quotesAnything_data()
    {
        QTest::addColumn<QByteArray>("text");
        QByteArray all;
        for (int i = 1; i < 256; ++i)
            all += static_cast<char>(i);
        QByteArray utf8 = u"é€🔑"_s.toUtf8();
        QTest::newRow("quotes") << "it's \"so\" ''"_ba;
        QTest::newRow("expansions")
            << "$HOME `id` $(id) ${x} !! \\ \\n * ? ~ {a,b} [x] ; & | > < # %s\n\t"_ba;
        QTest::newRow("leading at") << "@/etc/passwd"_ba;
        QTest::newRow("leading dash") << "-o /tmp/x"_ba;
        QTest::newRow("UTF-8") << utf8;
        QTest::newRow("every ASCII byte") << all.left(127);
        QTest::newRow("empty") << ""_ba;
    }
    void quotesAnything()
    {
        QFETCH(QByteArray, text);
        http::Request request{"PUT", "https://h.test/?q=" + http::percentEncoded(text) + "'\"$x`id`",
            {{"X-Text", text}, {"Content-Type", "text/plain"}}, text};
        const QByteArrayList arguments = argumentsOf(http::toCurl(request));
        QCOMPARE(arguments.value(1), request.url);
        QCOMPARE(after(arguments, "-X"), "PUT"_ba);
        QCOMPARE(after(arguments, "-H"), text.isEmpty() ? "X-Text;"_ba : QByteArray("X-Text: " + text));
        if (!text.isEmpty())
            QCOMPARE(after(arguments, "--data-raw"), text);
    }

    void placeholdersAreFilledByTheShell()
    {
        const QString value = u"a b'c\"d$e`f\\g!"_s;
        const http::Request json{"POST", "https://h.test/?x=1", jsonType,
            "{\"a\":\"it's $5\",\"assertion\":\"secret-1\",\"b\":\"\\n\"}"};
        QString command = http::toCurl(json);
        QVERIFY(!command.contains(u"secret-1"_s));
        QByteArrayList arguments = argumentsOf(command, {u"ASSERTION="_s + value});
        QCOMPARE(after(arguments, "--data-raw"),
            QByteArray("{\"a\":\"it's $5\",\"assertion\":\"" + value.toUtf8() + "\",\"b\":\"\\n\"}"));

        const http::Request form{
            "POST", "https://h.test/cb?code=secret-2&state=s", formType, "a=1&password=secret-3&b=%20"};
        command = http::toCurl(form);
        QVERIFY(!command.contains(u"secret-"_s));
        arguments = argumentsOf(command, {u"CODE=c0de"_s, u"PASSWORD="_s + value});
        QCOMPARE(arguments.value(1), "https://h.test/cb?code=c0de&state=s"_ba);
        QCOMPARE(after(arguments, "--data-raw"), "a=1"_ba);
        QCOMPARE(after(arguments, "--data-urlencode"), QByteArray("password=" + value.toUtf8()));
        QCOMPARE(after(arguments, "--data-raw", 1), "b=%20"_ba);
    }

    void differentSecretsGetDifferentNames()
    {
        const QString command
            = http::toCurl({"POST", "https://h.test/", formType, "token=aaa1&token=bbb2&token=aaa1"});
        QVERIFY2(command.contains(u"token=$TOKEN\""_s) && command.contains(u"token=$TOKEN_2\""_s),
            qPrintable(command));
        QCOMPARE(command.count(u"$TOKEN\""_s), 2);
    }

    void namesCannotBreakOut()
    {
        const QString command = http::toCurl(
            {"POST", "https://h.test/", {{"Cookie", "$(id);x=1; 9=secret-4; é=secret-5"}}, ""});
        QVERIFY2(!command.contains(u"secret-"_s), qPrintable(command));
        QVERIFY(argumentsOf(command, {u"SECRET_9=nine"_s}).value(5).contains("9=nine"));
    }

    void methodsAreSaidWhenNeeded()
    {
        QVERIFY(!http::toCurl({"GET", "https://h.test/"}).contains(u"-X"_s));
        QVERIFY(http::toCurl({"POST", "https://h.test/"}).contains(u"-X 'POST'"_s));
        QVERIFY(!http::toCurl({"POST", "https://h.test/", {}, "a"}).contains(u"-X"_s));
        QVERIFY(http::toCurl({"HEAD", "https://h.test/"}).contains(u"--head"_s));
        QVERIFY(http::toCurl({"GET", "https://h.test/", {}, "a"}).contains(u"-X 'GET'"_s));
    }

    void nulTravelsThroughAPipe()
    {
        QByteArray body;
        for (int i = 0; i < 256; ++i)
            body += static_cast<char>(i);
        body += "\\0101 %s 'x' client_secret=abc123 end";
        const QString command
            = http::toCurl({"POST", "https://h.test/", {{"Content-Type", "application/octet-stream"}}, body});
        QVERIFY(!command.contains(u"abc123"_s));
        const QByteArrayList arguments = argumentsOf(command, {u"CLIENT_SECRET=abc123"_s});
        QCOMPARE(after(arguments, "--data-binary"), "@-"_ba);
        QVERIFY(arguments.join('\0').endsWith(body));
    }

    void asHttp()
    {
        const http::Request request{"POST", "https://h.test:8443/token?x=1",
            {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", "Basic abc="}},
            "a=1&code=abc"};
        QCOMPARE(http::toHttpText(request),
            QString(u"POST /token?x=1 HTTP/1.1\nHost: h.test:8443\nContent-Type: "
                    u"application/x-www-form-urlencoded\n"
                    "Authorization: Basic "_s
                + http::redactionMark("abc=") + u"\n\na=1&code="_s + http::redactionMark("abc")));
        QVERIFY(http::toHttpText({"GET", "https://h.test"}).startsWith(u"GET / HTTP/1.1\nHost: h.test\n"_s));
    }
};

QTEST_GUILESS_MAIN(CurlTest)
#include "tst_http_curl.moc"
