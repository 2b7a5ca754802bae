// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/advice.h"
#include "core/catalog/catalog.h"
#include "core/setup/setup.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestAdvice : public QObject
{
    Q_OBJECT

private slots:
    /// Every combination ends in a flow that can be built, or in a reason.
    void everyChoiceIsAnswered_data()
    {
        QTest::addColumn<QString>("acts");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("runs");
        QTest::addColumn<QString>("target");
        const auto questions = catalog::adviceQuestions();
        for (const auto& a : questions[0].choices)
            for (const auto& d : questions[1].choices)
                for (const auto& r : questions[2].choices)
                    for (const auto& t : questions[3].choices)
                        QTest::addRow("%s, %s, %s, %s", a.id, d.id, r.id, t.id) << QString::fromLatin1(a.id) << QString::fromLatin1(d.id) << QString::fromLatin1(r.id) << QString::fromLatin1(t.id);
    }
    void everyChoiceIsAnswered()
    {
        QFETCH(QString, acts);
        QFETCH(QString, data);
        QFETCH(QString, runs);
        QFETCH(QString, target);
        const auto advice = catalog::advise({acts, data, runs, target});
        QVERIFY2(advice, advice ? "" : qPrintable(advice.error().text));
        QVERIFY(!advice->reason.isEmpty());
        if (advice->sample.isEmpty()) {
            QVERIFY(advice->reason.size() > 40);
            return;
        }
        QVERIFY(!advice->title.isEmpty() && !advice->caveats.isEmpty());
        const auto text = catalog::advisedSetup(*advice);
        QVERIFY2(text, text ? "" : qPrintable(text.error().text));
        const auto setup = setup::parseSetup(*text);
        QVERIFY2(setup, setup ? "" : qPrintable(setup.error().text));
        const catalog::Built built = catalog::flows(*setup);
        QVERIFY2(built.problems.isEmpty(), built.problems.isEmpty() ? "" : qPrintable(built.problems.front().text));
        QCOMPARE(built.flows.size(), 1);
        QCOMPARE(built.flows.front().id, advice->flow);
        QCOMPARE(setup->title, advice->title);
    }

    void rightFlow_data()
    {
        QTest::addColumn<QStringList>("answers");
        QTest::addColumn<QString>("flow");
        QTest::newRow("agent on Azure to Anthropic") << QStringList {u"agent"_s, u"own"_s, u"azure"_s, u"anthropic"_s} << u"agent-to-claude"_s;
        QTest::newRow("the same from a laptop") << QStringList {u"agent"_s, u"own"_s, u"laptop"_s, u"anthropic"_s} << u"agent-to-claude-secret"_s;
        QTest::newRow("person at an API") << QStringList {u"user"_s, u"user"_s, u"laptop"_s, u"entra-api"_s} << u"sign-in-api"_s;
        QTest::newRow("middle tier") << QStringList {u"service"_s, u"user"_s, u"azure"_s, u"entra-api"_s} << u"on-behalf-of"_s;
        QTest::newRow("job on GitHub") << QStringList {u"workload"_s, u"own"_s, u"github"_s, u"entra-api"_s} << u"from-github"_s;
        QTest::newRow("job for a person's data") << QStringList {u"workload"_s, u"user"_s, u"azure"_s, u"entra-api"_s} << QString();
        QTest::newRow("agent for a person at AWS") << QStringList {u"agent"_s, u"user"_s, u"azure"_s, u"aws"_s} << QString();
    }
    void rightFlow()
    {
        QFETCH(QStringList, answers);
        const auto advice = catalog::advise({answers[0], answers[1], answers[2], answers[3]});
        QVERIFY(advice);
        QTEST(advice->flow, "flow");
    }

    void sourcesThatDisagreeAreShown()
    {
        const auto advice = catalog::advise({u"agent"_s, u"own"_s, u"azure"_s, u"anthropic"_s});
        QVERIFY(advice);
        QVERIFY(advice->disagreements.size() >= 2);
        QVERIFY(advice->disagreements.front().one.contains(u"system-assigned"_s));
        QVERIFY(advice->disagreements.front().other.contains(u"never"_s));
        QVERIFY(!advice->disagreements.front().ours.isEmpty());
    }

    void missingAnswerIsNamed()
    {
        const auto advice = catalog::advise({u"agent"_s, u"own"_s, {}, u"anthropic"_s});
        QVERIFY(!advice);
        QCOMPARE(advice.error().where, u"runs"_s);
        QVERIFY(advice.error().text.contains(u"laptop"_s));
        QCOMPARE(catalog::advise({u"robot"_s, u"own"_s, u"azure"_s, u"aws"_s}).error().where, u"acts"_s);
    }
};

QTEST_MAIN(TestAdvice)
#include "tst_advice.moc"
