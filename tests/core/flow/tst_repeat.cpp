// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/repeat.h"
#include "core/flow/runner.h"
#include "core/http/server.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto now = base::fromRfc3339(u"2026-11-27T05:00:00Z").value();

http::Exchange answered(const QByteArray& method, int status, const QByteArray& retryAfter)
{
    http::Exchange exchange {.request = {.method = method, .url = "https://login.example/keys"}};
    exchange.response = http::Response {.status = status};
    if (!retryAfter.isEmpty())
        exchange.response->headers.append({"Retry-After", retryAfter});
    return exchange;
}

} // namespace

/// X05: what a busy receiver asks for is done, within bounds, and never with a request that may have had an effect.
class TestRepeat : public QObject
{
    Q_OBJECT
private slots:
    void pause_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("seconds"); // -1: not sent again
        QTest::newRow("seconds") << "GET"_ba << 503 << "5"_ba << 0 << 5;
        QTest::newRow("at once") << "GET"_ba << 429 << "0"_ba << 0 << 0;
        QTest::newRow("a date") << "GET"_ba << 503 << "Fri, 27 Nov 2026 05:00:20 GMT"_ba << 0 << 20;
        QTest::newRow("a whole minute") << "GET"_ba << 503 << "60"_ba << 1 << 60;
        QTest::newRow("longer") << "GET"_ba << 503 << "61"_ba << 0 << -1;
        QTest::newRow("huge") << "GET"_ba << 503 << "99999999999999999999999"_ba << 0 << -1;
        QTest::newRow("negative") << "GET"_ba << 503 << "-5"_ba << 0 << -1;
        QTest::newRow("a date that has passed") << "GET"_ba << 503 << "Fri, 27 Nov 2026 04:59:00 GMT"_ba << 0 << -1;
        QTest::newRow("words") << "GET"_ba << 503 << "soon"_ba << 0 << -1;
        QTest::newRow("absent") << "GET"_ba << 502 << ""_ba << 0 << -1;
        QTest::newRow("the third time") << "GET"_ba << 503 << "1"_ba << 2 << -1;
        QTest::newRow("a token request") << "POST"_ba << 429 << "1"_ba << 0 << -1;
        QTest::newRow("an answer") << "GET"_ba << 200 << "1"_ba << 0 << -1;
        QTest::newRow("a refusal") << "GET"_ba << 403 << "1"_ba << 0 << -1;
    }
    void pause()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(QByteArray, header);
        QFETCH(int, before);
        QFETCH(int, seconds);
        flow::Repeats repeats;
        for (int i = 0; i < before; ++i)
            repeats.answers.append(u"503"_s);
        const auto pause = flow::pauseBeforeRepeat(answered(method, status, header), repeats, now);
        QCOMPARE(pause ? int(pause->count()) : -1, seconds);
    }

    void isSaid_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("before");
        QTest::addColumn<QString>("outcome"); // empty: nothing is said
        QTest::addColumn<QString>("words");
        QTest::newRow("answered at the second attempt") << "GET"_ba << 200 << ""_ba << 1 << u"pass"_s << u"answered then"_s;
        QTest::newRow("still busy") << "GET"_ba << 503 << "1"_ba << 2 << u"warning"_s << u"still busy"_s;
        QTest::newRow("a token request") << "POST"_ba << 429 << "30"_ba << 0 << u"warning"_s << u"a POST is never sent again"_s;
        QTest::newRow("too long") << "GET"_ba << 503 << "3600"_ba << 0 << u"warning"_s << u"longer than a minute"_s;
        QTest::newRow("asks for nothing") << "GET"_ba << 503 << ""_ba << 0 << QString() << QString();
        QTest::newRow("an answer") << "GET"_ba << 200 << ""_ba << 0 << QString() << QString();
    }
    void isSaid()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(QByteArray, header);
        QFETCH(int, before);
        QFETCH(QString, outcome);
        QFETCH(QString, words);
        flow::Repeats repeats {.waited = 4s};
        for (int i = 0; i < before; ++i)
            repeats.answers.append(u"503"_s);
        const auto check = flow::repeatCheck(answered(method, status, header), repeats, now);
        QCOMPARE(check ? base::outcomeName(check->outcome) : QString(), outcome);
        if (check)
            QVERIFY2(check->relation.contains(words), qPrintable(check->relation));
    }

    void busyServerIsAskedAgain_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("busy"); // answers before the good one
        QTest::addColumn<int>("requests");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("twice busy") << "GET"_ba << 2 << 3 << true;
        QTest::newRow("three times busy") << "GET"_ba << 3 << 3 << false;
        QTest::newRow("a token request") << "POST"_ba << 1 << 1 << false;
    }
    void busyServerIsAskedAgain()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, busy);
        QFETCH(int, requests);
        QFETCH(bool, accepted);
        std::atomic<int> seen = 0;
        http::Server server(1);
        const auto port = server.listen(0, [&](const http::ServerRequest&) {
            http::ServerResponse response {.status = ++seen > busy ? 200 : 503, .body = "{}"};
            response.headers.append(http::Header {"Retry-After", "0"});
            return response;
        });
        QVERIFY(port);
        flow::Step step;
        step.id = u"keys"_s;
        step.method = method;
        step.url = flow::literal("http://127.0.0.1:" + QByteArray::number(*port) + "/keys");
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Flow flow {.id = u"f"_s};
        flow.steps = {step};
        runner.start(flow, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.send();
        QTRY_COMPARE(finished.count(), 1);
        server.stop();
        QCOMPARE(seen.load(), requests);
        QCOMPARE(runner.run().state(u"keys") == flow::StepState::Accepted, accepted);
    }
};

QTEST_GUILESS_MAIN(TestRepeat)
#include "tst_repeat.moc"
