// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "walked.h"

#include "ui/graph/chainpane.h"
#include "ui/models/chaintablemodel.h"
#include "ui/theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

/// The pane of the chain: it carries the selection, takes the form that fits, and is a table too.
class TestChainPane : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }
    void chainPaneCarriesTheSelection();
    void chainPaneTakesTheFormThatFits();
    void chainTableIsAlwaysThere();
};

void TestChainPane::chainPaneCarriesTheSelection()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    ChainPane pane(walked.session());
    pane.resize(908, 272);
    pane.show();
    walked.session().select({.step = u"token-as-agent"_s});
    auto* table = pane.findChild<QTableView*>();
    QCOMPARE(table->currentIndex().row(), 2);
    table->setCurrentIndex(table->model()->index(3, 0));
    QCOMPARE(walked.session().selection().step, u"exchange-at-anthropic"_s);
    QVERIFY(walked.send());
    QCOMPARE(table->model()->index(0, ChainTableModel::Observed).data().toString(), u"Accepted"_s);
    QCOMPARE(table->model()->index(1, ChainTableModel::Predicted).data().toString(), u"Accepted"_s);
}

void TestChainPane::chainPaneTakesTheFormThatFits()
{
    Walked walked;
    QVERIFY(walked.open(u"federated-agent"_s));
    ChainPane pane(walked.session());
    pane.resize(theme::px(908), theme::px(272));
    pane.show();
    QTRY_VERIFY(!pane.isCompact());
    pane.resize(theme::px(908), theme::px(150));
    QTRY_VERIFY(pane.isCompact());
    pane.resize(theme::px(908), theme::px(272));
    QTRY_VERIFY(!pane.isCompact());
    pane.setCompact(true);
    QVERIFY(pane.isCompact());
    pane.setCompact(false);
    QVERIFY(!pane.isCompact());
    pane.resize(theme::px(560), theme::px(272));
    QTRY_VERIFY(pane.isCompact());
    QVERIFY(pane.zoom() >= 0.7);
    pane.zoomIn();
    QVERIFY(pane.zoom() > 0.7);
    pane.fit();
}

void TestChainPane::chainTableIsAlwaysThere()
{
    Walked walked;
    QVERIFY(walked.open(u"two-patterns"_s));
    ChainPane pane(walked.session());
    pane.resize(908, 272);
    pane.show();
    auto* table = pane.findChild<QTableView*>();
    QVERIFY(table->isVisible());
    QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!pane.showsTable());
    pane.toggleTable();
    QVERIFY(pane.showsTable());
    QSignalSpy opened(&pane, &ChainPane::opened);
    table->setCurrentIndex(table->model()->index(1, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    pane.toggleTable();
    QVERIFY(!pane.showsTable());
}

QTEST_MAIN(TestChainPane)
#include "tst_chainpane.moc"
