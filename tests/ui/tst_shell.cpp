// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "shellwidgets.h"

#include "core/setup/file.h"
#include "tests/support/screens.h"
#include "ui/frame.h"
#include "ui/graph/chainpane.h"
#include "ui/models/explained.h"
#include "ui/models/findingsmodel.h"
#include "ui/models/steprow.h"
#include "ui/models/stepsmodel.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/findingspane.h"
#include "ui/pages/rail.h"
#include "ui/pages/signinpage.h"
#include "ui/theme.h"
#include "ui/toolbar.h"
#include "ui/widgets/askstrip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagestrip.h"
#include "windowfixture.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Tab = TabPane::Tab;

class ShellTest : public QObject, private ShellStage
{
    Q_OBJECT

private slots:
    void initTestCase() { beginAll(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void startsBeforeStepOneWithNextFocused()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        QCOMPARE(window().focusWidget()->accessibleName(), u"Next"_s);
        QCOMPARE(session().selection().step, session().nextStep());
        QCOMPARE(frame().tabs().current(), Tab::Match);
        QVERIFY(!frame().tabs().isShown(Tab::SignIn));
        QCOMPARE(window().windowTitle(), u"Claims desk - Trustwalk"_s);
        screens::grab(window(), u"shell-opened"_s);
    }

    // "Accepted 401" would read like a contradiction: the challenge is what the step is for.
    void challengeIsAsExpected()
    {
        QVERIFY(m_fixture->open(u"mcp-server"_s));
        QVERIFY(m_fixture->next());
        const StepRow row = stepRows(session()).front();
        QCOMPARE(row.word, u"As expected"_s);
        QVERIFY2(row.aside.startsWith(u"401"_s), qPrintable(row.aside));
    }

    // Variants of the setup are offered where there are any, and say why where there are none.
    void variantsAreOffered()
    {
        const Actions& actions = window().actions();
        QVERIFY(m_fixture->open(u"sign-in-api"_s));
        QVERIFY(!actions[Id::Redeploy]->isEnabled() && actions[Id::Redeploy]->toolTip().contains(u"no managed identity"_s));
        QVERIFY(!actions[Id::Option1]->isEnabled() && actions[Id::Option1]->toolTip().contains(u"one way"_s));
        QVERIFY(m_fixture->open(u"aws-agent"_s));
        QVERIFY(actions[Id::Redeploy]->isEnabled() && actions[Id::Option1]->isEnabled());
        QVERIFY(actions[Id::Option2]->isChecked() && !actions[Id::Option1]->isChecked());
        actions[Id::Redeploy]->trigger();
        actions[Id::Option1]->trigger();
        QCOMPARE(m_fixture->opened(), (QStringList {u"redeployed"_s, u"option 1"_s}));
    }

    void nextSaysWhatItSends()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        QCOMPARE(nextText(session()), u"Next"_s);
        QVERIFY(m_fixture->next() && m_fixture->next() && m_fixture->next());
        QCOMPARE(nextText(session()), u"Next"_s);
        m_fixture->select({.step = session().flow().steps.first().id});
        QCOMPARE(nextText(session()), u"Send step 4"_s);
        QVERIFY(m_fixture->runAll());
        QCOMPARE(nextText(session()), u"Next"_s);
        QVERIFY(!window().actions()[Id::Next]->isEnabled());
        QVERIFY(session().nextStep().isEmpty());
    }

    void refusalBringsUpTheComparison()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s, {u"fic-subject-case"_s}));
        frame().tabs().show(Tab::Wire);
        QVERIFY(m_fixture->runAll());
        QTRY_COMPARE(frame().tabs().current(), Tab::Match);
        QCOMPARE(session().selection().step, session().nextStep());
        QCOMPARE(nextText(session()), u"Send step 2 again"_s);
        QVERIFY(frame().findings().isOpen());
        QVERIFY(frame().explain().content().sections.size() >= 3);
        QTRY_VERIFY(clipped(window()).isEmpty());
        screens::grab(window(), u"shell-refused"_s);
    }

    void onePlaceMovesAllViews_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<Tab>("tab");
        QTest::newRow("match") << u"match"_s << Tab::Match;
        QTest::newRow("token") << u"token:T1"_s << Tab::Token;
        QTest::newRow("request") << u"request"_s << Tab::Wire;
        QTest::newRow("response") << u"response"_s << Tab::Wire;
        QTest::newRow("audiences") << u"audiences"_s << Tab::Audiences;
    }

    void onePlaceMovesAllViews()
    {
        QFETCH(QString, part);
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        QVERIFY(m_fixture->runAll());
        const QString step = session().flow().steps[1].id;
        m_fixture->select({.step = step, .part = part});
        QTEST(frame().tabs().current(), "tab");
        const auto* rail = frame().rail().findChild<QAbstractItemView*>();
        QCOMPARE(rail->currentIndex().row(), 1);
        QCOMPARE(frame().explain().content().caption.isEmpty(), false);
    }

    void railSelectsTheStep()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        auto* rail = frame().rail().findChild<QAbstractItemView*>();
        rail->setCurrentIndex(rail->model()->index(2, 0));
        QCOMPARE(session().selection().step, session().flow().steps[2].id);
        window().actions()[Id::Earlier]->trigger();
        QCOMPARE(session().selection().step, session().flow().steps[1].id);
        QCOMPARE(rail->currentIndex().row(), 1);
        QVERIFY(text(*rail).contains(u"Not reached"));
    }

    void modelsAreSound()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s, {u"fic-subject-case"_s}));
        StepsModel steps(session());
        FindingsModel findings(session());
        const QAbstractItemModelTester stepsTester(&steps, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester findingsTester(&findings, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(m_fixture->runAll());
        QCOMPARE(steps.rowCount(), 5);
        QVERIFY(findings.rowCount() > 0);
        findings.toggleFix(0);
        QVERIFY(findings.summary().contains(u"error"));
        session().reset();
        QCOMPARE(steps.rowCount(), 5);
    }

    void signInWaitsInWords()
    {
        QVERIFY(m_fixture->open(u"on-behalf-of"_s));
        QByteArray opened;
        session().runner().setBrowser([&](const QByteArray& url) { opened = url; return base::Result<void> {}; });
        window().actions()[Id::Next]->trigger();
        QTRY_VERIFY(session().waiting());
        QCOMPARE(frame().tabs().current(), Tab::SignIn);
        QVERIFY(opened.startsWith("https://127.0.0.1:"));
        screens::grab(window(), u"shell-waiting"_s);

        auto* page = static_cast<SignInPage*>(frame().tabs().page(Tab::SignIn));
        auto* field = page->findChild<QLineEdit*>();
        field->setText(u"http://127.0.0.1:%1/callback?code=abc&state=other"_s.arg(session().waiting()->port));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(session().waiting()); // another state is not used, and said
        const auto labels = page->findChildren<Label*>();
        QVERIFY(std::ranges::any_of(labels, [](const Label* l) { return l->text().contains(u"state"_s) && l->text().contains(u"not"_s); }));

        QTest::keyClick(&window(), Qt::Key_Escape);
        QTRY_VERIFY(!session().waiting());
        QCOMPARE(frame().tabs().current(), Tab::SignIn); // stays, as its record
        QVERIFY(std::ranges::any_of(page->findChildren<Label*>(), [](const Label* l) { return l->text() == u"Sign-in cancelled"_s; }));
        QTest::qWait(50);
        QVERIFY2(clipped(window()).isEmpty(), qPrintable(clipped(window()).join(u'\n')));
    }

    void signInTurnsToMatchByItself()
    {
        m_fixture->signInAs(u"alice"_s);
        QVERIFY(m_fixture->open(u"on-behalf-of"_s));
        QVERIFY(m_fixture->next());
        QTRY_COMPARE(frame().tabs().current(), Tab::Match);
        QVERIFY(frame().tabs().isShown(Tab::SignIn));
        session().reset();
        QTRY_VERIFY(!frame().tabs().isShown(Tab::SignIn));
    }

    void glossaryOpensInside()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        window().actions()[Id::Glossary]->trigger();
        QCOMPARE(frame().explain().content().caption, u"Glossary"_s);
        m_fixture->select({.step = session().flow().steps[1].id});
        QCOMPARE(frame().explain().content().caption, u"Step 2 of 5"_s);
    }

    void problemsAreSaidInside()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        window().showProblem(u"The setup was not opened"_s, {u"setup-syntax"_s, u"Line 17, column 9: a comma is missing before \"targets\". Nothing was loaded."_s, u"17:9"_s});
        QVERIFY(frame().message().isVisible());
        QCOMPARE(frame().message().what(), u"The setup was not opened"_s);
        QTest::qWait(50);
        QVERIFY2(clipped(window()).isEmpty(), qPrintable(clipped(window()).join(u'\n')));
        screens::grab(window(), u"shell-problem"_s);
    }

    void fileIsDroppedOnTheWindow()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/tmp/a.json"_s)});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &drop);
        QCOMPARE(m_fixture->opened(), QStringList {u"/tmp/a.json"_s});
    }

    void liveAsksOnceInAHigherSetup()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        const setup::Setup setup = session().setup();
        session().open(setup, setup, {}, session::Against::Live);
        window().actions()[Id::Next]->trigger();
        QVERIFY(frame().ask().isVisible());
        QVERIFY(frame().ask().accessibleName().contains(u"leaves this machine"));
        QVERIFY(!session().isBusy());
        QVERIFY(!window().actions()[Id::RunAll]->isEnabled());
        screens::grab(window(), u"shell-live"_s);
    }

    void outsideDataIsNeverRichText()
    {
        QVERIFY(m_fixture->open(u"federated-agent"_s));
        const auto hostile = setup::edited(session().setup(), u"/title", R"("<b>bold</b> & <img src=x>")");
        QVERIFY(hostile.has_value());
        session().open(*hostile, session().played(), session().bindings(), session::Against::Lab);
        m_fixture->select({.pointer = u""_s});
        for (const Tab tab : {Tab::Match, Tab::Token, Tab::Wire, Tab::Audiences})
            frame().tabs().show(tab);
        for (const QLabel* label : window().findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(named(label)));
        QVERIFY(frame().explain().findChild<QTextBrowser*>()->toPlainText().contains(u"<b>bold</b> & <img src=x>"));
        QVERIFY(window().windowTitle().contains(u"<b>"));
    }

    void wireHidesSecretsUnlessAsked()
    {
        QVERIFY(m_fixture->open(u"secret-agent"_s));
        QVERIFY(m_fixture->next());
        const flow::StepRecord* record = session().record(session().flow().steps.first().id);
        const QString secret = QString::fromUtf8(http::parseForm(record->exchange.request.body).value("client_secret"));
        QVERIFY(secret.size() > 8);
        m_fixture->select({.step = record->stepId, .part = u"request"_s});
        QWidget* page = frame().tabs().page(Tab::Wire);
        const auto shows = [&] {
            for (QAbstractItemView* view : page->findChildren<QAbstractItemView*>())
                if (text(*view).contains(secret))
                    return true;
            const auto raws = page->findChildren<QPlainTextEdit*>();
            return std::ranges::any_of(raws, [&](const QPlainTextEdit* raw) { return raw->toPlainText().contains(secret); });
        };
        QVERIFY(!shows());
        window().actions()[Id::Redaction]->trigger();
        QVERIFY(shows());
        session().setFlow(session().flow().id);
        window().actions()[Id::Redaction]->trigger();
        QVERIFY(!shows());
        screens::grab(window(), u"shell-wire"_s);
    }

    void whatIsShownHidesAgain() // S14
    {
        QAction* redaction = window().actions()[Id::Redaction];
        redaction->trigger();
        QVERIFY(!redaction->isChecked());
        QTimer* hides = nullptr;
        for (QTimer* timer : window().findChildren<QTimer*>(Qt::FindDirectChildrenOnly))
            if (timer->isActive() && timer->isSingleShot() && timer->interval() == controls::shownFor)
                hides = timer;
        QVERIFY(hides);
        hides->start(0);
        QTRY_VERIFY(redaction->isChecked());
        QVERIFY(!hides->isActive());

        QWidget other;
        other.show();
        QApplication::setActiveWindow(&window());
        redaction->trigger();
        QVERIFY(!redaction->isChecked());
        QApplication::setActiveWindow(&other);
        QTRY_VERIFY(redaction->isChecked());
    }
};

QTEST_MAIN(ShellTest)
#include "tst_shell.moc"
