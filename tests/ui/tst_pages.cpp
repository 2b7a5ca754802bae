// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "walked.h"
#include "core/setup/file.h"
#include "ui/graph/chainpane.h"
#include "ui/models/audiencesmodel.h"
#include "ui/pages/audiencesledger.h"
#include "ui/pages/audiencespage.h"
#include "ui/pages/matchpage.h"
#include "ui/pages/tokenpage.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/lifetimechart.h"
#include "ui/widgets/matchheader.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/matchrow.h"
#include "ui/widgets/tokenclaims.h"
#include "ui/widgets/tokenpane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QList<base::Outcome> outcomes(const MatchList& list)
{
    QList<base::Outcome> all;
    for (MatchCheckRow* row : list.rows())
        all.append(row->row().check.outcome);
    return all;
}

/// Nothing shown reaches beyond its parent, and no two of a layout's widgets lie on each other.
QString misplaced(const QWidget& root)
{
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible() || !widget->parentWidget() || widget->isWindow() || widget->width() == 0)
            continue;
        const bool scrolled = widget->parentWidget()->objectName() == u"qt_scrollarea_viewport";
        if (!scrolled && widget->parentWidget() != &root && !widget->parentWidget()->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
            return QString::fromLatin1(widget->metaObject()->className()) + u" sticks out of "_s + QString::fromLatin1(widget->parentWidget()->metaObject()->className());
    }
    return {};
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void matchBeforeAndAfterSending();
    void matchFollowsTheSelection();
    void matchOffersTheNextStep();
    void tokenOfTheStep();
    void tokenFromThePlace();
    void tokenCopies();
    void tokenWantsRoom();
    void audienceRowsSelectTheirSteps();
    void everySampleShows_data();
    void everySampleShows();
    void looks_data();
    void looks();
};

void TestPages::matchBeforeAndAfterSending()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s, {u"fic-subject-case"_s}));
    MatchPage page(walked.session());
    page.resize(900, 500);
    page.show();
    QVERIFY(walked.send());
    walked.session().select({.step = u"exchange-as-blueprint"_s});
    auto* list = page.findChild<MatchList*>();
    QVERIFY(list->isVisible());
    QCOMPARE(outcomes(*list).count(base::Outcome::Fail), 1);
    QVERIFY(list->rows().last()->row().hollow);
    QCOMPARE(page.findChild<MatchHeader*>()->accessibleName(), u"Predicted: refused by Entra: the subject differs only in case"_s);
    QVERIFY(walked.send());
    QCOMPARE(page.findChild<MatchHeader*>()->accessibleName(), u"Refused by Entra: the subject differs only in case"_s);
    QVERIFY(!list->rows().last()->row().hollow);
    page.copyVerdict();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"AADSTS7002138, HTTP 401 invalid_client"));
}

void TestPages::matchFollowsTheSelection()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    QVERIFY(walked.send());
    MatchPage page(walked.session());
    page.resize(900, 500);
    page.show();
    walked.session().select({.step = u"exchange-as-blueprint"_s, .part = u"match"_s, .claim = u"issuer"_s});
    auto* list = page.findChild<MatchList*>();
    MatchCheckRow* row = nullptr;
    for (MatchCheckRow* each : list->rows())
        if (each->row().check.id == u"issuer")
            row = each;
    QVERIFY(row);
    // A folded group opens for what is selected in it.
    QVERIFY(row->isVisible());
    QVERIFY(!row->row().aside.isEmpty());
    QVERIFY(page.isAncestorOf(page.cornerWidget()));
    bool applied = false;
    page.setApplyFix([&](const base::Check&) { applied = true; });
    QVERIFY(!applied);
    page.nextDifference();
    page.previousDifference();
}

void TestPages::matchOffersTheNextStep()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    MatchPage page(walked.session());
    page.resize(900, 500);
    page.show();
    walked.session().select({.step = u"token-as-agent"_s});
    auto* empty = page.findChild<EmptyState*>();
    QVERIFY(empty->isVisible());
    auto* button = empty->findChild<QPushButton*>();
    QCOMPARE(button->text(), u"Send step 1"_s);
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(walked.session().run().state(u"managed-identity"), flow::StepState::Accepted, patience);
}

void TestPages::tokenOfTheStep()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    TokenPage page(walked.session());
    page.resize(900, 500);
    page.show();
    QVERIFY(page.findChild<EmptyState*>()->isVisible());
    QVERIFY(walked.sendAll());
    walked.session().select({.step = u"token-as-agent"_s});
    auto* pane = page.findChild<TokenPane*>();
    QVERIFY(pane->isVisible());
    QCOMPARE(pane->content().slot, u"T2"_s);
    QCOMPARE(pane->content().signature.outcome, base::Outcome::Pass);
    QVERIFY(pane->content().fillers.size() > 2);
    QVERIFY(pane->claims().claims().indexOf(u"xms_par_app_azp"_s).isValid());
    walked.session().select({.step = u"send-message"_s});
    QVERIFY(!pane->content().opaque.isEmpty());
}

void TestPages::tokenFromThePlace()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    QVERIFY(walked.sendAll());
    TokenPage page(walked.session());
    page.resize(900, 500);
    page.show();
    walked.session().select({.step = u"token-as-agent"_s, .part = u"token:T1"_s, .claim = u"sub"_s});
    auto* pane = page.findChild<TokenPane*>();
    QCOMPARE(pane->content().slot, u"T1"_s);
    QCOMPARE(pane->claims().currentIndex().siblingAtColumn(0).data().toString(), u"sub"_s);
    // A claim chosen here is the selection everywhere.
    QTest::keyClick(&pane->claims(), Qt::Key_Down);
    QCOMPARE(walked.session().selection().part, u"token:T1"_s);
    QVERIFY(walked.session().selection().claim != u"sub");
    page.openFilter();
    QVERIFY(pane->findChild<QLineEdit*>()->isVisible());
}

void TestPages::tokenCopies()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    QVERIFY(walked.sendAll());
    TokenPage page(walked.session());
    page.cornerWidget();
    walked.session().select({.step = u"token-as-agent"_s});
    QMenu* menu = page.cornerWidget()->findChild<QMenu*>();
    QVERIFY(menu);
    emit menu->aboutToShow();
    const QByteArray raw = walked.session().run().token(u"T2")->raw;
    const QString signature = QString::fromUtf8(raw.mid(raw.lastIndexOf('.') + 1));
    for (QAction* action : menu->actions()) {
        if (!action->isEnabled() || action->isSeparator())
            continue;
        action->trigger();
        const bool whole = action->text() == u"Copy &whole token";
        QCOMPARE(QGuiApplication::clipboard()->text().contains(signature), whole);
    }
}

void TestPages::tokenWantsRoom()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    QVERIFY(walked.sendAll());
    TokenPage page(walked.session());
    QSignalSpy wishes(&page, &TokenPage::wantsCompactChainChanged);
    page.resize(900, 380);
    page.show();
    walked.session().select({.step = u"token-as-agent"_s});
    QTRY_VERIFY(page.wantsCompactChain());
    // The room it got does not make it change its mind.
    page.resize(900, 380 + theme::px(168));
    QTest::qWait(20);
    QVERIFY(page.wantsCompactChain());
    page.resize(900, 1200);
    QTRY_VERIFY(!page.wantsCompactChain());
    QCOMPARE(wishes.size(), 2);
}

void TestPages::audienceRowsSelectTheirSteps()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    QVERIFY(walked.sendAll());
    AudiencesPage page(walked.session());
    page.resize(900, 500);
    page.show();
    auto* ledger = page.findChild<AudiencesLedger*>();
    QAbstractItemModelTester tester(ledger->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(ledger->model()->rowCount(), 4);
    walked.session().select({.step = u"exchange-as-blueprint"_s});
    QCOMPARE(ledger->currentIndex().row(), 1);
    QTest::keyClick(ledger, Qt::Key_Down);
    QCOMPARE(walked.session().selection(), (base::Place {.step = u"token-as-agent"_s, .part = u"audiences"_s, .claim = u"T2"_s}));
    QCOMPARE(ledger->model()->index(0, AudiencesModel::Verdict).data().toString(), u"Accepted"_s);
    QVERIFY(page.findChild<LifetimeChart*>()->isVisible());
    QVERIFY(page.findChild<LifetimeChart*>()->accessibleName().contains(u"T0: 24 h"));
    static_cast<QPushButton*>(page.cornerWidget())->click();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Token\tAsked for"));
}

void TestPages::everySampleShows_data()
{
    QTest::addColumn<QString>("sample");
    for (const QString& id : setup::sampleIds())
        QTest::newRow(qPrintable(id)) << id;
}

/// Every step of every sample in every page, walked to its end.
void TestPages::everySampleShows()
{
    QFETCH(QString, sample);
    Walked walked;
    QVERIFY(walked.open(sample));
    QWidget window;
    auto* chain = new ChainPane(walked.session(), &window);
    auto* match = new MatchPage(walked.session(), &window);
    auto* token = new TokenPage(walked.session(), &window);
    auto* audiences = new AudiencesPage(walked.session(), &window);
    chain->setGeometry(0, 0, 900, 272);
    int top = 272;
    for (QWidget* page : {static_cast<QWidget*>(match), static_cast<QWidget*>(token), static_cast<QWidget*>(audiences)}) {
        page->setGeometry(0, top, 900, 400);
        top += 400;
    }
    window.resize(900, top);
    window.show();
    QVERIFY(walked.sendAll());
    for (const flow::Step& step : walked.session().flow().steps) {
        const flow::StepState state = walked.session().run().state(step.id);
        // A fallback that was not needed is skipped.
        QVERIFY2(state == flow::StepState::Accepted || (state == flow::StepState::Skipped && step.onlyAfter), qPrintable(step.id));
        walked.session().select({.step = step.id});
        window.grab();
        if (auto* header = match->findChild<MatchHeader*>(); header->isVisible() && walked.session().record(step.id)->truth)
            QVERIFY2(header->accessibleName().startsWith(u"Accepted by"), qPrintable(header->accessibleName()));
    }
}

void TestPages::looks_data()
{
    QTest::addColumn<theme::Appearance>("appearance");
    QTest::addColumn<double>("points");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light") << theme::Appearance::Light << 10.0 << QSize(908, 420);
    QTest::newRow("dark") << theme::Appearance::Dark << 10.0 << QSize(908, 420);
    QTest::newRow("high contrast") << theme::Appearance::HighContrast << 10.0 << QSize(908, 420);
    QTest::newRow("1024 wide") << theme::Appearance::Light << 10.0 << QSize(872, 320);
    QTest::newRow("narrow") << theme::Appearance::Light << 10.0 << QSize(460, 420);
    QTest::newRow("18 pt") << theme::Appearance::Light << 18.0 << QSize(1170, 480);
}

void TestPages::looks()
{
    QFETCH(theme::Appearance, appearance);
    QFETCH(double, points);
    QFETCH(QSize, size);
    const QFont before = QGuiApplication::font();
    QFont font = before;
    font.setPointSizeF(points);
    QGuiApplication::setFont(font);
    theme::setAppearance(appearance);
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s, {u"fic-subject-case"_s}));
    QVERIFY(walked.send());
    QVERIFY(walked.send());
    const QString step = u"exchange-as-blueprint"_s;
    walked.session().select({.step = step});
    MatchPage match(walked.session());
    TokenPage token(walked.session());
    AudiencesPage audiences(walked.session());
    for (QWidget* page : {static_cast<QWidget*>(&match), static_cast<QWidget*>(&token), static_cast<QWidget*>(&audiences)}) {
        page->resize(size);
        page->show();
        QTest::qWait(20);
        QVERIFY2(misplaced(*page).isEmpty(), qPrintable(misplaced(*page)));
        QVERIFY(!page->grab().isNull());
    }
    QGuiApplication::setFont(before);
    theme::setAppearance(theme::Appearance::Light);
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
