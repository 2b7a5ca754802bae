// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/secrets.h"
#include "fakesecretservice.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

// One class for each surrounding that tests/support/with-keyring.sh makes. A desktop's own keychain is never
// asked.

namespace {

const QByteArray canary = "canary-7f3a-not-a-secret-of-anyone"_ba;

setup::SecretKey key(const QString& credential, const QString& setup = u"claims"_s)
{
    return {setup, u"tenant"_s, u"client"_s, credential};
}

/// What was answered: "ok", or the error's code; and the whole answer.
struct Answer
{
    QString code{};
    QString text{};
    QByteArray value{};
};

void keep(Answer& answer, const base::Result<base::Secret>& result)
{
    answer = result ? Answer{.code = u"ok"_s, .value = result->reveal().toByteArray()}
                    : Answer{.code = result.error().code, .text = result.error().text};
}

Answer read(setup::SecretStore& store, const setup::SecretKey& k)
{
    Answer answer;
    QObject context;
    store.read(k, &context, [&](const base::Result<base::Secret>& r) { keep(answer, r); });
    (void)QTest::qWaitFor([&] { return !answer.code.isEmpty(); }, 30'000);
    return answer;
}

Answer write(setup::SecretStore& store, const setup::SecretKey& k, const QByteArray& value)
{
    Answer answer;
    QObject context;
    store.write(k, base::Secret(value), &context, [&](const base::Result<void>& r) {
        answer = r ? Answer{.code = u"ok"_s} : Answer{.code = r.error().code, .text = r.error().text};
    });
    (void)QTest::qWaitFor([&] { return !answer.code.isEmpty(); }, 30'000);
    return answer;
}

Answer remove(setup::SecretStore& store, const setup::SecretKey& k)
{
    Answer answer;
    QObject context;
    store.remove(k, &context, [&](const base::Result<void>& r) {
        answer = r ? Answer{.code = u"ok"_s} : Answer{.code = r.error().code, .text = r.error().text};
    });
    (void)QTest::qWaitFor([&] { return !answer.code.isEmpty(); }, 30'000);
    return answer;
}

QString list(setup::Keychain& store, const QString& setup)
{
    QString answer;
    QObject context;
    store.list(setup, &context, [&](const base::Result<QStringList>& r) {
        answer = r ? u"ok: "_s + r->join(u", "_s) : r.error().code;
    });
    (void)QTest::qWaitFor([&] { return !answer.isEmpty(); }, 30'000);
    return answer;
}

QString removeAll(setup::Keychain& store, const QString& setup)
{
    QString answer;
    QObject context;
    store.removeAll(setup, &context, [&](const base::Result<qsizetype>& r) { answer = r ? QString::number(*r) : r.error().code; });
    (void)QTest::qWaitFor([&] { return !answer.isEmpty(); }, 30'000);
    return answer;
}

/// The files below the scratch home and runtime folder that hold the canary.
QStringList leaks()
{
    QStringList found;
    for (const char* folder : {"HOME", "XDG_RUNTIME_DIR"}) {
        QDirIterator files(
            qEnvironmentVariable(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            if (text.contains(canary) || text.contains(canary.toBase64().chopped(4)))
                found += file.fileName();
        }
    }
    return found;
}

setup::KeychainState probed(setup::Keychain& keychain)
{
    QSignalSpy changes(&keychain, &setup::Keychain::stateChanged);
    keychain.probe();
    (void)QTest::qWaitFor([&] { return changes.count() > 0; }, 30'000);
    return keychain.state();
}

void lockCollection()
{
    QDBusMessage lock = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    lock << QVariant::fromValue(
        QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
    QCOMPARE(QDBusConnection::sessionBus().call(lock).type(), QDBusMessage::ReplyMessage);
}

} // namespace

class UnlockedKeychain : public QObject
{
    Q_OBJECT
private slots:
    void isReady()
    {
        setup::Keychain keychain;
        QCOMPARE(keychain.state(), setup::KeychainState::Unknown);
        QCOMPARE(probed(keychain), setup::KeychainState::Ready);
    }

    void writtenIsRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("text") << canary;
        QTest::newRow("bytes") << QByteArray("\0\xff\xfe\n", 4);
        QTest::newRow("long") << QByteArray(200'000, 'x');
        QTest::newRow("another") << "and over it"_ba;
    }
    void writtenIsRead()
    {
        QFETCH(QByteArray, value);
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"written"_s), value).code, u"ok"_s);
        QCOMPARE(read(keychain, key(u"written"_s)).value, value);
        setup::Keychain another;
        QCOMPARE(read(another, key(u"written"_s)).value, value);
    }

    void missingIsMissing()
    {
        setup::Keychain keychain;
        QCOMPARE(read(keychain, key(u"never"_s)).code, u"secret-missing"_s);
    }

    void removedIsMissing()
    {
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"removed"_s), canary).code, u"ok"_s);
        QCOMPARE(remove(keychain, key(u"removed"_s)).code, u"ok"_s);
        QCOMPARE(read(keychain, key(u"removed"_s)).code, u"secret-missing"_s);
        QCOMPARE(remove(keychain, key(u"removed"_s)).code, u"ok"_s);
    }

    void setupsDoNotShare() // S18
    {
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"shared"_s, u"one"_s), "1"_ba).code, u"ok"_s);
        QCOMPARE(read(keychain, key(u"shared"_s, u"two"_s)).code, u"secret-missing"_s);
    }

    void listsWhatIsThere()
    {
        setup::Keychain keychain;
        QCOMPARE(list(keychain, u"listed"_s), u"ok: "_s);
        QCOMPARE(write(keychain, key(u"a"_s, u"listed"_s), "1"_ba).code, u"ok"_s);
        QCOMPARE(write(keychain, key(u"b"_s, u"listed"_s), "2"_ba).code, u"ok"_s);
        QCOMPARE(write(keychain, key(u"a"_s, u"listed"_s), "3"_ba).code, u"ok"_s);
        QCOMPARE(write(keychain, key(u"c"_s, u"listed too"_s), "4"_ba).code, u"ok"_s);
        QCOMPARE(list(keychain, u"listed"_s), u"ok: listed/tenant/client/b, listed/tenant/client/a"_s);
        QCOMPARE(remove(keychain, key(u"b"_s, u"listed"_s)).code, u"ok"_s);
        QCOMPARE(list(keychain, u"listed"_s), u"ok: listed/tenant/client/a"_s);
    }

    void removesAllOfASetup() // S17
    {
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"a"_s, u"gone"_s), "1"_ba).code, u"ok"_s);
        QCOMPARE(write(keychain, key(u"b"_s, u"gone"_s), "2"_ba).code, u"ok"_s);
        QCOMPARE(write(keychain, key(u"a"_s, u"gone not"_s), "3"_ba).code, u"ok"_s);
        QCOMPARE(removeAll(keychain, u"gone"_s), u"2"_s);
        QCOMPARE(list(keychain, u"gone"_s), u"ok: "_s);
        QCOMPARE(read(keychain, key(u"a"_s, u"gone"_s)).code, u"secret-missing"_s);
        QCOMPARE(read(keychain, key(u"a"_s, u"gone not"_s)).value, "3"_ba);
        QCOMPARE(removeAll(keychain, u"gone"_s), u"0"_s);
    }

    void doesOneThingAfterTheOther()
    {
        setup::Keychain keychain;
        QStringList order;
        for (const QString& name : {u"x"_s, u"y"_s, u"z"_s})
            keychain.write(key(name, u"queued"_s), base::Secret("v"), this,
                [&order, name](const base::Result<void>& r) { order += r ? name : r.error().code; });
        keychain.list(u"queued"_s, this,
            [&order](const base::Result<QStringList>& r) { order += QString::number(r->size()); });
        QVERIFY(order.isEmpty());
        QTRY_COMPARE(order, QStringList({u"x"_s, u"y"_s, u"z"_s, u"3"_s}));
    }

    void aDeadContextHearsNothing()
    {
        setup::Keychain keychain;
        bool called = false;
        {
            QObject context;
            keychain.write(key(u"orphan"_s), base::Secret(canary), &context,
                [&](const base::Result<void>&) { called = true; });
        }
        QCOMPARE(read(keychain, key(u"orphan"_s)).value, canary); // written all the same
        QVERIFY(!called);
    }

    void aDeadKeychainAnswersNobody()
    {
        bool called = false;
        auto keychain = std::make_unique<setup::Keychain>();
        keychain->read(key(u"written"_s), this, [&](const base::Result<base::Secret>&) { called = true; });
        keychain.reset();
        setup::Keychain another;
        QCOMPARE(read(another, key(u"never"_s)).code, u"secret-missing"_s);
        QVERIFY(!called);
    }

    void theCallerMayDeleteTheKeychain()
    {
        auto keychain = std::make_unique<setup::Keychain>();
        bool called = false;
        keychain->read(key(u"never"_s), this, [&](const base::Result<base::Secret>&) {
            keychain.reset();
            called = true;
        });
        QTRY_VERIFY(called);
    }

    void nothingLiesAboutInPlainText() // S01
    {
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"planted"_s), canary).code, u"ok"_s);
        QCOMPARE(leaks(), QStringList());
    }

    /// Last: it stays locked.
    void lockedMeanwhileNeverReadsAsMissing() // X10
    {
        setup::Keychain keychain;
        QCOMPARE(write(keychain, key(u"kept"_s), canary).code, u"ok"_s);
        lockCollection();
        QCOMPARE(read(keychain, key(u"kept"_s)).code, u"keychain-locked"_s);
        QCOMPARE(keychain.state(), setup::KeychainState::Locked);
        QCOMPARE(remove(keychain, key(u"kept"_s)).code, u"keychain-locked"_s);
        QCOMPARE(write(keychain, key(u"kept"_s), "other"_ba).code, u"keychain-locked"_s);
        QCOMPARE(list(keychain, u"claims"_s), u"keychain-locked"_s);
        QCOMPARE(removeAll(keychain, u"claims"_s), u"keychain-locked"_s);
    }
};

class LockedKeychain : public QObject
{
    Q_OBJECT
private slots:
    void isLocked()
    {
        setup::Keychain keychain;
        QCOMPARE(probed(keychain), setup::KeychainState::Locked);
    }

    void saysSo()
    {
        setup::Keychain keychain;
        const Answer answer = read(keychain, key(u"any"_s));
        QCOMPARE(answer.code, u"keychain-locked"_s);
        QCOMPARE(
            answer.text, u"The keychain is locked. Unlock it in the system's dialog, then send again."_s);
        QCOMPARE(remove(keychain, key(u"any"_s)).code, u"keychain-locked"_s);
        QCOMPARE(write(keychain, key(u"any"_s), canary).code, u"keychain-locked"_s);
        QCOMPARE(list(keychain, u"claims"_s), u"keychain-locked"_s);
        QCOMPARE(leaks(), QStringList());
    }
};

class NoKeychain : public QObject
{
    Q_OBJECT
private slots:
    void isAbsent()
    {
        setup::Keychain keychain;
        QCOMPARE(probed(keychain), setup::KeychainState::Absent);
    }

    void saysSoAndWritesNoFile() // S02, X10
    {
        setup::Keychain keychain;
        const Answer answer = read(keychain, key(u"any"_s));
        QCOMPARE(answer.code, u"keychain-absent"_s);
        QCOMPARE(answer.text,
            u"No keychain on this machine. Keep the secret in memory until you quit? It is never written to disk."_s);
        QCOMPARE(write(keychain, key(u"any"_s), canary).code, u"keychain-absent"_s);
        QCOMPARE(remove(keychain, key(u"any"_s)).code, u"keychain-absent"_s);
        QCOMPARE(list(keychain, u"claims"_s), u"keychain-absent"_s);
        QCOMPARE(leaks(), QStringList());
    }

    void answersFromTheEventLoop()
    {
        setup::Keychain keychain;
        bool called = false;
        keychain.read(key(u"any"_s), this, [&](const base::Result<base::Secret>&) { called = true; });
        QVERIFY(!called);
        QTRY_VERIFY(called);
    }
};

class NoService : public NoKeychain
{
    Q_OBJECT
private slots:
    void aServiceThatTalksNonsenseIsNone() // X10
    {
        const FakeSecretService fake(FakeSecretService::Mood::Garbled);
        QVERIFY(fake.isThere());
        setup::Keychain keychain;
        QCOMPARE(read(keychain, key(u"any"_s)).code, u"keychain-absent"_s);
    }

    void aServiceThatNeverAnswersIsGivenUp() // X10
    {
        const FakeSecretService fake(FakeSecretService::Mood::Silent);
        QVERIFY(fake.isThere());
        setup::Keychain keychain;
        keychain.setTimeLimit(std::chrono::milliseconds(200));
        const Answer answer = read(keychain, key(u"any"_s));
        QCOMPARE(answer.code, u"keychain-timeout"_s);
        QCOMPARE(answer.text,
            u"The keychain did not answer in 0.2 s. Answer its dialog if one is open, then send again."_s);
    }

    /// Last: the job it leaves behind never ends.
    void aJobThatNeverEndsIsGivenUp()
    {
        const FakeSecretService fake(FakeSecretService::Mood::OpenButSilent);
        QVERIFY(fake.isThere());
        setup::Keychain keychain;
        QCOMPARE(probed(keychain), setup::KeychainState::Ready);
        keychain.setTimeLimit(std::chrono::milliseconds(200));
        QCOMPARE(write(keychain, key(u"any"_s), canary).code, u"keychain-timeout"_s);
        QCOMPARE(read(keychain, key(u"any"_s)).code, u"keychain-timeout"_s);
        QCOMPARE(leaks(), QStringList());
    }
};

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QByteArray surrounding = qgetenv("TRUSTWALK_KEYRING");
    std::unique_ptr<QObject> test;
    if (surrounding == "unlocked")
        test = std::make_unique<UnlockedKeychain>();
    else if (surrounding == "locked")
        test = std::make_unique<LockedKeychain>();
    else if (surrounding == "no-service")
        test = std::make_unique<NoService>();
    else if (surrounding == "no-bus")
        test = std::make_unique<NoKeychain>();
    else
        qFatal("Run this test through tests/support/with-keyring.sh, so that it never asks a real keychain.");
    return QTest::qExec(test.get(), argc, argv);
}

#include "tst_keychain.moc"
