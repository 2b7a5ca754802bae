// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "shellwidgets.h"

#include "core/setup/file.h"
#include "tests/support/screens.h"
#include "ui/frame.h"
#include "ui/graph/chainpane.h"
#include "ui/models/explained.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/findingspane.h"
#include "ui/pages/rail.h"
#include "ui/pages/signinpage.h"
#include "ui/theme.h"
#include "ui/toolbar.h"
#include "ui/widgets/messagestrip.h"
#include "windowfixture.h"

#include <QApplication>
#include <QLayout>
#include <QMenuBar>
#include <QScrollArea>
#include <QTest>

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Tab = TabPane::Tab;

namespace {

/// What Tab should reach: buttons, fields, views, tabs, that can be seen and used.
QList<QWidget*> controlsOf(QWidget& window)
{
    QList<QWidget*> found;
    const auto all = window.findChildren<QWidget*>();
    for (QWidget* w : all)
        if ((w->focusPolicy() & Qt::TabFocus) && w->isEnabled() && isSeen(w) && !w->focusProxy() && w->window() == &window)
            found.append(w);
    return found;
}

/// Siblings that overlap, and children that stick out of a parent that does not scroll.
QStringList collisions(QWidget& window)
{
    QStringList found;
    const auto all = window.findChildren<QWidget*>();
    for (QWidget* w : all) {
        QWidget* parent = w->parentWidget();
        const bool scrolls = parent && (parent->inherits("QScrollArea") || parent->objectName() == "qt_scrollarea_viewport"_L1 || parent->inherits("QAbstractScrollArea"));
        if (!isSeen(w) || w->window() != &window || scrolls || !parent || parent->inherits("QSplitter") || w->inherits("QSplitterHandle"))
            continue;
        if (!parent->rect().contains(w->geometry()) && !parent->parentWidget()->inherits("QStackedWidget"))
            found.append(u"sticks out: %1 of %2"_s.arg(named(w), named(parent)));
        for (QObject* sibling : parent->children()) {
            auto* other = qobject_cast<QWidget*>(sibling);
            const bool laidOut = parent->layout() && other && parent->layout()->indexOf(w) >= 0 && parent->layout()->indexOf(other) >= 0;
            if (laidOut && other > w && isSeen(other) && other->geometry().intersects(w->geometry()))
                found.append(u"overlaps: %1 and %2"_s.arg(named(w), named(other)));
        }
    }
    return found;
}

QString chainOf(const QList<QWidget*>& widgets)
{
    QStringList names;
    for (const QWidget* w : widgets)
        names.append(named(w));
    return names.join(u'\n');
}

} // namespace

/// Everything in the window is reached by keys, and nothing overlaps or is cut off, at every size and type.
class ShellReachTest : public QObject, private ShellStage
{
    Q_OBJECT

private slots:
    void initTestCase() { beginAll(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void everythingIsReachedByTab_data()
    {
        QTest::addColumn<Tab>("tab");
        QTest::newRow("match") << Tab::Match;
        QTest::newRow("token") << Tab::Token;
        QTest::newRow("wire") << Tab::Wire;
        QTest::newRow("audiences") << Tab::Audiences;
    }

    void everythingIsReachedByTab()
    {
        QFETCH(Tab, tab);
        QVERIFY(m_fixture->open(u"federated-agent"_s, {u"fic-subject-case"_s}));
        QVERIFY(m_fixture->runAll());
        frame().tabs().show(tab);
        QTest::qWait(50);
        window().toolBar().nextButton()->setFocus(Qt::TabFocusReason);
        QList<QWidget*> visited;
        for (int i = 0; i < 300; ++i) {
            QWidget* at = window().focusWidget();
            if (!visited.isEmpty() && at == visited.first())
                break;
            if (!visited.contains(at))
                visited.append(at);
            QTest::keyClick(at, Qt::Key_Tab);
        }
        QVERIFY2(window().focusWidget() == visited.first(), qPrintable(chainOf(visited)));
        for (QWidget* control : controlsOf(window())) {
            QVERIFY2(visited.contains(control), qPrintable(u"not reached: "_s + named(control)));
            QVERIFY2(!control->accessibleName().isEmpty() || control->inherits("QTabBar"), qPrintable(u"no name: "_s + named(control)));
        }
    }

    void panesAreReachedByF6()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        window().toolBar().nextButton()->setFocus();
        QSet<QWidget*> visited;
        for (int i = 0; i < 8; ++i) {
            visited.insert(window().focusWidget());
            window().actions()[Id::NextPane]->trigger();
        }
        QVERIFY2(visited.size() >= 7, qPrintable(QString::number(visited.size())));
        QVERIFY(window().toolBar().isAncestorOf(window().focusWidget()));
        window().actions()[Id::PreviousPane]->trigger();
        QVERIFY(!window().toolBar().isAncestorOf(window().focusWidget()));
    }

    void nothingOverlaps_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("font");
        QTest::addColumn<QString>("sample");
        for (const QString& sample : {u"federated-agent"_s, u"agent-for-user"_s}) {
            const auto row = [&](const char* name, QSize size, double font) { QTest::addRow("%s, %s", name, qPrintable(sample)) << size << font << sample; };
            row("as drawn", {1440, 900}, 10);
            row("1280", {1280, 800}, 10);
            row("1024x700", {1024, 700}, 10);
            row("smallest", {960, 640}, 10);
            row("18 pt", {1440, 900}, 18);
            row("18 pt, 1280x800", {1280, 800}, 18);
        }
    }

    void nothingOverlaps()
    {
        QFETCH(QSize, size);
        QFETCH(double, font);
        QFETCH(QString, sample);
        QFont large = m_font;
        large.setPointSizeF(font);
        QApplication::setFont(large);
        window().resize(size);
        m_fixture->signInAs(u"alice"_s);
        QVERIFY(m_fixture->open(sample));
        QVERIFY(m_fixture->runAll());
        for (const Tab tab : {Tab::SignIn, Tab::Match, Tab::Token, Tab::Wire, Tab::Audiences, Tab::Explain}) {
            if (!frame().tabs().isShown(tab))
                continue;
            frame().tabs().show(tab);
            QTest::qWait(50);
            const QStringList problems = collisions(window()) + clipped(window());
            screens::grab(window(), u"layout-%1-%2x%3-%4pt-tab%5"_s.arg(sample).arg(size.width()).arg(size.height()).arg(font).arg(int(tab)));
            QVERIFY2(problems.isEmpty(), qPrintable(u"tab %1:\n"_s.arg(int(tab)) + problems.join(u'\n')));
        }
    }

    void explainIsShort()
    {
        for (const QString& id : setup::sampleIds()) {
            m_fixture->signInAs(u"alice"_s);
            QVERIFY2(m_fixture->open(id), qPrintable(id));
            for (const flow::Flow& flow : session().flows()) {
                session().setFlow(flow.id);
                for (const flow::Step& step : flow.steps) {
                    const Explained e = explained(session(), {.step = step.id});
                    QVERIFY2(wordCount(e) <= 120 && e.sections.size() >= 2, qPrintable(step.id));
                }
            }
        }
    }

    void keysAreThere_data()
    {
        QTest::addColumn<Id>("id");
        QTest::addColumn<QString>("key");
        QTest::newRow("next") << Id::Next << u"Ctrl+Return"_s;
        QTest::newRow("run all") << Id::RunAll << u"Ctrl+Shift+Return"_s;
        QTest::newRow("earlier") << Id::Earlier << u"Alt+Left"_s;
        QTest::newRow("match") << Id::Match << u"Ctrl+1"_s;
        QTest::newRow("explain") << Id::Explain << u"Ctrl+5"_s;
        QTest::newRow("pane") << Id::NextPane << u"F6"_s;
        QTest::newRow("finding") << Id::NextFinding << u"F8"_s;
        QTest::newRow("rail") << Id::Rail << u"F9"_s;
        QTest::newRow("table") << Id::ChainTable << u"Ctrl+T"_s;
        QTest::newRow("reset") << Id::Reset << u"Ctrl+Shift+R"_s;
        QTest::newRow("fit") << Id::Fit << u"Ctrl+0"_s;
    }

    void keysAreThere()
    {
        QFETCH(Id, id);
        QFETCH(QString, key);
        QVERIFY(window().actions()[id]->shortcuts().contains(QKeySequence(key)));
        QSet<QKeySequence> all;
        for (const QAction* action : window().actions().findChildren<QAction*>())
            for (const QKeySequence& sequence : action->shortcuts()) {
                QVERIFY2(!all.contains(sequence), qPrintable(sequence.toString()));
                all.insert(sequence);
            }
    }

    void menusHaveDistinctMnemonics()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        QSet<QChar> letters;
        for (const QAction* action : window().menuBar()->actions()) {
            const QString title = action->text();
            const QChar letter = title.at(title.indexOf(u'&') + 1).toLower();
            QVERIFY2(title.contains(u'&') && !letters.contains(letter), qPrintable(title));
            letters.insert(letter);
        }
    }
};

QTEST_MAIN(ShellReachTest)
#include "tst_shellreach.moc"
