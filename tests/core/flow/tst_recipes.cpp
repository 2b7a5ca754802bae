// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/catalog.h"
#include "core/catalog/explain.h"
#include "core/setup/file.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestRecipes : public QObject
{
    Q_OBJECT
private slots:
    void everySampleBuildsItsFlows_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString& id : setup::sampleIds())
            QTest::newRow(qPrintable(id)) << id;
    }
    void everySampleBuildsItsFlows()
    {
        QFETCH(QString, id);
        const auto setup = setup::sample(id);
        QVERIFY2(setup, setup ? "" : qPrintable(setup.error().text + setup.error().where));
        const catalog::Built built = catalog::flows(*setup);
        QVERIFY2(built.problems.isEmpty(), built.problems.isEmpty() ? "" : qPrintable(built.problems.front().text));
        QVERIFY(!built.flows.isEmpty());
        for (const flow::Flow& flow : built.flows) {
            QSet<QString> ids;
            for (const flow::Step& step : flow.steps) {
                ids.insert(step.id);
                const catalog::Explanation explanation = catalog::explain(step);
                QVERIFY2(!explanation.whatHappens.isEmpty(), qPrintable(step.id));
                const QString words = explanation.whatHappens + u' ' + explanation.whoDecides + u' ' + explanation.next;
                QVERIFY2(words.split(u' ').size() <= 120, qPrintable(step.id));
                QVERIFY(!explanation.terms.isEmpty());
            }
            QCOMPARE(ids.size(), flow.steps.size());
        }
    }

    void aMissingObjectIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("code");
        QTest::newRow("unknown recipe") << QByteArray("/flows/0/recipe") << QByteArray("\"no-such\"") << u"flow-recipe"_s;
    }
    void aMissingObjectIsNamedWithItsPlace()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QString, code);
        auto setup = setup::sample(u"federated-agent"_s);
        QVERIFY(setup);
        setup->flows.front().recipe = u"no-such"_s;
        const catalog::Built built = catalog::flows(*setup);
        QCOMPARE(built.problems.size(), 1);
        QCOMPARE(built.problems.front().code, code);
        QCOMPARE(built.problems.front().where, QString::fromUtf8(pointer));
    }
};

QTEST_GUILESS_MAIN(TestRecipes)
#include "tst_recipes.moc"
