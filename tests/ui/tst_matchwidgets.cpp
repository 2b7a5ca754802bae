// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchverdicts.h"
#include "core/trust/cel.h"
#include "ui/models/matchcontent.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/diffcells.h"
#include "ui/widgets/difftext.h"
#include "ui/widgets/matchgroup.h"
#include "ui/widgets/matchheader.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/matchrow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// "Same", "[presented|expected]" where they differ, gaps as "_".
QString cellText(const QList<DiffCell>& cells)
{
    QString text;
    for (const DiffCell& cell : cells) {
        const auto half = [](const DiffCell::Half& h) { return h.form == DiffCell::Form::Gap ? u"_"_s : h.text; };
        text += cell.differs ? u"[%1|%2]"_s.arg(half(cell.presented), half(cell.expected)) : half(cell.presented);
    }
    return text;
}

} // namespace

/// The Match tab's rows as they are drawn and walked: cells, folding, keys, copies.
class TestMatchWidgets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void cells_data();
    void cells();
    void longValuesAreAbbreviated();
    void differencesWrapTogether();

    void failingComparisonIsOnScreen();
    void keysWalkTheRows();
    void foldingStays();
    void nextDifferenceGoesRound();
    void enterShowsAndCopyCopies();
    void applyIsOfferedWithAHook();
    void narrowRowsStack();
    void hostileTextStaysPlain();
};

void TestMatchWidgets::cells_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("places");
    QTest::newRow("equal") << u"abc"_s << u"abc"_s << u"abc"_s << 0;
    QTest::newRow("case") << u"aBc"_s << u"abc"_s << u"a[B|b]c"_s << 1;
    QTest::newRow("missing slash") << u"https://x/v2.0"_s << u"https://x/v2.0/"_s << u"https://x/v2.0[_|/]"_s << 1;
    QTest::newRow("extra slash") << u"https://x/v2.0/"_s << u"https://x/v2.0"_s << u"https://x/v2.0[/|_]"_s << 1;
    QTest::newRow("blank at the end") << u"abc "_s << u"abc"_s << u"abc[·|_]"_s << 1;
    QTest::newRow("same blank at the end") << u"abc "_s << u"abc "_s << u"abc·"_s << 0;
    QTest::newRow("blank inside") << u"a b"_s << u"a b"_s << u"a b"_s << 0;
    QTest::newRow("tab") << u"a\tb"_s << u"a\tb"_s << u"a→b"_s << 0;
    QTest::newRow("no-break space") << u"a\u00A0b"_s << u"a\u00A0b"_s << u"aU+00A0b"_s << 0;
    QTest::newRow("look-alike") << u"cl\u0430ims"_s << u"claims"_s << u"cl[U+0430|a]ims"_s << 1;
    QTest::newRow("right-to-left override") << u"a\u202Eb"_s << u"ab"_s << u"a[U+202E|_]b"_s << 1;
}

void TestMatchWidgets::cells()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    const QList<DiffCell> cells = diffCells(presented, expected);
    QTEST(cellText(cells), "text");
    QTEST(differingPlaces(cells), "places");
}

void TestMatchWidgets::longValuesAreAbbreviated()
{
    const QString presented = QString(200, u'a') + u"X"_s + QString(200, u'b');
    const QString expected = QString(200, u'a') + u"Y"_s + QString(200, u'b');
    const QString text = cellText(abbreviated(diffCells(presented, expected)));
    QCOMPARE(text, u"…"_s + QString(12, u'a') + u"[X|Y]"_s + QString(12, u'b') + u"…"_s);
}

void TestMatchWidgets::differencesWrapTogether()
{
    DiffText text;
    text.setValues(QString(90, u'a') + u"X"_s, QString(90, u'a') + u"Y"_s);
    const int whole = text.heightForWidth(4000);
    QVERIFY(text.heightForWidth(400) > whole);
    text.resize(4000, whole);
    QVERIFY(text.placeRect(0).isValid());
    QVERIFY(!text.placeRect(1).isValid());
}

void TestMatchWidgets::failingComparisonIsOnScreen()
{
    MatchList list;
    list.resize(900, 320);
    list.show();
    const flow::Step of = step();
    const flow::StepRecord record = answered(flow::StepState::Refused, refusal());
    list.setGroups(matchContent(subjectOf(of, &record, refusal())).groups, u"exchange"_s);
    QCOMPARE(list.rows().size(), 6);
    QVERIFY(list.isFolded(0));
    MatchCheckRow* failing = list.rows()[4];
    QVERIFY(failing->isUnfolded());
    QTRY_VERIFY(list.viewport()->rect().contains(failing->mapTo(list.viewport(), QPoint(4, 40))));
    QVERIFY(failing->accessibleName().startsWith(u"Fails: Subject. Presented 7c1d"));
    QVERIFY(failing->accessibleName().contains(u"15 differ in case"));
}

void TestMatchWidgets::keysWalkTheRows()
{
    MatchList list;
    list.resize(900, 500);
    const flow::Step of = step();
    list.setGroups(matchContent(subjectOf(of, nullptr, refusal())).groups, u"exchange"_s);
    list.show();
    list.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QSignalSpy chosen(&list, &MatchList::checkChosen);
    list.headers()[0]->setFocus();
    QTest::keyClick(list.headers()[0], Qt::Key_Down);
    QVERIFY(list.headers()[1]->hasFocus());
    QTest::keyClick(list.headers()[1], Qt::Key_Down);
    QTest::keyClick(list.rows()[3], Qt::Key_Down);
    QVERIFY(list.rows()[4]->hasFocus());
    QCOMPARE(chosen.last().first().toString(), u"subject"_s);
    // Only the line one is on takes part in the order of Tab.
    QVERIFY(list.rows()[4]->focusPolicy() & Qt::TabFocus);
    QVERIFY(!(list.rows()[3]->focusPolicy() & Qt::TabFocus));
    QTest::keyClick(list.rows()[4], Qt::Key_Home);
    QVERIFY(list.headers()[0]->hasFocus());
}

void TestMatchWidgets::foldingStays()
{
    MatchList list;
    const flow::Step of = step();
    const QList<MatchGroup> groups = matchContent(subjectOf(of, nullptr, refusal())).groups;
    list.setGroups(groups, u"exchange"_s);
    list.headers()[0]->setFolded(false);
    list.setGroups(groups, u"exchange"_s);
    QVERIFY(!list.isFolded(0));
    list.setGroups(groups, u"another step"_s);
    QVERIFY(list.isFolded(0));
}

void TestMatchWidgets::nextDifferenceGoesRound()
{
    MatchList list;
    list.resize(900, 400);
    const flow::Step of = step();
    list.setGroups(matchContent(subjectOf(of, nullptr, refusal())).groups, u"exchange"_s);
    list.show();
    const int places = list.rows()[4]->places();
    QVERIFY(places > 1);
    for (int i = 0; i <= places; ++i)
        QVERIFY(list.goToDifference(1));
    list.setGroups(matchContent(subjectOf(of, nullptr, acceptance())).groups, u"exchange"_s);
    QVERIFY(!list.goToDifference(1));
}

void TestMatchWidgets::enterShowsAndCopyCopies()
{
    MatchRow row {.check = pass(u"g"_s, u"Issuer"_s, u"https://login/v2.0"_s)};
    MatchCheckRow widget(row, false);
    widget.resize(900, 40);
    widget.show();
    QVERIFY(!widget.isUnfolded());
    QTest::keyClick(&widget, Qt::Key_Return);
    QVERIFY(widget.isUnfolded());
    QVERIFY(widget.findChild<DiffText*>());
    QTest::keySequence(&widget, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"https://login/v2.0"_s);
}

void TestMatchWidgets::applyIsOfferedWithAHook()
{
    const flow::Step of = step();
    const QList<MatchGroup> groups = matchContent(subjectOf(of, nullptr, refusal())).groups;
    const auto apply = [](const MatchList& list) -> QPushButton* {
        for (QPushButton* button : list.findChildren<QPushButton*>())
            if (button->text() == u"Apply to setup")
                return button;
        return nullptr;
    };
    MatchList without;
    without.setGroups(groups, u"exchange"_s);
    QVERIFY(!apply(without));
    MatchList with;
    with.setCanApply(true);
    with.setGroups(groups, u"exchange"_s);
    QVERIFY(apply(with));
    base::Check applied;
    connect(&with, &MatchList::applyAsked, this, [&](const base::Check& check) { applied = check; });
    apply(with)->click();
    QCOMPARE(applied.fixPointer, u"/apps/1/credentials/0/subject"_s);
    QCOMPARE(applied.fixValue, lower);
}

void TestMatchWidgets::narrowRowsStack()
{
    const flow::Step of = step();
    MatchCheckRow row(matchContent(subjectOf(of, nullptr, refusal())).groups[1].rows[1], true);
    row.resize(900, 200);
    row.show();
    const int wide = row.heightForWidth(900);
    row.resize(420, 400);
    QTRY_VERIFY(row.heightForWidth(420) > wide);
}

void TestMatchWidgets::hostileTextStaysPlain()
{
    base::Verdict verdict = refusal();
    verdict.checks[4].title = u"<img src=x>Subject"_s;
    verdict.checks[4].presented = u"<b>bold</b>\u202E"_s;
    verdict.checks[4].fix = u"<a href='https://evil'>click</a>"_s;
    const flow::Step of = step();
    MatchList list;
    list.setGroups(matchContent(subjectOf(of, nullptr, verdict)).groups, u"exchange"_s);
    for (QLabel* label : list.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

QTEST_MAIN(TestMatchWidgets)
#include "tst_matchwidgets.moc"
