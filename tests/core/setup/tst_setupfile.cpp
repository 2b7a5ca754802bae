// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/atomicfile.h"
#include "core/setup/file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

/// A file is what it was or what it was to become, never anything else, and nobody's change is lost unseen.
class TestSetupFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_path;

    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "(unreadable)"_ba;
    }
    static void put(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

private slots:
    void init()
    {
        QVERIFY(m_folder.isValid());
        for (const QString& name : names())
            QVERIFY(QFile::remove(m_folder.filePath(name)));
        m_path = m_folder.filePath(u"claims.json"_s);
        setup::Setup sample = *setup::sample(u"federated-agent"_s);
        QVERIFY(setup::save(sample, m_path));
    }

    void whatIsSavedIsLoaded()
    {
        const auto loaded = setup::load(m_path);
        QVERIFY(loaded);
        QCOMPARE(loaded->file, m_path);
        QCOMPARE(loaded->document.source(), setup::sample(u"federated-agent"_s)->document.source());
        QCOMPARE(names(), QStringList(u"claims.json"_s));
    }

    void unknownMembersSurvive() // F05
    {
        QByteArray text = contents(m_path);
        text.replace(R"("version": 1,)", R"("version": 1, "x-kept":   [ 1.50, {"b":1,"a":2} ],)");
        put(m_path, text);
        setup::Setup setup = *setup::edited(*setup::load(m_path), u"/title", R"("Claims")");
        QVERIFY(setup::save(setup, m_path));
        QCOMPARE(contents(m_path), text.replace(R"("title": "Claims desk")", R"("title": "Claims")"));
    }

    void onlyTheOwnerReadsIt() // S16
    {
        const mode_t before = ::umask(0);
        setup::Setup setup = *setup::load(m_path);
        const auto saved = setup::save(setup, m_path);
        ::umask(before);
        QVERIFY(saved);
        struct stat info
        {
        };
        QCOMPARE(::stat(m_path.toLocal8Bit().constData(), &info), 0);
        QCOMPARE(uint(info.st_mode & 0777), 0600U);
    }

    void savesAgainAndAgain()
    {
        setup::Setup setup = *setup::load(m_path);
        for (const char* title : {R"("one")", R"("two")", R"("three")"}) {
            setup = *setup::edited(setup, u"/title", title);
            QVERIFY(setup::save(setup, m_path));
        }
        QCOMPARE(setup::load(m_path)->title, u"three"_s);
    }

    void anotherProgramsChangeIsNotOverwritten() // X13
    {
        setup::Setup setup = *setup::load(m_path);
        const QByteArray theirs = contents(m_path).replace("Claims desk", "Theirs");
        put(m_path, theirs);
        const auto refused = setup::save(setup, m_path);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"setup-changed"_s);
        QVERIFY(refused.error().text.contains(u"changed by another program"));
        QCOMPARE(contents(m_path), theirs);
        QVERIFY(setup::save(setup, m_path, true));
        QCOMPARE(contents(m_path), setup.document.source());
        QVERIFY(setup::save(setup, m_path));
    }

    void aFileThatWasNeverLoadedIsNotOverwritten()
    {
        setup::Setup sample = *setup::sample(u"secret-agent"_s);
        const QByteArray before = contents(m_path);
        const auto refused = setup::save(sample, m_path);
        QCOMPARE(refused.error().code, u"setup-changed"_s);
        QVERIFY(refused.error().text.contains(u"stands there already"));
        QCOMPARE(contents(m_path), before);
        QVERIFY(sample.file.isEmpty());
    }

    void aVanishedFileIsWrittenAgain() // X13
    {
        setup::Setup setup = *setup::load(m_path);
        QVERIFY(QFile::remove(m_path));
        QVERIFY(setup::save(setup, m_path));
        QCOMPARE(contents(m_path), setup.document.source());
    }

    void linksAreFollowed()
    {
        const QString link = m_folder.filePath(u"link.json"_s);
        QVERIFY(QFile::link(m_path, link));
        setup::Setup setup = *setup::edited(*setup::load(link), u"/title", R"("Through the link")");
        QVERIFY(setup::save(setup, link));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(setup::load(m_path)->title, u"Through the link"_s);
    }

    void unwritablePlacesAreSaid_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("vanished folder") << m_folder.filePath(u"gone/claims.json"_s);
        QTest::newRow("a folder") << m_folder.path();
        QTest::newRow("a device") << u"/dev/full"_s;
        QTest::newRow("not a file system to write to") << u"/proc/claims.json"_s;
    }
    void unwritablePlacesAreSaid() // X13
    {
        QFETCH(QString, path);
        setup::Setup setup = *setup::load(m_path);
        const auto refused = setup::save(setup, path);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"setup-unwritable"_s);
        QCOMPARE(refused.error().where, path);
        QCOMPARE(setup.file, m_path);
    }

    /// As a disk that is full after so many bytes.
    void aFullDiskLeavesTheOldFile() // F03, X11
    {
        const QByteArray before = contents(m_path);
        setup::Setup setup
            = *setup::edited(*setup::load(m_path), u"/title", R"("Longer than what was there before")");
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit old{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        int refusals = 0;
        for (qsizetype bytes = 0; bytes < setup.document.source().size(); bytes += 97) {
            rlimit full{rlim_t(bytes), old.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &full);
            const auto result = setup::save(setup, m_path);
            ::setrlimit(RLIMIT_FSIZE, &old);
            refusals += !result && result.error().code == u"setup-unwritable"
                && result.error().text.contains(u"untouched");
            QCOMPARE(contents(m_path), before);
            QCOMPARE(names(), QStringList(u"claims.json"_s));
        }
        QVERIFY(refusals > 40);
        QVERIFY(setup::save(setup, m_path));
    }

    /// Killed at any moment of saving: the file is one of the two texts, whole.
    void killedWhileSaving() // F02, X12
    {
        const QList<QByteArray> texts{QByteArray(60'000, 'a'), QByteArray(90'000, 'b')};
        QVERIFY(setup::writeAtomically(m_path, texts[0], u"test"_s));
        for (int round = 0; round < 200; ++round) {
            int saved[2];
            QCOMPARE(::pipe(saved), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                for (int i = 0;; ++i) {
                    (void)setup::writeAtomically(m_path, texts[i % 2], u"test"_s);
                    if (::write(saved[1], "x", 1) != 1)
                        ::_exit(1);
                }
            }
            QVERIFY(child > 0);
            ::close(saved[1]);
            char byte = 0;
            for (int i = 0; i <= round % 3; ++i)
                QCOMPARE(::read(saved[0], &byte, 1), 1);
            // A different stretch of the next save goes by each round before the blow falls.
            volatile int spin = round * 400;
            while (spin > 0)
                spin = spin - 1;
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            ::close(saved[0]);
            const QByteArray now = contents(m_path);
            QVERIFY(texts.contains(now));
        }
    }

    void unreadableFilesAreSaid_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing") << m_folder.filePath(u"gone.json"_s) << u"there is no such file"_s;
        QTest::newRow("a folder") << m_folder.path() << u"it is a folder"_s;
        QTest::newRow("a device") << u"/dev/zero"_s << u"not a plain file"_s;
        QTest::newRow("unknown sample") << u"sample:nothing"_s << u"There is no sample of that name"_s;
        QTest::newRow("out of the samples")
            << u"sample:../lab/base"_s << u"There is no sample of that name"_s;
    }
    void unreadableFilesAreSaid()
    {
        QFETCH(QString, path);
        QFETCH(QString, says);
        const auto result = setup::load(path);
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"setup-unreadable"_s);
        QVERIFY2(result.error().text.contains(says), qPrintable(result.error().text));
    }

    void endlessFilesAreCutOff() // F15
    {
        QFile file(m_path);
        QVERIFY(file.resize(64 * 1024 * 1024));
        QVERIFY(setup::load(m_path).error().text.contains(u"16 MiB"));
    }

    void errorsNameTheFile()
    {
        put(m_path, "{\n\"schema\" 1}");
        const auto result = setup::load(m_path);
        QCOMPARE(result.error().code, u"setup-syntax"_s);
        QVERIFY2(result.error().where.startsWith(m_path + u": 2:"), qPrintable(result.error().where));
    }
};

QTEST_GUILESS_MAIN(TestSetupFile)
#include "tst_setupfile.moc"
