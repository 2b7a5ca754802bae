// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/file.h"
#include "core/setup/secrets.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// Secrets have names that tell nothing, live as long as they should, and answer from the event loop.
class TestSecrets : public QObject
{
    Q_OBJECT

    const setup::SecretKey m_key{u"claims"_s, u"tenant"_s, u"client"_s, u"secret"_s};

private slots:
    void entriesAreNamedBySetupAndIdentity() // S17, S18
    {
        const setup::Setup s = *setup::sample(u"secret-agent"_s);
        const setup::App& blueprint = *s.app(u"blueprint");
        QCOMPARE(setup::secretKey(s, blueprint, blueprint.credentials[0]).entry(),
            u"secret-agent/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52/blueprint-secret"_s);
    }

    void noTwoKeysShareAnEntry() // S18
    {
        const setup::SecretKey one{u"a/b"_s, u"c"_s, u"d"_s, u"e"_s};
        const setup::SecretKey two{u"a"_s, u"b/c"_s, u"d"_s, u"e"_s};
        const setup::SecretKey three{u"a%2Fb"_s, u"c"_s, u"d"_s, u"e"_s};
        QCOMPARE(one.entry(), u"a%2Fb/c/d/e"_s);
        QVERIFY(one.entry() != two.entry());
        QVERIFY(one.entry() != three.entry());
    }

    void writtenIsRead()
    {
        setup::MemorySecrets store;
        bool written = false;
        QByteArray value;
        store.write(
            m_key, base::Secret("hunter2"), this, [&](base::Result<void> r) { written = r.has_value(); });
        store.read(m_key, this, [&](base::Result<base::Secret> r) { value = r->reveal().toByteArray(); });
        QVERIFY(!written); // from the event loop, never from inside the call
        QTRY_COMPARE(value, "hunter2"_ba);
        QVERIFY(written);
    }

    void missingIsSaid()
    {
        setup::MemorySecrets store;
        QString code;
        store.read(m_key, this, [&](base::Result<base::Secret> r) { code = r.error().code; });
        QTRY_COMPARE(code, u"secret-missing"_s);
    }

    void removedAndClearedAreGone()
    {
        setup::MemorySecrets store;
        const setup::SecretKey other{u"other"_s, {}, {}, {}};
        store.put(m_key, base::Secret("a"));
        store.put(other, base::Secret("b"));
        int missing = 0;
        const auto count = [&](base::Result<base::Secret> r) { missing += !r; };
        store.remove(m_key, this, [&](base::Result<void>) { store.read(m_key, this, count); });
        QTRY_COMPARE(missing, 1);
        store.clear();
        store.read(other, this, count);
        QTRY_COMPARE(missing, 2);
    }

    void aDeadContextHearsNothing()
    {
        setup::MemorySecrets store;
        store.put(m_key, base::Secret("a"));
        bool called = false;
        {
            QObject context;
            store.read(m_key, &context, [&](base::Result<base::Secret>) { called = true; });
        }
        bool later = false;
        store.read(m_key, this, [&](base::Result<base::Secret>) { later = true; });
        QTRY_VERIFY(later);
        QVERIFY(!called);
    }

    void higherEnvironmentsKeepNoClientSecret()
    {
        QVERIFY(setup::mayStoreSecret(*setup::sample(u"secret-agent"_s)));
        const auto refused = setup::mayStoreSecret(*setup::sample(u"federated-agent"_s));
        QCOMPARE(refused.error().code, u"secret-in-higher"_s);
        QCOMPARE(refused.error().text,
            u"Setups marked higher store no client secret. Use a federated credential instead."_s);
    }

    void nowhereIsTheInsecureFallbackTurnedOn() // S02
    {
        int calls = 0;
        for (const char* folder : {"core", "ui", "app"}) {
            QDirIterator files(QStringLiteral(SOURCE_DIR "/") + QLatin1StringView(folder),
                {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray text = file.readAll();
                calls += int(text.count("setInsecureFallback("));
                QVERIFY2(text.count("setInsecureFallback(") == text.count("setInsecureFallback(false)"),
                    qPrintable(file.fileName()));
            }
        }
        QVERIFY(calls > 0);
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
