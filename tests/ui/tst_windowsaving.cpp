// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "app/windowparts.h"
#include "core/setup/file.h"
#include "ui/frame.h"
#include "ui/mainwindow.h"
#include "ui/pages/advisorpage.h"
#include "ui/widgets/messagestrip.h"

#include <QCloseEvent>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Id = Actions::Id;

/// What nobody saved yet is asked for, undone, kept when the program is ended, and offered again.
class TestWindowSaving : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void playingWithASampleIsNotAskedFor()
    {
        const auto parts = opened(u"agent-estate"_s);
        MainWindow& window = parts->window();
        window.actions()[Id::Redeploy]->trigger();
        QVERIFY(!window.windowTitle().startsWith(u'*'));
        QVERIFY(window.close());
        QVERIFY(drafts().isEmpty());
    }

    void changeIsUndoneAndDoneAgain()
    {
        const auto parts = opened(u"agent-estate"_s);
        MainWindow& window = parts->window();
        const QString before = objectId(window);
        QVERIFY(!window.actions()[Id::Undo]->isEnabled() && !window.actions()[Id::Redo]->isEnabled());
        window.actions()[Id::Redeploy]->trigger();
        const QString after = objectId(window);
        QVERIFY(after != before);
        window.actions()[Id::Undo]->trigger();
        QCOMPARE(objectId(window), before);
        QVERIFY(!window.actions()[Id::Undo]->isEnabled() && window.actions()[Id::Redo]->isEnabled());
        window.actions()[Id::Redo]->trigger();
        QCOMPARE(objectId(window), after);
    }

    void undoneIsAsItWasInItsFile()
    {
        const auto parts = opened(saved(u"agent-estate"_s));
        MainWindow& window = parts->window();
        window.actions()[Id::Redeploy]->trigger();
        QVERIFY(window.windowTitle().startsWith(u'*'));
        QCOMPARE(drafts().size(), 1);
        window.actions()[Id::Undo]->trigger();
        QVERIFY(!window.windowTitle().startsWith(u'*'));
        QVERIFY(drafts().isEmpty());
        QVERIFY(window.close());
    }

    void closingAsks_data()
    {
        QTest::addColumn<QMessageBox::StandardButton>("answer");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<bool>("written");
        QTest::newRow("save") << QMessageBox::Save << true << true;
        QTest::newRow("discard") << QMessageBox::Discard << true << false;
        QTest::newRow("cancel") << QMessageBox::Cancel << false << false;
    }
    void closingAsks()
    {
        QFETCH(QMessageBox::StandardButton, answer);
        QFETCH(bool, closes);
        QFETCH(bool, written);
        const QString file = saved(u"agent-estate"_s);
        const QByteArray before = contentOf(file);
        const auto parts = opened(file);
        MainWindow& window = parts->window();
        window.actions()[Id::Redeploy]->trigger();
        QVERIFY(!window.close());
        auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box && box->isVisible());
        QVERIFY2(box->informativeText().contains(file), qPrintable(box->informativeText()));
        box->button(answer)->click();
        QTRY_COMPARE(!window.isVisible(), closes);
        QCOMPARE(contentOf(file) != before, written);
        QCOMPARE(drafts().isEmpty(), closes);
    }

    void anotherSetupIsOpenedAfterTheAnswer()
    {
        const auto parts = opened(u"sign-in-api"_s);
        MainWindow& window = parts->window();
        create(window, {u"agent"_s, u"own"_s, u"azure"_s, u"aws"_s});
        const QString made = window.windowTitle();
        create(window, {u"agent"_s, u"own"_s, u"azure"_s, u"google"_s});
        QCOMPARE(window.windowTitle(), made);
        window.findChild<QMessageBox*>()->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(window.windowTitle() != made);
    }

    // The program that kept the draft is gone: there is no lock, or one of a process that is no more.
    void endedProgramLosesNothing_data()
    {
        QTest::addColumn<QByteArray>("lock");
        QTest::newRow("no lock") << QByteArray();
        QTest::newRow("lock of a dead process") << "999999999\ntrustwalk\n"_ba + QSysInfo::machineHostName().toUtf8() + '\n';
    }
    void endedProgramLosesNothing()
    {
        QFETCH(QByteArray, lock);
        QVERIFY(QDir().mkpath(folder()));
        setup::Setup left = setup::sample(u"vault"_s).value();
        QVERIFY(setup::save(left, folder() + u"/999999999.setup.json"_s));
        if (!lock.isEmpty())
            write(folder() + u"/999999999.lock"_s, lock);
        const auto parts = opened({});
        MainWindow& window = parts->window();
        QCOMPARE(window.session().setup().id, left.id);
        QVERIFY(window.windowTitle().startsWith(u'*'));
        QTRY_COMPARE_WITH_TIMEOUT(window.frame().message().what(), u"Trustwalk was ended before this was saved"_s, 15000);
        QVERIFY(!QFile::exists(folder() + u"/999999999.setup.json"_s));
        QCOMPARE(drafts().size(), 1);
    }

    // What was changed of a file still belongs to it, and a change somebody else made since is asked about.
    void draftKnowsItsFile_data()
    {
        QTest::addColumn<bool>("changedSince");
        QTest::newRow("as it was") << false;
        QTest::newRow("changed by another program since") << true;
    }
    void draftKnowsItsFile()
    {
        QFETCH(bool, changedSince);
        const QString file = saved(u"agent-estate"_s);
        {
            const auto parts = opened(file);
            parts->window().actions()[Id::Redeploy]->trigger();
            QCOMPARE(drafts().size(), 1);
            parts->terminate();
        }
        leaveToNobody();
        if (changedSince)
            write(file, contentOf(file) + '\n');
        const QByteArray before = contentOf(file);
        const auto parts = opened({});
        MainWindow& window = parts->window();
        QVERIFY(window.windowTitle().startsWith(u'*'));
        QTRY_COMPARE_WITH_TIMEOUT(window.frame().message().what(), u"Trustwalk was ended before this was saved"_s, 15000);
        window.actions()[Id::SaveSetup]->trigger();
        QCOMPARE(contentOf(file) != before, !changedSince);
        QCOMPARE(window.windowTitle().startsWith(u'*'), changedSince);
    }

    void setupIsDeletedWhenThatIsMeant_data()
    {
        QTest::addColumn<bool>("meant");
        QTest::newRow("cancel") << false;
        QTest::newRow("delete") << true;
    }
    void setupIsDeletedWhenThatIsMeant() // S17; the entries themselves: tst_keychain
    {
        QFETCH(bool, meant);
        const QString file = saved(u"vault"_s);
        const auto parts = opened(file);
        MainWindow& window = parts->window();
        QVERIFY(window.actions()[Id::DeleteSetup]->isEnabled());
        window.actions()[Id::DeleteSetup]->trigger();
        auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box && box->informativeText().contains(file));
        QCOMPARE(box->buttonRole(box->defaultButton()), QMessageBox::RejectRole);
        for (QAbstractButton* button : box->buttons())
            if ((box->buttonRole(button) == QMessageBox::DestructiveRole) == meant)
                button->click();
        QTRY_COMPARE_WITH_TIMEOUT(QFile::exists(file), !meant, 30000);
        QTRY_COMPARE(window.session().setup().id == u"vault", !meant);
        QCOMPARE(window.actions()[Id::DeleteSetup]->isEnabled(), !meant);
    }

    void draftThatCannotBeReadIsKept()
    {
        QVERIFY(QDir().mkpath(folder()));
        const QString file = folder() + u"/999999999.setup.json"_s;
        const QByteArray text = R"({"schema":"setup","version":99})";
        write(file, text);
        const auto parts = opened({});
        MainWindow& window = parts->window();
        QTRY_COMPARE_WITH_TIMEOUT(window.frame().message().what(), u"A draft could not be read"_s, 15000);
        QVERIFY(!window.windowTitle().startsWith(u'*'));
        QVERIFY(!QFile::exists(file));
        QCOMPARE(contentOf(file + u".broken"_s), text);
    }

    void draftOfARunningProgramStays()
    {
        const auto first = opened(u"sign-in-api"_s);
        create(first->window());
        QCOMPARE(drafts().size(), 1);
        const auto second = opened({});
        QVERIFY(!second->window().windowTitle().startsWith(u'*'));
    }

    void fileThatIsOpenTwiceIsNoticed()
    {
        const QString file = saved(u"vault"_s);
        const auto first = opened(file);
        QCOMPARE(first->window().frame().message().what(), QString());
        const auto second = opened(file);
        QTRY_COMPARE_WITH_TIMEOUT(second->window().frame().message().what(), u"Open in another window too"_s, 15000);
        second->window().close();
    }

    void draftIsItsOwnersAlone()
    {
        const auto parts = opened(u"sign-in-api"_s);
        create(parts->window());
        constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QVERIFY(!(QFile::permissions(drafts().front()) & others));
        QVERIFY(!(QFile::permissions(folder()) & others));
    }

private:
    std::unique_ptr<app::WindowParts> opened(const QString& setup)
    {
        auto parts = std::make_unique<app::WindowParts>(app::Drive {.setup = setup, .settings = m_folder->filePath(u"settings.ini"_s)});
        parts->open();
        parts->window().show();
        parts->painted();
        return parts;
    }
    /// As if the program that kept the draft had another process id and were gone.
    void leaveToNobody()
    {
        const QString own = u"%1/%2"_s.arg(folder()).arg(QCoreApplication::applicationPid());
        for (const QString& suffix : {u".setup.json"_s, u".home.json"_s})
            QVERIFY(QFile::rename(own + suffix, folder() + u"/999999999"_s + suffix));
    }
    static void create(MainWindow& window, const catalog::AdviceAnswers& answers = {u"agent"_s, u"own"_s, u"azure"_s, u"aws"_s})
    {
        window.showAdvisor();
        window.advisor()->answer(answers);
        window.advisor()->createButton()->click();
    }
    QString saved(const QString& sample)
    {
        setup::Setup setup = setup::sample(sample).value();
        const QString file = m_folder->filePath(u"mine.json"_s);
        (void)setup::save(setup, file);
        return file;
    }
    QString folder() const { return m_folder->filePath(u"drafts"_s); }
    QStringList drafts() const
    {
        QStringList files;
        for (const QFileInfo& file : QDir(folder()).entryInfoList({u"*.setup.json"_s}, QDir::Files))
            files.append(file.filePath());
        return files;
    }
    static QString objectId(MainWindow& window)
    {
        for (const setup::ManagedIdentity& identity : window.session().setup().managedIdentities)
            if (identity.systemAssigned)
                return identity.objectId;
        return {};
    }
    static QByteArray contentOf(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString& name, const QByteArray& text)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder {};
};

QTEST_MAIN(TestWindowSaving)
#include "tst_windowsaving.moc"
