// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stage.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// "alice sign-in-page portal | mi blueprint": parties by row, in the order of their columns.
QString rowText(const chain::Chain& chain, int row)
{
    QList<chain::ChainParty> parties;
    std::ranges::copy_if(
        chain.parties, std::back_inserter(parties), [row](const auto& p) { return p.row == row; });
    std::ranges::stable_sort(parties, {}, &chain::ChainParty::column);
    QStringList text;
    for (const chain::ChainParty& party : parties)
        text.append(u"%1@%2"_s.arg(party.id).arg(party.column));
    return text.join(u' ');
}

QStringList linkTexts(const chain::Chain& chain)
{
    QStringList text;
    for (const chain::Link& link : chain.links)
        text.append(u"%1 -%2-> %3%4: %5"_s.arg(
            link.from, link.evidence, link.to, link.crossesTrust ? u" |"_s : QString(), link.word));
    return text;
}

QString rootTexts(const chain::Chain& chain)
{
    QStringList text;
    for (const chain::RootPlate& plate : chain.roots)
        text.append(u"%1: %2, %3"_s.arg(plate.party, plate.title, plate.detail));
    return text.join(u"; "_s);
}

} // namespace

class ChainTest : public QObject
{
    Q_OBJECT

private slots:
    void everyStepHasItsPlace_data();
    void everyStepHasItsPlace();
    void layout_data();
    void layout();
    void linksOfAnAcceptedWalk();
    void linksBeforeAnythingIsSent();
    void aRefusalNamesWhatDiffers();
    void aLaterStepBetweenTheSamePartiesTakesTheGate();
    void evidenceOfTwoKindsIsTwoLinks();
    void roots_data();
    void roots();
    void predictionsStandOnLinksNotSentYet();
    void aSpentAssertionIsPredictedAsRefused();
    void auditPrincipals_data();
    void auditPrincipals();
    void sameRunSamePicture();
};

void ChainTest::everyStepHasItsPlace_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("flow");
    QTest::newRow("sign-in") << u"sign-in-api"_s << QString();
    QTest::newRow("on behalf of") << u"on-behalf-of"_s << QString();
    QTest::newRow("secret") << u"secret-agent"_s << QString();
    QTest::newRow("federated") << u"federated-agent"_s << QString();
    QTest::newRow("agent for user") << u"agent-for-user"_s << QString();
    QTest::newRow("agent for user, secret") << u"agent-for-user"_s << u"agent-for-user-secret"_s;
    QTest::newRow("two patterns") << u"two-patterns"_s << QString();
}

void ChainTest::everyStepHasItsPlace()
{
    QFETCH(QString, sample);
    QFETCH(QString, flow);
    Stage stage(sample, flow);
    stage.walk();
    for (const flow::Step& step : stage.flow.steps)
        QVERIFY2(stage.run.state(step.id) == flow::StepState::Accepted, qPrintable(step.id));
    const chain::Chain chain = stage.chain();
    for (const flow::Step& step : stage.flow.steps) {
        const bool placed = chain.link(step.id) || chain.plate(step.id);
        QVERIFY2(placed || step.presents.isEmpty(), qPrintable(step.id));
    }
    for (const chain::Link& link : chain.links) {
        QVERIFY(chain.party(link.from) && chain.party(link.to));
        QCOMPARE(link.state, chain::State::Accepted);
        QCOMPARE(link.word, u"Accepted"_s);
    }
    for (const chain::ChainParty& party : chain.parties)
        QVERIFY2(party.reached, qPrintable(party.id));
}

void ChainTest::layout_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("above");
    QTest::addColumn<QString>("main");
    QTest::addColumn<QString>("below");
    QTest::newRow("federated") << u"federated-agent"_s << QString()
                               << u"uami@0 blueprint@1 agent@2 anthropic@3"_s << u"anthropic-api@2"_s;
    QTest::newRow("secret") << u"secret-agent"_s << QString() << u"blueprint@0 agent@1 anthropic@2"_s
                            << u"anthropic-api@1"_s;
    QTest::newRow("sign-in") << u"sign-in-api"_s << QString()
                             << u"alice@0 sign-in-page@1 client@2 demo-api@3"_s << u"claims-api@2"_s;
    QTest::newRow("on behalf of") << u"on-behalf-of"_s << QString()
                                  << u"alice@0 sign-in-page@1 public-client@2 web-api@3 graph@4"_s
                                  << QString();
    QTest::newRow("agent for user") << u"agent-for-user"_s
                                    << u"alice@0 sign-in-page@1 public-client@2 graph@4"_s
                                    << u"uami@0 blueprint@1 agent@3 anthropic-for-users@4"_s
                                    << u"anthropic-api@3"_s;
    QTest::newRow("two patterns")
        << u"two-patterns"_s << QString()
        << u"A/blueprint@0 B/uami@0 A/agent@1 B/blueprint@1 A/anthropic@2 B/agent@2 B/anthropic@3"_s
        << u"A/anthropic-api@1 B/anthropic-api@2"_s;
}

void ChainTest::layout()
{
    QFETCH(QString, sample);
    QFETCH(QString, above);
    QFETCH(QString, main);
    QFETCH(QString, below);
    const chain::Chain chain = Stage(sample).chain();
    QCOMPARE(rowText(chain, -1), above);
    QCOMPARE(rowText(chain, 0), main);
    QCOMPARE(rowText(chain, 1), below);
}

void ChainTest::linksOfAnAcceptedWalk()
{
    Stage stage(u"federated-agent"_s);
    stage.walk();
    const chain::Chain chain = stage.chain();
    QCOMPARE(linkTexts(chain),
        (QStringList {u"uami -T0-> blueprint |: Accepted"_s, u"blueprint -T1-> agent: Accepted"_s,
            u"agent -T2-> anthropic |: Accepted"_s, u"agent -asks for-> anthropic-api: Accepted"_s}));
    const chain::Link& first = chain.links.first();
    QCOMPARE(first.contractKind, u"federated credential"_s);
    QCOMPARE(first.contractName, u"mi-agents-prod"_s);
    QCOMPARE(first.speaker, flow::PartyKind::ManagedIdentity);
    QCOMPARE(*first.expires, stage.now + std::chrono::hours {24} - std::chrono::minutes {5});
    QCOMPARE(chain.party(u"uami")->pointer, u"/managedIdentities/0"_s);
    QCOMPARE(chain.party(u"agent")->word, u"Agent identity"_s);
    QCOMPARE(chain.plate(u"managed-identity")->state, chain::State::Accepted);
}

void ChainTest::linksBeforeAnythingIsSent()
{
    const chain::Chain chain = Stage(u"federated-agent"_s).chain();
    for (const chain::Link& link : chain.links) {
        QCOMPARE(link.state, chain::State::NotReached);
        QCOMPARE(link.word, u"Not reached"_s);
        QVERIFY(!link.expires);
    }
    QVERIFY(std::ranges::none_of(chain.parties, &chain::ChainParty::reached));
}

void ChainTest::aRefusalNamesWhatDiffers()
{
    Stage stage(u"federated-agent"_s, {},
        {{u"/apps/1/credentials/0/subject"_s, "\"7C1D9F3A-52BE-4E0A-9A6F-B38D20C4E1F7\""}});
    stage.walk();
    const chain::Chain chain = stage.chain();
    const chain::Link* link = chain.link(u"exchange-as-blueprint");
    QVERIFY(link);
    QCOMPARE(link->state, chain::State::Refused);
    QCOMPARE(link->word, u"Refused: subject, case"_s);
    QVERIFY(link->hasPrediction);
    QCOMPARE(link->predicted, base::Decision::Refuse);
    // Who was asked for is there, who would have come next is not.
    QVERIFY(chain.party(u"blueprint")->reached);
    QVERIFY(!chain.party(u"agent")->reached);
}

void ChainTest::aLaterStepBetweenTheSamePartiesTakesTheGate()
{
    Stage stage(u"federated-agent"_s);
    stage.knowledge.opaque = [](QByteArrayView) { return std::optional<trust::OpaqueGrant> {}; };
    stage.walk();
    const chain::Chain chain = stage.chain();
    const chain::Link* link = chain.link(u"send-message");
    QVERIFY(link);
    QCOMPARE(link->carries, (QStringList {u"exchange-at-anthropic"_s, u"send-message"_s}));
    QCOMPARE(link->stepId, u"send-message"_s);
    QCOMPARE(link->state, chain::State::Refused);
    QCOMPARE(link->id, u"exchange-at-anthropic"_s);
}

void ChainTest::evidenceOfTwoKindsIsTwoLinks()
{
    Stage stage(u"agent-for-user"_s);
    stage.walk(u"agent-for-user-graph"_s);
    const chain::Chain chain = stage.chain();
    QCOMPARE(chain.link(u"agent-for-user-graph")->from, u"blueprint"_s);
    const auto second = std::ranges::find(chain.links, u"agent-for-user-graph#2"_s, &chain::Link::id);
    QVERIFY(second != chain.links.end());
    QCOMPARE(second->from, u"public-client"_s);
    QCOMPARE(second->evidence, u"Tc"_s);
    QCOMPARE(second->speaker, flow::PartyKind::User);
    QCOMPARE(second->contractKind, u"on behalf of"_s);
    QCOMPARE(second->contractName, u"Alice Reyes"_s);
}

void ChainTest::roots_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("plates");
    const QString nothing = u"Nothing on disk"_s;
    QTest::newRow("federated") << u"federated-agent"_s << QString() << u"attested"_s << u"Attested compute"_s
                               << nothing << u"uami: Attested compute, ca-agents-weu"_s;
    QTest::newRow("secret") << u"secret-agent"_s << QString() << u"diskSecret"_s << u"Secret on disk"_s
                            << u"Whoever copies the secret is the blueprint"_s
                            << u"blueprint: Secret on disk, client secret of Claims Desk"_s;
    QTest::newRow("user") << u"sign-in-api"_s << QString() << u"user"_s << u"User"_s << nothing
                          << u"alice: User, Alice Reyes"_s;
    QTest::newRow("user and compute")
        << u"agent-for-user"_s << QString() << u"mixed"_s << u"User, and attested compute"_s << nothing
        << u"alice: User, Alice Reyes; uami: Attested compute, ca-agents-weu"_s;
    QTest::newRow("user and secret")
        << u"agent-for-user"_s << u"agent-for-user-secret"_s << u"mixed"_s << u"User, and secret on disk"_s
        << u"Whoever copies the secret is the blueprint"_s
        << u"alice: User, Alice Reyes; blueprint: Secret on disk, client secret of Claims Desk"_s;
    QTest::newRow("patterns")
        << u"two-patterns"_s << QString() << u"mixed"_s << u"A: secret on disk, B: attested compute"_s
        << u"Whoever copies the secret of A is the blueprint"_s
        << u"A/blueprint: Secret on disk, client secret of Claims Desk; B/uami: Attested compute, ca-agents-weu"_s;
}

void ChainTest::roots()
{
    QFETCH(QString, sample);
    QFETCH(QString, flow);
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, detail);
    QFETCH(QString, plates);
    const chain::Chain chain = Stage(sample, flow).chain();
    QCOMPARE(chain::rootName(chain.root), name);
    QCOMPARE(chain.rootText, text);
    QCOMPARE(chain.rootDetail, detail);
    QCOMPARE(rootTexts(chain), plates);
}

void ChainTest::predictionsStandOnLinksNotSentYet()
{
    Stage stage(u"federated-agent"_s, {},
        {{u"/apps/1/credentials/0/subject"_s, "\"7C1D9F3A-52BE-4E0A-9A6F-B38D20C4E1F7\""}});
    stage.walk(u"managed-identity"_s);
    chain::Chain chain = stage.chain();
    chain::addPredictions(chain, stage.setup, stage.flow, stage.known, stage.run, stage.now);
    const chain::Link* link = chain.link(u"exchange-as-blueprint");
    QCOMPARE(link->state, chain::State::Predicted);
    QCOMPARE(link->predicted, base::Decision::Refuse);
    QCOMPARE(link->word, u"Predicted: refused, subject, case"_s);
    // The next one needs a token that is not there yet.
    QCOMPARE(chain.link(u"token-as-agent")->state, chain::State::NotReached);
}

void ChainTest::aSpentAssertionIsPredictedAsRefused()
{
    Stage stage(u"federated-agent"_s);
    stage.walk();
    const flow::Step& step = *stage.flow.step(u"exchange-at-anthropic");
    const auto verdict = chain::preview(stage.setup, step, stage.known, stage.run, stage.now);
    QVERIFY(verdict);
    QCOMPARE(verdict->decision, base::Decision::Refuse);
    QCOMPARE(verdict->decisive()->id, u"jti"_s);
    // Before it was used, nobody here can know.
    stage.run.records.removeIf(
        [](const flow::StepRecord& r) { return r.stepId == u"exchange-at-anthropic"; });
    QCOMPARE(chain::preview(stage.setup, step, stage.known, stage.run, stage.now)->decision,
        base::Decision::NotEvaluated);
}

void ChainTest::auditPrincipals_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QStringList>("principals");
    QTest::newRow("cloud") << u"federated-agent"_s
                           << QStringList {u"Anthropic: svac_01HbClaimsDeskWifRunner77Q"_s};
    QTest::newRow("user at an API") << u"sign-in-api"_s
                                    << QStringList {u"Claims API: alice@harbour.example"_s};
    QTest::newRow("on behalf of") << u"on-behalf-of"_s
                                  << QStringList {u"Microsoft Graph: alice@harbour.example"_s};
    QTest::newRow("both") << u"agent-for-user"_s
                          << QStringList {u"Microsoft Graph: alice@harbour.example"_s,
                                 u"Anthropic, for users: svac_01HbClaimsDeskUserRunner7Q"_s};
    QTest::newRow("one account, two patterns")
        << u"two-patterns"_s << QStringList {u"Anthropic: svac_01HbClaimsDeskWifRunner77Q"_s};
}

void ChainTest::auditPrincipals()
{
    QFETCH(QString, sample);
    QFETCH(QStringList, principals);
    Stage stage(sample);
    for (const bool walked : {false, true}) {
        if (walked)
            stage.walk();
        QStringList found;
        const chain::Chain chain = stage.chain();
        for (const chain::AuditPrincipal& each : chain.auditPrincipals) {
            found.append(each.target + u": "_s + each.principal);
            QCOMPARE(each.observed, walked);
            QVERIFY2(each.text.contains(walked ? u" shows "_s : u" will show "_s), qPrintable(each.text));
        }
        QCOMPARE(found, principals);
    }
}

void ChainTest::sameRunSamePicture()
{
    Stage stage(u"agent-for-user"_s);
    stage.walk();
    QCOMPARE(linkTexts(stage.chain()), linkTexts(stage.chain()));
    const chain::Chain before = Stage(u"agent-for-user"_s).chain(), after = stage.chain();
    QCOMPARE(before.parties.size(), after.parties.size());
    for (qsizetype i = 0; i < before.parties.size(); ++i) {
        QCOMPARE(before.parties[i].id, after.parties[i].id);
        QCOMPARE(before.parties[i].column, after.parties[i].column);
        QCOMPARE(before.parties[i].row, after.parties[i].row);
    }
}

QTEST_GUILESS_MAIN(ChainTest)
#include "tst_chain.moc"
