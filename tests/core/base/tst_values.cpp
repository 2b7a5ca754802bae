// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/check.h"
#include "core/base/finding.h"
#include "core/base/secret.h"

#include <QTest>

#include <type_traits>

using namespace Qt::StringLiterals;

/// Verdicts, names and secrets.
class TestValues : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void namesAreStable();
    void secretsMoveButDoNotCopy();
    void comparesInConstantTime();
};

void TestValues::decides_data()
{
    using enum base::Outcome;
    QTest::addColumn<QList<base::Outcome>>("outcomes");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<int>("decisive");
    QTest::newRow("none") << QList<base::Outcome> {} << u"accept"_s << -1;
    QTest::newRow("pass") << QList {Pass, Pass} << u"accept"_s << -1;
    QTest::newRow("warnings do not decide") << QList {Pass, Warning} << u"accept"_s << -1;
    QTest::newRow("not evaluated") << QList {Pass, NotEvaluated, Warning} << u"notEvaluated"_s << 1;
    QTest::newRow("a failure wins") << QList {NotEvaluated, Pass, Fail, Fail} << u"refuse"_s << 2;
}

void TestValues::decides()
{
    QFETCH(QList<base::Outcome>, outcomes);
    QFETCH(int, decisive);
    base::Verdict verdict;
    for (base::Outcome outcome : outcomes)
        verdict.checks.append({.outcome = outcome});
    QTEST(base::decisionName(base::decide(verdict.checks)), "decision");
    QCOMPARE(verdict.decisive(), decisive < 0 ? nullptr : &verdict.checks.at(decisive));
}

void TestValues::namesAreStable()
{
    QCOMPARE(base::outcomeName(base::Outcome::NotEvaluated), u"notEvaluated"_s);
    QCOMPARE(base::nearName(base::Near::Case), u"case"_s);
    QCOMPARE(base::nearName(base::Near::V1V2Issuer), u"v1v2Issuer"_s);
    QCOMPARE(base::nearName(base::Near::ClockSkew), u"clockSkew"_s);
    QCOMPARE(base::nearName(base::Near::Lookalike), u"lookalike"_s);
    QCOMPARE(base::confidenceName(base::Confidence::Unknown), u"unknown"_s);
    QCOMPARE(base::severityName(base::Severity::Error), u"error"_s);
    QVERIFY(base::Place {}.isEmpty());
    QVERIFY(!base::Place {.step = u"1"_s}.isEmpty());
}

void TestValues::secretsMoveButDoNotCopy()
{
    static_assert(!std::is_copy_constructible_v<base::Secret>);
    static_assert(!std::is_convertible_v<base::Secret, QByteArray>);
    base::Secret secret("planted");
    const base::Secret twin = secret.clone();
    const base::Secret moved = std::move(secret);
    QCOMPARE(moved.reveal(), QByteArrayView("planted"));
    QCOMPARE(twin.reveal(), QByteArrayView("planted"));
    QVERIFY(secret.isEmpty());
    secret = base::Secret("again");
    QCOMPARE(secret.size(), 5);
}

void TestValues::comparesInConstantTime()
{
    QVERIFY(base::equalInConstantTime("abc", "abc"));
    QVERIFY(!base::equalInConstantTime("abc", "abd"));
    QVERIFY(!base::equalInConstantTime("abc", "ab"));
    QVERIFY(base::equalInConstantTime({}, {}));
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
