// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include "core/lab/faults.h"
#include "core/setup/file.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Every fault that lies in the setup, in every flow it shows in: the finding it names comes out, and the
/// step is refused.
class FaultFindingsTest : public QObject
{
    Q_OBJECT

private slots:
    void findingComesOut_data();
    void findingComesOut();
    void everyFindingIsARule();
};

void FaultFindingsTest::findingComesOut_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("flow");
    // The stage plays Entra, Anthropic and AWS; what other systems do with a fault is walked in the lab (tests/e2e/samples).
    for (const QString& sample : setup::sampleIds().first(9)) {
        const setup::Setup setup = setup::sample(sample).value();
        for (const lab::Fault& fault : lab::faults())
            for (const setup::FlowSpec& flow : setup.flows)
                // The certificate that expires is made by the lab: tests/e2e walks that one.
                if (fault.apply && lab::showsIn(fault, setup, flow) && qstrcmp(fault.id, "certificate-expired") != 0)
                    QTest::addRow("%s, %s", fault.id, qPrintable(sample + u' ' + flow.id))
                        << QString::fromLatin1(fault.id) << sample << flow.id;
    }
}

void FaultFindingsTest::findingComesOut()
{
    QFETCH(QString, fault);
    QFETCH(QString, sample);
    QFETCH(QString, flow);
    const QString finding = QString::fromLatin1(lab::fault(fault)->finding);
    auto broken = lab::faulted(*setup::sample(sample), {fault});
    QVERIFY2(broken, qPrintable(broken ? QString() : broken.error().text));
    Stage stage(*broken, flow);
    // Which of the two the walker holds is no matter of the setup.
    if (finding == u"SEC-ID-NOT-VALUE")
        stage.knowledge.secret
            = [](const setup::App&, QByteArrayView) { return trust::SecretState::IsTheId; };
    stage.walk();
    const QList<base::Finding> findings = stage.findings();
    const QStringList errors = Stage::ids(findings, base::Severity::Error);
    QVERIFY2(errors.contains(finding), qPrintable(errors.join(u' ')));
    // One cause, one finding.
    QCOMPARE(errors, QStringList {finding});
    for (const base::Finding& each : findings)
        if (each.rule == finding)
            QVERIFY2(stage.flow.step(each.place.step), qPrintable(each.place.step));
}

void FaultFindingsTest::everyFindingIsARule()
{
    for (const lab::Fault& fault : lab::faults())
        QVERIFY2(diagnosis::rule(QString::fromLatin1(fault.finding)), fault.finding);
}

QTEST_GUILESS_MAIN(FaultFindingsTest)
#include "tst_faultfindings.moc"
