// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/diagnosemodel.h"
#include "ui/pages/diagnosepage.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Everything that a part says, as one text.
QString said(const diagnosis::Item& item)
{
    QString text = diagnoseRow(item).title + u'\n' + diagnoseRow(item).aside;
    for (const DiagnoseSection& section : diagnoseSections(item))
        text += u'\n' + section.heading + u'\n' + section.lines.join(u'\n');
    for (const MatchGroup& group : diagnoseGroups(item))
        for (const MatchRow& row : group.rows)
            text += u'\n' + row.check.title + u' ' + row.check.relation + u' ' + row.check.fix;
    return text;
}

diagnosis::Inspection looked(const QByteArray& text) { return diagnosis::inspect(text, {.expected = {.now = base::systemNow()}}); }

} // namespace

class TestDiagnose : public QObject
{
    Q_OBJECT

private slots:
    void errorIsExplained_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("entra") << "AADSTS700213: No matching federated identity record found for presented assertion subject 'x'."_ba << QStringList {u"subject"_s, u"Fix"_s, u"Source"_s};
        QTest::newRow("secret id") << "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value."_ba
                                   << QStringList {u"secret"_s, u"Fix"_s};
        QTest::newRow("aws") << "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity"_ba
                             << QStringList {u"trust policy"_s, u"Ask for"_s};
        QTest::newRow("unknown code") << "AADSTS9999999: Something new."_ba << QStringList {u"not known here"_s};
    }
    void errorIsExplained()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, words);
        const auto inspection = looked(text);
        QVERIFY(!inspection.items.isEmpty());
        for (const QString& word : words)
            QVERIFY2(said(inspection.items.front()).contains(word, Qt::CaseInsensitive), qPrintable(word + u": "_s + said(inspection.items.front())));
        QCOMPARE(diagnoseRow(inspection.items.front()).decision, base::Decision::Refuse);
    }

    // One word for both could only be half right.
    void receiversThatDisagreeAreMixed_data()
    {
        using enum base::Decision;
        QTest::addColumn<QList<base::Decision>>("decisions");
        QTest::addColumn<bool>("mixed");
        QTest::addColumn<base::Decision>("shown");
        QTest::newRow("all take it") << QList {Accept, Accept} << false << Accept;
        QTest::newRow("none takes it") << QList {Refuse, Refuse} << false << Refuse;
        QTest::newRow("one of two") << QList {Accept, Refuse} << true << NotEvaluated;
    }
    void receiversThatDisagreeAreMixed()
    {
        QFETCH(QList<base::Decision>, decisions);
        QFETCH(bool, mixed);
        QFETCH(base::Decision, shown);
        auto inspection = looked("eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJhdWQiOiJ4IiwiZXhwIjo0MTAyNDQ0ODAwfQ.bm90IGNoZWNrZWQgaGVyZQ");
        diagnosis::Item& item = inspection.items.front();
        for (qsizetype i = 0; i < decisions.size(); ++i)
            item.verdicts.append({.receiver = u"Receiver %1"_s.arg(i), .decision = decisions[i],
                .checks = {{.id = u"subject"_s, .title = u"Subject"_s, .expected = u"a"_s, .presented = u"b"_s, .outcome = decisions[i] == base::Decision::Accept ? base::Outcome::Pass : base::Outcome::Fail}}});
        const DiagnoseRow row = diagnoseRow(item);
        QCOMPARE(row.mixed, mixed);
        QCOMPARE(row.decision, shown);
        QCOMPARE(row.aside.contains(u"Receiver 0 would accept. Receiver 1 would refuse"_s), mixed);
        QCOMPARE(diagnoseSummary(inspection).contains(u"1 taken by one receiver and not by another"_s), mixed);
    }

    // What the next line of a log, a body or a stack says is not the vendor's.
    void vendorsWordsEnd_data()
    {
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("next log line") << "\n2026-11-26T10:03:12Z going on"_ba;
        QTest::newRow("log line in brackets") << "\n[2026-11-26 10:03:12] going on"_ba;
        QTest::newRow("a body") << "\n{\"error\": \"x\"}"_ba;
        QTest::newRow("a stack") << "\n   at Contoso.Agent.Main()"_ba;
        QTest::newRow("a blank line") << "\n\nmore"_ba;
    }
    void vendorsWordsEnd()
    {
        QFETCH(QByteArray, after);
        const auto error = "AADSTS700213: No matching federated identity record found for presented assertion subject 'x'.\nTrace ID: 5a0e"_ba;
        QCOMPARE(looked(error + after).items.front().said, QString::fromUtf8(error).simplified());
    }

    // The published failures: what the command line names stands on the page too.
    void publishedFailureIsOnThePage_data()
    {
        QTest::addColumn<QByteArray>("artefact");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("fix");
        const QJsonArray failures = QJsonDocument::fromJson(contentOf(QStringLiteral(TESTS_DIR "/data/failures/failures.json")))[u"failures"].toArray();
        for (const QJsonValue& row : failures)
            if (row[u"artefact"].isString())
                QTest::newRow(qPrintable(row[u"id"].toString())) << row[u"artefact"].toString().toUtf8() << row[u"expect"][u"cause"].toString() << row[u"expect"][u"fix"].toString();
    }
    void publishedFailureIsOnThePage()
    {
        QFETCH(QByteArray, artefact);
        QFETCH(QString, cause);
        QFETCH(QString, fix);
        DiagnosePage page;
        QSignalSpy done(&page, &DiagnosePage::inspected);
        page.inspect(artefact, {}, {});
        QVERIFY(done.wait());
        QString all;
        for (const diagnosis::Item& item : page.inspection().items)
            all += said(item) + u" | "_s;
        QVERIFY2(all.contains(QRegularExpression(cause)), qPrintable(cause + u" is not in: "_s + all));
        QVERIFY2(all.contains(QRegularExpression(fix)), qPrintable(fix + u" is not in: "_s + all));
    }

    void modelIsSound()
    {
        DiagnoseModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setInspection(looked("AADSTS50013: Assertion failed signature validation.\n\nhttps://app.example/callback?error=access_denied&state=1"));
        QVERIFY(model.rowCount() >= 2);
        QCOMPARE(model.worst(), 0);
        model.setInspection({});
        QCOMPARE(model.worst(), -1);
    }

    void pageLooksAwayFromTheWindow()
    {
        DiagnosePage page;
        QSignalSpy done(&page, &DiagnosePage::inspected);
        page.inspect("AADSTS50076: Due to a configuration change you must use multi-factor authentication.", {}, {});
        QVERIFY(done.wait());
        QVERIFY2(page.shownText().contains(u"AADSTS50076"_s), qPrintable(page.shownText()));
        QVERIFY(page.findChild<QListView*>()->currentIndex().isValid());
    }

    void newestTextWins()
    {
        DiagnosePage page;
        QSignalSpy done(&page, &DiagnosePage::inspected);
        page.inspect("AADSTS50013: first", {}, {});
        page.inspect("AADSTS65001: second", {}, {});
        QVERIFY(done.wait());
        QVERIFY2(page.shownText().contains(u"65001"_s), qPrintable(page.shownText()));
        QCOMPARE(done.count(), 1);
    }

    void secretIsNotShown()
    {
        DiagnosePage page;
        QSignalSpy done(&page, &DiagnosePage::inspected);
        page.inspect("client_secret=planted~3Xk8QaBcDeFgHiJkLmNoPqRsTuVwXyZ01", u".env"_s, {});
        QVERIFY(done.wait());
        QVERIFY2(!page.shownText().contains(u"planted"_s), qPrintable(page.shownText()));
    }

    void nothingIsSaid()
    {
        DiagnosePage page;
        page.inspect("  \n", {}, {});
        QVERIFY(page.shownText().contains(u"Paste anything"_s));
    }

    void escapeLeaves()
    {
        DiagnosePage page;
        QSignalSpy closed(&page, &DiagnosePage::closed);
        QTest::keyClick(&page, Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
    }
};

QTEST_MAIN(TestDiagnose)
#include "tst_diagnose.moc"
