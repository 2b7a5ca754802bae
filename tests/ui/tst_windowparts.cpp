// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "app/windowparts.h"
#include "ui/frame.h"
#include "ui/mainwindow.h"
#include "ui/pages/advisorpage.h"
#include "ui/theme.h"
#include "ui/widgets/editstrip.h"
#include "ui/widgets/messagestrip.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Id = Actions::Id;

/// The window as the program puts it together, lab and all.
class TestWindowParts : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
    }

    // A system-assigned identity is another one after a new deployment, a user-assigned one is not.
    void newDeployment_data()
    {
        QTest::addColumn<QString>("flow");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("system-assigned") << u"host-system-assigned"_s << false;
        QTest::newRow("user-assigned") << u"host-user-assigned"_s << true;
    }
    void newDeployment()
    {
        QFETCH(QString, flow);
        QFETCH(bool, goesOn);
        const auto parts = opened(u"agent-estate"_s, flow);
        MainWindow& window = parts->window();
        QVERIFY(walked(window));
        QCOMPARE(result(window), flow::StepState::Accepted);
        window.actions()[Id::Redeploy]->trigger();
        const MessageStrip& said = window.frame().message();
        QCOMPARE(said.what(), u"The host was deployed again"_s);
        const QString text = textOf(said);
        QVERIFY2(text.contains(u"user-assigned and stays"_s) && text.contains(u"its object id was"_s), qPrintable(text));
        QVERIFY(walked(window));
        QCOMPARE(result(window), goesOn ? flow::StepState::Accepted : flow::StepState::Refused);
    }

    void optionIsAnotherFlow()
    {
        const auto parts = opened(u"aws-agent"_s, u"agent-to-aws"_s);
        MainWindow& window = parts->window();
        window.actions()[Id::Option1]->trigger();
        QCOMPARE(flowOf(window), u"identity-to-aws"_s);
        QVERIFY(window.actions()[Id::Option1]->isChecked());
        QVERIFY(walked(window));
        QCOMPARE(result(window), flow::StepState::Accepted);
    }

    // F2 on a line of Match: the field it compares with, the prediction anew, and back.
    void editsAField()
    {
        const auto parts = opened(u"federated-agent"_s, u"agent-to-claude"_s);
        MainWindow& window = parts->window();
        const base::Place subject {.step = u"exchange-as-blueprint"_s, .part = u"match"_s, .claim = u"subject"_s};
        QVERIFY(walked(window));
        window.session().select(subject);
        const auto record = window.session().record(subject.step);
        const auto check = std::ranges::find(record->predicted->checks, subject.claim, &base::Check::id);
        window.actions()[Id::EditField]->trigger();
        EditStrip& strip = window.frame().edit();
        QVERIFY(strip.isVisible());
        QVERIFY2(strip.field()->accessibleName().startsWith(u"subject of mi-agents"_s), qPrintable(strip.field()->accessibleName()));
        QCOMPARE(strip.field()->text(), check->expected);
        strip.field()->setText(check->expected.toUpper());
        QTest::keyClick(strip.field(), Qt::Key_Return);
        QVERIFY(!strip.isVisible());
        QVERIFY(window.actions()[Id::Undo]->isEnabled());
        QVERIFY(walked(window));
        QCOMPARE(window.session().state(subject.step), flow::StepState::Refused);
        window.actions()[Id::Undo]->trigger();
        QVERIFY(walked(window));
        QCOMPARE(result(window), flow::StepState::Accepted);
    }

    void editsNothingThatIsNoField()
    {
        const auto parts = opened(u"federated-agent"_s, u"agent-to-claude"_s);
        MainWindow& window = parts->window();
        const EditStrip& strip = window.frame().edit();
        window.session().select({.step = u"exchange-as-blueprint"_s, .part = u"match"_s, .claim = u"grant_type"_s});
        window.actions()[Id::EditField]->trigger();
        QVERIFY(!strip.isVisible());
        QCOMPARE(window.frame().message().what(), u"Nothing to edit here"_s);
        window.session().select({.pointer = u"/tenants/0/authority"_s});
        window.actions()[Id::EditField]->trigger();
        QVERIFY(strip.isVisible());
        strip.field()->setText(u"no address"_s);
        QTest::keyClick(strip.field(), Qt::Key_Return);
        QVERIFY(strip.isVisible());
        QVERIFY2(strip.problem().contains(u"origin"_s), qPrintable(strip.problem()));
        QTest::keyClick(strip.field(), Qt::Key_Escape);
        QVERIFY(!strip.isVisible());
        QVERIFY(!window.actions()[Id::Undo]->isEnabled());
    }

    void advisedSetupIsOpened()
    {
        const auto parts = opened(u"sign-in-api"_s, {});
        MainWindow& window = parts->window();
        window.showAdvisor();
        window.advisor()->answer({u"agent"_s, u"own"_s, u"azure"_s, u"aws"_s});
        window.advisor()->createButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.windowTitle() != u"Claims portal - Trustwalk"_s, 5000);
        QVERIFY(walked(window));
        QCOMPARE(result(window), flow::StepState::Accepted);
    }

private:
    std::unique_ptr<app::WindowParts> opened(const QString& sample, const QString& flow)
    {
        auto parts = std::make_unique<app::WindowParts>(app::Drive {.setup = sample, .flow = flow, .settings = m_folder->filePath(u"settings.ini"_s)});
        parts->open();
        parts->window().show();
        parts->painted();
        return parts;
    }
    // Next is there once the lab is up.
    bool walked(MainWindow& window)
    {
        QAction* all = window.actions()[Id::RunAll];
        if (!QTest::qWaitFor([&] { return all->isEnabled(); }, 15000))
            return false;
        all->trigger();
        return QTest::qWaitFor([&] { return !window.session().isBusy() && (window.session().nextStep().isEmpty() || result(window) == flow::StepState::Refused); }, 15000);
    }
    static flow::StepState result(MainWindow& window) { return window.session().run().records.isEmpty() ? flow::StepState::NotReached : window.session().run().records.back().state; }
    static QString flowOf(MainWindow& window) { return window.session().flow().id; }
    static QString textOf(const QWidget& widget)
    {
        QString text;
        for (const QLabel* label : widget.findChildren<QLabel*>())
            text += label->text() + u'\n';
        return text;
    }

    std::unique_ptr<QTemporaryDir> m_folder {};
};

QTEST_MAIN(TestWindowParts)
#include "tst_windowparts.moc"
