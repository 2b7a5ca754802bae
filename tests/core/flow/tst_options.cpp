// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/agentrecipes.h"
#include "core/catalog/catalog.h"
#include "core/setup/file.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestOptions : public QObject
{
    Q_OBJECT

private slots:
    /// Whom the cloud federates, the managed identity or the agent, is one press away where both are described.
    void otherWay_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QString>("flow");
        QTest::addColumn<int>("option");
        QTest::addColumn<QString>("other");
        QTest::newRow("two federations, host") << u"agent-estate"_s << u"option-2"_s << 1 << u"option-1"_s;
        QTest::newRow("two federations, agent") << u"agent-estate"_s << u"option-1"_s << 2 << u"option-2"_s;
        QTest::newRow("as it is") << u"agent-estate"_s << u"option-1"_s << 1 << u"option-1"_s;
        QTest::newRow("aws, other recipe") << u"aws-agent"_s << u"agent-to-aws"_s << 1 << u"identity-to-aws"_s;
        QTest::newRow("google, direct") << u"google-agent"_s << u"agent-direct"_s << 1 << u"identity-direct"_s;
        QTest::newRow("google, as an account") << u"google-agent"_s << u"identity-as-account"_s << 2 << u"agent-as-account"_s;
        QTest::newRow("one way only") << u"federated-agent"_s << u"agent-to-claude"_s << 1 << QString();
        QTest::newRow("no such flow") << u"agent-estate"_s << u"nothing"_s << 1 << QString();
    }
    void otherWay()
    {
        QFETCH(QString, sample);
        QFETCH(QString, flow);
        QFETCH(int, option);
        QFETCH(QString, other);
        const auto setup = setup::sample(sample);
        QVERIFY(setup);
        QCOMPARE(catalog::flowOfOption(*setup, flow, option), other);
        QCOMPARE(catalog::hasOptions(*setup, flow), !other.isEmpty());
        if (other.isEmpty())
            return;
        QCOMPARE(setup->flow(other)->option, option);
        QVERIFY(catalog::build(*setup, *setup->flow(other)));
    }

    /// A setup with one such flow switches the flow itself, and leads elsewhere.
    void flowSwitchesItself()
    {
        const auto sample = setup::sample(u"agent-estate"_s);
        QVERIFY(sample);
        const QByteArray only = '[' + sample->document.find(sample->flow(u"option-2"_s)->pointer).raw().toByteArray() + ']';
        const auto alone = setup::edited(*sample, u"/flows"_s, only);
        QVERIFY(alone);
        QVERIFY(catalog::hasOptions(*alone, u"option-2"_s));
        QCOMPARE(catalog::flowOfOption(*alone, u"option-2"_s, 1), QString());
        const auto switched = catalog::withOption(*alone, u"option-2"_s, 1);
        QVERIFY(switched);
        QCOMPARE(switched->flow(u"option-2"_s)->option, 1);
        QVERIFY(catalog::build(*alone, alone->flows.front())->steps.size() != catalog::build(*switched, switched->flows.front())->steps.size());
        QVERIFY(!catalog::withOption(*alone, u"option-2"_s, 3));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
