// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stage.h"

#include <QTest>

using namespace Qt::StringLiterals;

class AudiencesTest : public QObject
{
    Q_OBJECT

private slots:
    void ledgerOfAFederatedAgent();
    void nothingIsClaimedBeforeATokenIsThere();
    void theUsersTokenIsMeantForTheBlueprint();
    void outcome_data();
    void outcome();
};

namespace {

const chain::Audience& row(const chain::Chain& chain, QStringView slot)
{
    for (const chain::Audience& each : chain.audiences)
        if (each.slot == slot)
            return each;
    qFatal("no such slot");
}

} // namespace

void AudiencesTest::ledgerOfAFederatedAgent()
{
    Stage stage(u"federated-agent"_s);
    stage.walk();
    const chain::Chain chain = stage.chain();
    QCOMPARE(chain.audiences.size(), 4);

    const chain::Audience& t0 = row(chain, u"T0");
    QCOMPARE(t0.asked, u"api://AzureADTokenExchange"_s);
    QCOMPARE(t0.issued, u"fb60f99c-7a34-4190-8149-302f77469936"_s);
    QCOMPARE(t0.accepted, QStringList {u"api://AzureADTokenExchange"_s});
    QCOMPARE(t0.acceptedBy, u"credential mi-agents-prod"_s);
    QCOMPARE(t0.outcome, base::Outcome::Pass);
    QCOMPARE(t0.note, u"URI and GUID, same resource"_s);
    QCOMPARE(t0.presentedAt, u"exchange-as-blueprint"_s);
    QVERIFY(t0.presented && t0.expires && t0.notBefore);

    const chain::Audience& t1 = row(chain, u"T1");
    QCOMPARE(t1.acceptedBy, u"Entra, agent's client assertion"_s);
    QCOMPARE(t1.outcome, base::Outcome::Pass);

    const chain::Audience& t2 = row(chain, u"T2");
    QCOMPARE(t2.issued, u"e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264"_s);
    QCOMPARE(t2.acceptedBy, u"rule fdrl_01HbClaimsDeskFederation7Q"_s);
    QCOMPARE(t2.note, u"v2: aud is the client id"_s);

    const chain::Audience& t3 = row(chain, u"T3");
    QCOMPARE(t3.asked, QString());
    QCOMPARE(t3.issued, u"opaque"_s);
    QCOMPARE(t3.accepted, QStringList {u"workspace wrkspc_01HbClaimsDeskWorkspace7Q"_s});
    QCOMPARE(t3.outcome, base::Outcome::NotEvaluated);
    QCOMPARE(t3.note, u"bound to one workspace"_s);
}

void AudiencesTest::nothingIsClaimedBeforeATokenIsThere()
{
    const chain::Chain chain = Stage(u"federated-agent"_s).chain();
    for (const chain::Audience& each : chain.audiences) {
        QCOMPARE(each.issued, QString());
        QCOMPARE(each.outcome, base::Outcome::NotEvaluated);
        QCOMPARE(each.note, u"not issued yet"_s);
        QVERIFY(!each.accepted.isEmpty());
    }
}

void AudiencesTest::theUsersTokenIsMeantForTheBlueprint()
{
    Stage stage(u"agent-for-user"_s);
    stage.walk();
    const chain::Chain chain = stage.chain();
    const chain::Audience& tc = row(chain, u"Tc");
    QCOMPARE(tc.acceptedBy, u"Entra, for Claims Desk"_s);
    QCOMPARE(tc.outcome, base::Outcome::Pass);
}

void AudiencesTest::outcome_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("note");
    const QString twin = u"same resource, but only the other name is accepted"_s,
                  other = u"not among what is accepted"_s;
    QTest::newRow("URI where only the GUID is known")
        << u"federated-agent"_s << u"/targets/0/rule/match/audience"_s
        << QByteArray("\"api://anthropic-wif\"") << u"T2"_s << int(base::Outcome::Fail) << twin;
    QTest::newRow("somebody else's") << u"federated-agent"_s << u"/targets/0/rule/match/audience"_s
                                     << QByteArray("\"b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52\"") << u"T2"_s
                                     << int(base::Outcome::Fail) << other;
    QTest::newRow("no audience in the rule")
        << u"federated-agent"_s << u"/targets/0/rule/match/audience"_s << QByteArray("\"\"") << u"T2"_s
        << int(base::Outcome::NotEvaluated) << u"the rule names no audience"_s;
    QTest::newRow("an API that knows only the URI") << u"sign-in-api"_s << u"/targets/0/validAudiences"_s
                                                    << QByteArray("[\"api://claims-api.harbour.example\"]")
                                                    << u"Tc"_s << int(base::Outcome::Fail) << twin;
    QTest::newRow("an API that knows both")
        << u"sign-in-api"_s << u"/targets/0/requiredScopes"_s << QByteArray("[\"Claims.Read\"]") << u"Tc"_s
        << int(base::Outcome::Pass) << u"v2: aud is the client id"_s;
}

void AudiencesTest::outcome()
{
    QFETCH(QString, sample);
    QFETCH(QString, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QString, slot);
    QFETCH(int, outcome);
    QFETCH(QString, note);
    Stage stage(sample, {}, {{pointer, value}});
    stage.walk();
    const chain::Chain chain = stage.chain();
    QCOMPARE(int(row(chain, slot).outcome), outcome);
    QCOMPARE(row(chain, slot).note, note);
}

QTEST_GUILESS_MAIN(AudiencesTest)
#include "tst_audiences.moc"
