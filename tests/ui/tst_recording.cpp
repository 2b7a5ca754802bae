// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowfixture.h"

#include "core/diagnosis/recorded.h"
#include "core/report/bundle.h"
#include "core/report/runjson.h"
#include "core/session/shownchain.h"
#include "ui/frame.h"
#include "ui/pages/filebar.h"
#include "ui/pages/rail.h"
#include "ui/recording.h"
#include "ui/tabpane.h"
#include "ui/widgets/askstrip.h"
#include "ui/widgets/messagestrip.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QJsonArray headersOf(const http::Headers& headers)
{
    QJsonArray out;
    for (const http::Header& header : headers)
        out.append(QJsonObject {{u"name"_s, QString::fromUtf8(header.name)}, {u"value"_s, QString::fromUtf8(header.value)}});
    return out;
}

QJsonObject entryOf(const http::Exchange& exchange, int second)
{
    QJsonObject request {{u"method"_s, QString::fromUtf8(exchange.request.method)}, {u"url"_s, QString::fromUtf8(exchange.request.url)}, {u"headers"_s, headersOf(exchange.request.headers)}};
    if (!exchange.request.body.isEmpty())
        request[u"postData"_s] = QJsonObject {{u"mimeType"_s, QString::fromUtf8(exchange.request.headers.value("Content-Type"))}, {u"text"_s, QString::fromUtf8(exchange.request.body)}};
    QJsonObject response {{u"status"_s, exchange.response->status}, {u"headers"_s, headersOf(exchange.response->headers)},
        {u"content"_s, QJsonObject {{u"mimeType"_s, u"application/json"_s}, {u"text"_s, QString::fromUtf8(exchange.response->body)}}}};
    return {{u"startedDateTime"_s, u"2026-11-26T10:00:%1.000Z"_s.arg(second, 2, 10, QChar(u'0'))}, {u"time"_s, 12}, {u"request"_s, request}, {u"response"_s, response}};
}

QJsonObject page(int number)
{
    return {{u"startedDateTime"_s, u"2026-11-26T10:00:00.000Z"_s}, {u"time"_s, 1},
        {u"request"_s, QJsonObject {{u"method"_s, u"GET"_s}, {u"url"_s, u"https://portal.example/%1.js"_s.arg(number)}, {u"headers"_s, QJsonArray()}}},
        {u"response"_s, QJsonObject {{u"status"_s, 200}, {u"headers"_s, QJsonArray()}, {u"content"_s, QJsonObject {{u"mimeType"_s, u"text/javascript"_s}, {u"text"_s, u"1"_s}}}}}};
}

QByteArray archive(const QJsonArray& entries)
{
    return QJsonDocument(QJsonObject {{u"log"_s, QJsonObject {{u"version"_s, u"1.2"_s}, {u"creator"_s, QJsonObject {{u"name"_s, u"test"_s}}}, {u"entries"_s, entries}}}}).toJson();
}

} // namespace

class TestRecording : public QObject
{
    Q_OBJECT

private slots:
    /// A walk against the lab with a fault in it, as a browser would have recorded it among pages.
    void initTestCase()
    {
        WindowFixture walked;
        QVERIFY(walked.open(u"federated-agent"_s, {u"rule-archived"_s}));
        QVERIFY(walked.runAll());
        QJsonArray entries;
        for (int i = 0; i < 20; ++i)
            entries.append(page(i));
        int second = 0;
        for (const flow::StepRecord& record : walked.session().run().records)
            entries.append(entryOf(record.exchange, ++second));
        m_steps = second;
        m_har = archive(entries);
        const session::Session& s = walked.session();
        m_flowSteps = int(s.flow().steps.size());
        m_run = report::runJson(s);
        QVERIFY(m_steps >= 4);
    }

    void recordingFillsTheViews()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(m_har, u"agent-host.har"_s);
        QVERIFY(changed.wait());
        const diagnosis::Recorded* recorded = f.session().recording();
        QVERIFY(recorded);
        QCOMPARE(recorded->made.entries, recorded->made.flow.steps.size() + recorded->made.repeats + recorded->made.hidden);
        QCOMPARE(f.session().flow().steps.size(), qsizetype(m_steps));
        QCOMPARE(f.session().state(f.session().selection().step), flow::StepState::Refused); // what failed is on screen
        QVERIFY(!f.session().chain().links.isEmpty());
        auto* bar = f.window().findChild<FileBar*>();
        QVERIFY(bar->isVisibleTo(&f.window()));
        QCOMPARE(recordingCounts(*recorded), u"%1 exchanges in = %2 steps + 0 repeats + 20 hidden"_s.arg(m_steps + 20).arg(m_steps));
    }

    void aRefreshTokenIsAskedForBeforeItIsCopied() // S13
    {
        const QByteArray refresh = "0.AXoA-planted-refresh-token-that-nobody-gave-away";
        http::Exchange exchange;
        exchange.request = {.method = "POST", .url = "https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/oauth2/v2.0/token",
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}, .body = "grant_type=refresh_token&client_id=c&refresh_token=old"};
        exchange.response = http::Response {.status = 200, .body = "{\"token_type\":\"Bearer\",\"access_token\":\"opaque-access-token\",\"refresh_token\":\"" + refresh + "\"}"};
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        f.window().show();
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(archive({entryOf(exchange, 1)}), u"refresh.har"_s);
        QVERIFY(changed.wait());
        const auto& tokens = f.session().run().records.first().tokens;
        const auto token = std::ranges::find(tokens, flow::TokenUse::Refresh, &flow::Token::use);
        QVERIFY(token != tokens.end());
        f.window().frame().tabs().show(TabPane::Tab::Token);
        f.session().select({.step = f.session().run().records.first().stepId, .part = u"token:"_s + token->slot});
        QAction* copy = nullptr;
        for (QMenu* menu : f.window().findChildren<QMenu*>()) {
            if (!qobject_cast<QPushButton*>(menu->parent()))
                continue;
            emit menu->aboutToShow();
            for (QAction* action : menu->actions())
                if (action->text().startsWith(u"Copy &whole refresh token"_s))
                    copy = action;
        }
        QVERIFY(copy && copy->isEnabled());
        QGuiApplication::clipboard()->setText(u"before"_s);
        copy->trigger();
        AskStrip& ask = f.window().frame().ask();
        QVERIFY(ask.isVisible());
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
        const auto answer = [&ask](const QString& text) {
            for (QPushButton* button : ask.findChildren<QPushButton*>())
                if (button->text() == text)
                    button->click();
        };
        answer(u"Cancel"_s);
        QVERIFY(!ask.isVisible());
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
        copy->trigger();
        answer(u"Copy it"_s);
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), refresh);
    }

    void nothingOfItIsSent()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(m_har, {});
        QVERIFY(changed.wait());
        Actions& actions = f.window().actions();
        for (const Actions::Id id : {Actions::Id::Next, Actions::Id::RunAll, Actions::Id::Reset, Actions::Id::SendAgain})
            QVERIFY(!actions[id]->isEnabled());
        QVERIFY(actions[Actions::Id::Next]->toolTip().contains(u"nothing of it is sent"_s));
        QVERIFY(actions[Actions::Id::Hidden]->isEnabled());
        const auto before = f.session().run().records.size();
        f.session().next();
        f.session().runAll();
        f.session().reset();
        QCOMPARE(f.session().run().records.size(), before);
    }

    void aSavedRunFillsTheViews()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(m_run, u"friday.json"_s);
        QVERIFY(changed.wait());
        const diagnosis::Recorded* recorded = f.session().recording();
        QVERIFY(recorded && recorded->saved);
        QCOMPARE(f.session().flow().steps.size(), qsizetype(m_flowSteps));
        QCOMPARE(f.session().state(f.session().selection().step), flow::StepState::Refused);
        QVERIFY(f.session().predicted(f.session().selection().step)); // travelled along
        QVERIFY(!f.session().findings().isEmpty());
        QCOMPARE(session::shownChain(f.session()).chain.links.size(), recorded->chain.links.size());
        QVERIFY(recordingCounts(*recorded).contains(u"%1 steps in the lab"_s.arg(m_flowSteps)));
        QVERIFY(!f.window().actions()[Actions::Id::Next]->isEnabled());
        QVERIFY(!f.window().actions()[Actions::Id::Hidden]->isEnabled());
    }

    void aBundleOpensWithItsReceipt()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(report::bundle(json::Document::read(m_run).root(), base::systemNow()), u"friday.bundle.json"_s);
        QVERIFY(changed.wait());
        const diagnosis::Recorded* recorded = f.session().recording();
        QVERIFY(recorded && recorded->saved && recorded->saved->receipt);
        QVERIFY(recordingCounts(*recorded).startsWith(u"%1 steps in = %1 steps out, "_s.arg(m_flowSteps)));
        QCOMPARE(f.session().state(f.session().selection().step), flow::StepState::Refused);
        QAction* hidden = f.window().actions()[Actions::Id::Hidden];
        QVERIFY(hidden->isEnabled());
        hidden->trigger();
        QVERIFY(f.window().frame().isExplainShown());
    }

    void aBrokenRunSaysWhere()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        const auto broken = json::Document::read(m_run).with(u"/steps/1/state", "\"maybe\"");
        QVERIFY(broken);
        f.window().inspect(broken->source(), u"friday.json"_s);
        QTRY_COMPARE(f.window().frame().message().what(), u"friday.json was not read"_s);
        QVERIFY(!f.session().recording()); // what was on screen stays
    }

    void openingASetupLeavesIt()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(m_har, {});
        QVERIFY(changed.wait());
        QVERIFY(f.open(u"federated-agent"_s));
        QVERIFY(!f.session().recording());
        QVERIFY(!f.window().findChild<FileBar*>()->isVisibleTo(&f.window()));
        QVERIFY(f.window().actions()[Actions::Id::Next]->isEnabled());
    }

    /// Two walks in one file, one after the other and mixed: each is a flow, by itself and together the counts hold.
    void severalFlowsInOneFile_data()
    {
        QTest::addColumn<bool>("mixed");
        QTest::newRow("one after the other") << false;
        QTest::newRow("mixed") << true;
    }
    void severalFlowsInOneFile()
    {
        QFETCH(bool, mixed);
        WindowFixture other;
        other.signInAs(u"alice"_s);
        QVERIFY(other.open(u"sign-in-api"_s));
        QVERIFY(other.runAll());
        QList<QJsonObject> second;
        int at = 30;
        for (const flow::StepRecord& record : other.session().run().records)
            second.append(entryOf(record.exchange, ++at));
        QJsonArray entries = QJsonDocument::fromJson(m_har)[u"log"][u"entries"].toArray();
        const qsizetype before = entries.size();
        for (qsizetype i = 0; i < second.size(); ++i)
            entries.insert(mixed ? std::min<qsizetype>(22 + 2 * i, entries.size()) : entries.size(), second[i]);
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QSignalSpy changed(&f.session(), &session::Session::setupChanged);
        f.window().inspect(archive(entries), u"two.har"_s);
        QVERIFY(changed.wait());
        const auto made = f.session().recording()->made;
        QStringList told;
        for (const catalog::RecordedFlow& flow : made.flows)
            told.append(flow.title + u": "_s + flow.steps.join(u' '));
        QVERIFY2(made.flows.size() == 2, qPrintable(told.join(u'\n')));
        QCOMPARE(made.entries, qint64(before + second.size()));
        QCOMPARE(made.entries, made.steps + made.repeats + made.hidden);
        QCOMPARE(made.flows[0].steps.size() + made.flows[1].steps.size(), made.steps);
        auto* bar = f.window().findChild<FileBar*>();
        for (const catalog::RecordedFlow& flow : made.flows) {
            emit bar->flowChosen(flow.id);
            const auto& shown = f.session().recording()->made;
            QCOMPARE(shown.shown, flow.id);
            QCOMPARE(f.session().flow().steps.size(), flow.steps.size());
            QCOMPARE(f.session().run().records.size(), flow.steps.size());
            QCOMPARE(f.session().flow().title, flow.title);
            QVERIFY(!f.session().chain().links.isEmpty());
            QCOMPARE(recordingCounts(*f.session().recording()), recordingCounts({.made = made}));
        }
        QCOMPARE(made.flows[0].state, flow::StepState::Refused);
        QCOMPARE(made.flows[1].state, flow::StepState::Accepted);
        emit bar->flowChosen({});
        QCOMPARE(f.session().flow().steps.size(), made.steps);
        QVERIFY(f.open(u"secret-agent"_s));
        emit bar->flowChosen(made.flows[0].id); // the file is closed: nothing to choose from
        QVERIFY(!f.session().recording());
    }

    void brokenFileIsSaid()
    {
        RecordingReader reader;
        QSignalSpy ended(&reader, &RecordingReader::ended);
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData("{\"log\": 1}");
        buffer->open(QIODevice::ReadOnly);
        reader.read(std::move(buffer), u"x.har"_s, {});
        QVERIFY(ended.wait());
        QVERIFY(!ended.front().at(1).value<base::Error>().text.isEmpty());
    }

    // A long file: its first steps stand before the rest is read, and say that they are a part.
    void firstRowsComeBeforeTheEnd()
    {
        QTemporaryDir folder;
        QFile big(folder.filePath(u"big.har"_s));
        QVERIFY(big.open(QIODevice::WriteOnly));
        const QByteArray entry = ',' + QJsonDocument(page(1)).toJson(QJsonDocument::Compact), end = "]}}";
        big.write(m_har.left(m_har.lastIndexOf(']')));
        for (int i = 0; i < 200'000; ++i)
            big.write(entry);
        big.write(end);
        big.close();
        RecordingReader reader;
        qsizetype early = 0, late = 0;
        QString counts;
        connect(&reader, &RecordingReader::begun, this, [&](const QString&, const diagnosis::Recorded& recorded) {
            early = early ? early : recorded.made.flow.steps.size();
            counts = recordingCounts(recorded);
            QCOMPARE(late, 0);
        });
        connect(&reader, &RecordingReader::finished, this, [&](const QString&, const diagnosis::Recorded& recorded) { late = recorded.made.entries; });
        auto file = std::make_unique<QFile>(big.fileName());
        QVERIFY(file->open(QIODevice::ReadOnly));
        reader.read(std::move(file), u"big.har"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(late > 0, 20000);
        QCOMPARE(early, qsizetype(m_steps));
        QVERIFY2(counts.endsWith(u"Read in part"_s), qPrintable(counts));
        QCOMPARE(late, qint64(200'000 + 20 + m_steps));
    }

    void cancelIsAtOnce()
    {
        QTemporaryDir folder;
        QFile big(folder.filePath(u"big.har"_s));
        QVERIFY(big.open(QIODevice::WriteOnly));
        const QByteArray entry = QJsonDocument(page(1)).toJson(QJsonDocument::Compact);
        big.write("{\"log\":{\"entries\":[");
        for (int i = 0; i < 200'000; ++i)
            big.write(i ? QByteArray("," + entry) : entry);
        big.write("]}}");
        big.close();
        RecordingReader reader;
        QSignalSpy progressed(&reader, &RecordingReader::progressed), ended(&reader, &RecordingReader::ended), finished(&reader, &RecordingReader::finished);
        auto file = std::make_unique<QFile>(big.fileName());
        QVERIFY(file->open(QIODevice::ReadOnly));
        reader.read(std::move(file), u"big.har"_s, {});
        QVERIFY(progressed.wait());
        QElapsedTimer timer;
        timer.start();
        reader.cancel();
        QCOMPARE(ended.count(), 1);
        QVERIFY(timer.elapsed() < 200);
        QVERIFY(QThreadPool::globalInstance()->waitForDone(2000));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(finished.count(), 0);
    }

private:
    QByteArray m_har {};
    QByteArray m_run {};
    int m_steps = 0;     ///< that were sent
    int m_flowSteps = 0; ///< of the flow
};

QTEST_MAIN(TestRecording)
#include "tst_recording.moc"
