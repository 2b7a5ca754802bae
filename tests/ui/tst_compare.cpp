// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowfixture.h"

#include "core/http/har.h"
#include "core/report/bundle.h"
#include "core/report/difference.h"
#include "core/report/runjson.h"
#include "core/report/savedrun.h"
#include "ui/frame.h"
#include "ui/graph/chainlayout.h"
#include "ui/models/comparedsteps.h"
#include "ui/models/differencerows.h"
#include "ui/pages/comparepage.h"
#include "ui/pages/comparerail.h"
#include "ui/pages/differencetable.h"
#include "ui/pages/filebar.h"
#include "ui/tabpane.h"
#include "ui/widgets/article.h"
#include "ui/widgets/messagestrip.h"

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray walk(const QString& sample, const QStringList& faults = {})
{
    WindowFixture f;
    if (!f.open(sample, faults) || !f.runAll())
        return {};
    const session::Session& s = f.session();
    return report::runJson(s);
}

/// The same walk as a browser or proxy would have recorded it, of the real hosts.
QByteArray archiveOf(const QString& sample)
{
    WindowFixture f;
    if (!f.open(sample) || !f.runAll())
        return {};
    const session::Session& s = f.session();
    QList<http::Exchange> exchanges;
    for (const flow::StepRecord& record : s.run().records) {
        exchanges.append(record.exchange);
        for (const setup::Binding& b : s.bindings())
            exchanges.back().request.url.replace(b.bound.toUtf8(), b.real.toUtf8());
    }
    return http::toHar(exchanges, u"test"_s);
}

/// A walk against the lab as it would have been live: the real hosts answered.
QByteArray asLive(QByteArray run)
{
    const json::Document document = json::Document::read(run);
    for (json::Value b = document.root()["bindings"].first(); b; b = b.next())
        run.replace(b["bound"].bytes().toByteArray(), b["real"].bytes().toByteArray());
    return run.replace("\"against\": \"lab\"", "\"against\": \"live\"");
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_runs = {{u"good"_s, walk(u"federated-agent"_s)}, {u"again"_s, walk(u"federated-agent"_s)}, {u"case"_s, walk(u"federated-agent"_s, {u"fic-subject-case"_s})},
            {u"archived"_s, walk(u"federated-agent"_s, {u"rule-archived"_s})}, {u"secret"_s, walk(u"secret-agent"_s)}};
        m_runs[u"har"_s] = archiveOf(u"federated-agent"_s);
        m_runs[u"live"_s] = asLive(m_runs[u"good"_s]);
        m_runs[u"bundle"_s] = report::bundle(json::Document::read(m_runs[u"good"_s]).root(), base::systemNow());
        m_runs[u"broken"_s] = "{\"schema\": \"run\", \"version\": 1, \"steps\": 7}";
        for (auto it = m_runs.cbegin(); it != m_runs.cend(); ++it) {
            QVERIFY(!it.value().isEmpty());
            QFile file(path(it.key()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(it.value());
        }
    }

    void twoRunsAreReadable_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("first");    ///< begins with; empty: nothing differs
        QTest::addColumn<QString>("overall");  ///< what differs of the runs as a whole
        QTest::addColumn<QString>("frame");
        QTest::newRow("working and failing") << u"good"_s << u"case"_s << u"Step 2, Exchange as blueprint: check subject passes in A and fails in B."_s << u"Result"_s << u"Up to here the receivers see the same"_s;
        QTest::newRow("a check with the name of a parameter that moves") << u"archived"_s << u"good"_s << u"Step 4, Exchange at Anthropic: check state fails in A and is not made in B."_s << u"Result"_s << u"Up to here the receivers see the same"_s;
        QTest::newRow("yesterday and today") << u"good"_s << u"again"_s << QString() << QString() << u"The receivers see the same"_s;
        QTest::newRow("lab and live") << u"good"_s << u"live"_s << QString() << u"Walked against"_s << u"The receivers see the same"_s;
        QTest::newRow("a run and its bundle") << u"good"_s << u"bundle"_s << QString() << QString() << u"The receivers see the same"_s;
        QTest::newRow("two patterns") << u"secret"_s << u"good"_s << u"Step 1, Managed identity token: only B has it."_s << u"Root of trust"_s << u"From here on the receivers see the same"_s;
    }
    void twoRunsAreReadable()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, first);
        QFETCH(QString, overall);
        QFETCH(QString, frame);
        WindowFixture f;
        QVERIFY(compare(f, left, right));
        ComparePage& page = *f.window().comparison();
        const report::RunDifference& difference = page.difference();
        QVERIFY2(first.isEmpty() ? !difference.differs() : difference.first.startsWith(first), qPrintable(difference.first));
        QCOMPARE(page.findChild<CompareRail*>()->footText().startsWith(u"None"_s), first.isEmpty());
        QStringList differing;
        for (const report::Overall& each : difference.overall)
            if (each.differs())
                differing.append(each.what);
        QCOMPARE(differing.join(u' '), overall);
        QCOMPARE(comparedChain(difference, page.left(), page.right()).frameTitle, frame);
    }

    void aRecordingLinesUpWithTheLab_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::newRow("lab and recording") << u"good"_s << u"har"_s;
        QTest::newRow("recording and lab") << u"har"_s << u"good"_s;
    }
    /// Every step has its partner, whatever the recording calls it, and choosing one chooses both.
    void aRecordingLinesUpWithTheLab()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        WindowFixture f;
        QVERIFY(compare(f, left, right));
        ComparePage& page = *f.window().comparison();
        const report::RunDifference& difference = page.difference();
        QVERIFY(!difference.steps.isEmpty());
        for (int row = 0; row < difference.steps.size(); ++row) {
            const report::StepDifference& step = difference.steps[row];
            QVERIFY2(!step.leftId.isEmpty() && !step.rightId.isEmpty(), qPrintable(step.id));
            QCOMPARE(step.left, step.right);
            page.left().select({.step = step.leftId});
            QCOMPARE(page.right().selection().step, step.rightId);
        }
        QVERIFY(std::ranges::any_of(difference.steps, [](const report::StepDifference& step) { return step.leftId != step.rightId; }));
    }

    void whyTheFirstDifferenceMatters()
    {
        WindowFixture f;
        QVERIFY(compare(f, u"good"_s, u"case"_s));
        ComparePage& page = *f.window().comparison();
        const QString why = report::explained(page.difference()).whatHappens;
        QVERIFY(!why.isEmpty());
        f.window().actions()[Actions::Id::Explain]->trigger();
        QVERIFY(f.window().isComparing());
        QCOMPARE(page.tabs().current(), TabPane::Tab::Explain);
        const QString shown = page.findChild<Article*>()->toPlainText();
        QVERIFY2(shown.contains(page.difference().first) && shown.contains(why), qPrintable(shown));
    }

    void findingsOfOneRunAloneAreRows_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<bool>("onRight");
        QTest::newRow("the right one has it") << u"good"_s << u"case"_s << true;
        QTest::newRow("the left one has it") << u"case"_s << u"good"_s << false;
    }
    void findingsOfOneRunAloneAreRows()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(bool, onRight);
        WindowFixture f;
        QVERIFY(compare(f, left, right));
        ComparePage& page = *f.window().comparison();
        auto* table = page.findChild<DifferenceTable*>();
        const QList<DifferenceRow>& rows = static_cast<DifferenceModel*>(table->model())->rows();
        const auto found = std::ranges::find(rows, u"ID-FIC-CASE"_s, &DifferenceRow::what);
        QVERIFY(found != rows.end());
        QCOMPARE(found->onRight, onRight);
        QCOMPARE(onRight ? found->left : found->right, u"absent"_s);
        QVERIFY(!found->meaning.isEmpty());
        // A row of the setup itself has no step to go to; one with a step shows it on the side that has the finding.
        table->setCurrentIndex(table->model()->index(int(found - rows.begin()), 0));
        if (!found->at.step.isEmpty())
            QCOMPARE((onRight ? page.right() : page.left()).selection().step, found->at.step);
    }

    void bothChainsLieOnTheSameLanes()
    {
        WindowFixture f;
        QVERIFY(compare(f, u"good"_s, u"case"_s));
        ComparePage& page = *f.window().comparison();
        const chain::Chain chain = comparedChain(page.difference(), page.left(), page.right());
        const ChainLayout layout = layoutOf(chain, {.form = ChainForm::Full, .width = 0, .textWidth = [](const QString& text, ChainFont) { return text.size() * 7.0; }});
        QCOMPARE(layout.bands.size(), 2);
        QVERIFY(layout.bands[0].title.startsWith(u"A. good"_s) && layout.bands[1].title.startsWith(u"B. case"_s));
        const qsizetype half = layout.nodes.size() / 2;
        QCOMPARE(layout.nodes.size(), 2 * half);
        for (qsizetype i = 0; i < half; ++i) {
            QCOMPARE(layout.nodes[i].rect.x(), layout.nodes[half + i].rect.x());
            QVERIFY(layout.nodes[i].rect.y() < layout.nodes[half + i].rect.y());
        }
    }

    void oneSelectionForBoth()
    {
        WindowFixture f;
        QVERIFY(compare(f, u"good"_s, u"case"_s));
        ComparePage& page = *f.window().comparison();
        QCOMPARE(page.left().selection().step, u"exchange-as-blueprint"_s); // what differs first
        auto* table = page.findChild<DifferenceTable*>();
        auto* model = static_cast<DifferenceModel*>(table->model());
        const auto check = std::ranges::find(model->rows(), u"Check subject"_s, &DifferenceRow::what);
        QVERIFY(check != model->rows().end());
        QVERIFY(check->meaning.contains(u"differ in case"_s));
        table->setCurrentIndex(model->index(int(check - model->rows().begin()), 0));
        for (const session::Session* session : {&page.left(), &page.right()})
            QCOMPARE(session->selection(), (base::Place {.step = u"exchange-as-blueprint"_s, .part = u"match"_s, .claim = u"subject"_s}));
        page.viewStep(1);
        QCOMPARE(page.left().selection().step, page.right().selection().step);
        QVERIFY(page.left().selection().step != u"exchange-as-blueprint"_s);
    }

    void whatDiffersComesFirst()
    {
        WindowFixture f;
        QVERIFY(compare(f, u"good"_s, u"case"_s));
        auto* table = f.window().comparison()->findChild<DifferenceTable*>();
        const QList<DifferenceRow> rows = static_cast<DifferenceModel*>(table->model())->rows();
        DifferenceRow::Kind before = DifferenceRow::Kind::Heading;
        for (const DifferenceRow& row : rows) {
            if (row.kind != DifferenceRow::Kind::Heading)
                QVERIFY2(before == DifferenceRow::Kind::Heading || int(before) <= int(row.kind), qPrintable(row.what));
            before = row.kind;
        }
        table->setOnlyDifferences(true);
        for (qsizetype i = 0; i < rows.size(); ++i)
            if (rows[i].kind == DifferenceRow::Kind::Same || rows[i].kind == DifferenceRow::Kind::Volatile || rows[i].same)
                QVERIFY(table->isRowHidden(int(i)));
    }

    void theRunInViewBesideAFile()
    {
        WindowFixture f;
        f.window().show();
        QVERIFY(f.open(u"federated-agent"_s));
        QVERIFY(!f.window().actions()[Actions::Id::Compare]->isEnabled()); // there is no run yet
        QVERIFY(f.runAll());
        QVERIFY(f.window().actions()[Actions::Id::Compare]->isEnabled());
        f.window().compareWith(path(u"case"_s));
        QTRY_VERIFY(f.window().isComparing());
        ComparePage& page = *f.window().comparison();
        QVERIFY(page.difference().first.contains(u"check subject passes in A and fails in B"_s));
        // Tabs and keys are those of the comparison as long as it is in view.
        f.window().actions()[Actions::Id::Match]->trigger();
        QVERIFY(f.window().isComparing());
        QCOMPARE(page.tabs().current(), TabPane::Tab::Match);
        QTest::keyClick(&page, Qt::Key_Escape);
        QVERIFY(!f.window().isComparing());
        QVERIFY(!f.session().recording());
        QCOMPARE(f.session().run().records.size(), f.session().flow().steps.size());
    }

    void swappedSidesAreReadTheOtherWay()
    {
        WindowFixture f;
        QVERIFY(compare(f, u"good"_s, u"case"_s));
        emit f.window().comparison()->swapped();
        QVERIFY(f.window().isComparing());
        QVERIFY(f.window().comparison()->difference().first.contains(u"check subject fails in A and passes in B"_s));
    }

    void twoDroppedRunsAreCompared()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path(u"good"_s)), QUrl::fromLocalFile(path(u"bundle"_s))});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.window(), &enter);
        QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.window(), &drop);
        QTRY_VERIFY(f.window().isComparing());
    }

    void twoRunsToInspectAreCompared()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        f.window().inspectFiles({path(u"good"_s), path(u"bundle"_s)});
        QTRY_VERIFY(f.window().isComparing());
    }

    void whatIsNotShownIsSaid()
    {
        WindowFixture f;
        QVERIFY(f.open(u"secret-agent"_s));
        f.window().inspectFiles({path(u"broken"_s), path(u"good"_s), path(u"bundle"_s)});
        QCOMPARE(f.window().frame().message().what(), u"One file is shown"_s);
        QVERIFY(!f.window().isComparing());
    }

    void whatIsNoRunIsSaid()
    {
        WindowFixture f;
        QVERIFY(f.open(u"federated-agent"_s));
        f.window().compareWith(path(u"broken"_s));
        QTRY_COMPARE(f.window().frame().message().what(), u"broken.json was not compared"_s);
        QVERIFY(!f.window().isComparing());
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name + u".json"_s); }
    bool compare(WindowFixture& f, const QString& left, const QString& right)
    {
        if (!f.open(u"secret-agent"_s))
            return false;
        f.window().compareFiles(path(left), path(right));
        return QTest::qWaitFor([&] { return f.window().isComparing(); });
    }

    QTemporaryDir m_folder {};
    QMap<QString, QByteArray> m_runs {};
};

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
