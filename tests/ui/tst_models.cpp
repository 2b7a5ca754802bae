// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chains.h"

#include "core/setup/file.h"
#include "ui/models/audiencesmodel.h"
#include "ui/models/chaintablemodel.h"
#include "ui/models/claimsmodel.h"
#include "ui/theme.h"
#include "ui/widgets/lifetimechart.h"
#include "ui/widgets/tokenclaims.h"
#include "ui/widgets/tokenpane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray part(const QByteArray& json) { return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals); }

flow::Token token(const QByteArray& header, const QByteArray& payload, const QString& slot = u"T2"_s)
{
    flow::Token t {.slot = slot, .stepId = u"token-as-agent"_s, .speaker = {flow::PartyKind::Agent, u"agent"_s, u"claims-desk"_s}};
    t.raw = part(header) + '.' + part(payload) + '.' + QByteArray(342, 'A');
    t.jwt = jose::decode(t.raw);
    t.received = chains::now();
    return t;
}

flow::Token agentToken()
{
    return token(R"({"alg":"RS256","kid":"9f2c7741ab","typ":"JWT"})",
                 R"({"aud":"e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264","iss":"https://login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0",)"
                 R"("iat":1795190652,"nbf":1795190352,"exp":1795195092,"azp":"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae","oid":"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae",)"
                 R"("sub":"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae","tid":"3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815","ver":"2.0","aud":"twice"})");
}

flow::Token opaqueToken()
{
    flow::Token t {.slot = u"T3"_s, .stepId = u"exchange"_s, .speaker = {flow::PartyKind::Downstream, u"anthropic"_s, u"Anthropic"_s}};
    t.raw = "sk-ant-oat01-" + QByteArray(80, 'x');
    t.jwt = jose::decode(t.raw);
    t.expiresIn = 3600;
    t.received = chains::now();
    return t;
}

TokenContent contentOf(const flow::Token& t, base::Instant now = chains::now())
{
    const auto sample = setup::sample(u"federated-agent"_s);
    return tokenContent(t, sample ? *sample : setup::Setup {}, {}, {}, now);
}

QStringList rowTexts(const QAbstractItemModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines;
}

flow::Flow flowOf(const QStringList& steps)
{
    flow::Flow flow;
    for (const QString& id : steps)
        flow.steps.append({.id = id, .title = u"Title of "_s + id});
    return flow;
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void chainTable();
    void chainTableOfPatterns();
    void claims();
    void claimsOfNothing();
    void claimsFilter();
    void claimsKeys();
    void signatureIsMasked();
    void signatureIsNotGuessed_data();
    void signatureIsNotGuessed();
    void lifetimes_data();
    void lifetimes();
    void opaqueTokens();
    void choices();
    void audiences();
    void singleUses();
    void axis();
    void paneShowsOpaqueAndReadable();
};

void TestModels::chainTable()
{
    ChainTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const chain::Chain chain = chains::refused();
    const flow::Flow flow = flowOf({u"managed-identity"_s, u"exchange-as-blueprint"_s, u"token-as-agent"_s, u"exchange-at-anthropic"_s});
    model.setRows(hopsOf(chain, flow, chains::now()));
    const QStringList expected {
        u"1 | Attested compute: ca-agents-weu | T0 | attached to the host |  | Not reached | mi-agents-prod"_s,
        u"2 | mi-agents-prod | T0, 23 h 54 min left | federated credential mi-agents-prod | Refused | Refused: subject, case | Claims Desk"_s,
        u"3 | Claims Desk | T1, not issued | child of the blueprint claims-desk |  | Not reached | claims-desk"_s,
        u"4 | claims-desk | T2, not issued | federation rule fdrl_01HbClaimsDeskFederation7Q |  | Not reached | Anthropic"_s,
        u"3 | claims-desk | asks for |  |  |  | anthropic-wif"_s};
    QCOMPARE(rowTexts(model), expected);
    QCOMPARE(model.headerData(ChainTableModel::Evidence, Qt::Horizontal, Qt::DisplayRole).toString(), u"Evidence"_s);
    QCOMPARE(model.rowOfStep(u"token-as-agent"_s, chain), 2);
    QCOMPARE(model.rowOfStep(u"nowhere"_s, chain), -1);
    model.setRows({});
}

void TestModels::chainTableOfPatterns()
{
    const chain::Chain chain = chains::patterns();
    flow::Flow flow;
    for (const QString& group : {u"A"_s, u"B"_s})
        for (const QString& id : {u"exchange-as-blueprint"_s, u"token-as-agent"_s, u"exchange-at-anthropic"_s})
            flow.steps.append({.id = group + u'/' + id, .group = group});
    const QList<ChainHop> hops = hopsOf(chain, flow, chains::now());
    QStringList numbers;
    for (const ChainHop& hop : hops)
        numbers.append(hop.hop);
    QVERIFY2(numbers.contains(u"A1"_s) && numbers.contains(u"B3"_s), qPrintable(numbers.join(u' ')));
    QVERIFY(numbers.indexOf(u"A3"_s) < numbers.indexOf(u"B1"_s));
}

void TestModels::claims()
{
    ClaimsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setContent(contentOf(agentToken()));
    QCOMPARE(model.rowCount(), 3);
    const QModelIndex header = model.index(ClaimsModel::Header, 0);
    const QModelIndex payload = model.index(ClaimsModel::Payload, 0);
    QCOMPARE(header.data(ClaimsModel::SummaryRole).toString(), u"alg, kid, typ"_s);
    QStringList names;
    int problems = 0;
    for (int row = 0; row < model.rowCount(payload); ++row) {
        const bool problem = model.index(row, 0, payload).data(ClaimsModel::ProblemRole).toBool();
        problems += problem;
        if (!problem)
            names.append(model.index(row, 0, payload).data().toString());
    }
    QCOMPARE(names.join(u' '), u"aud iss iat nbf exp azp oid sub tid ver aud"_s);
    QVERIFY(problems >= 1);
    QVERIFY(payload.data(ClaimsModel::SummaryRole).toString().contains(u"problem"));
    QCOMPARE(model.indexOf(u"alg"_s).parent(), header);
    QCOMPARE(model.indexOf(u"exp"_s).data().toString(), u"exp"_s);
    QVERIFY(!model.indexOf(u"nowhere"_s).isValid());
}

void TestModels::claimsOfNothing()
{
    ClaimsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setContent({});
    QCOMPARE(model.rowCount(), 0);
    model.setContent(contentOf(agentToken()));
    model.setContent({});
    model.setSignatureShown(true);
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::claimsFilter()
{
    TokenClaims view;
    QAbstractItemModelTester tester(view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    view.setContent(contentOf(agentToken()));
    view.setFilter(u"a90f6e1b"_s);
    QCOMPARE(view.model()->rowCount(), 1);
    QCOMPARE(view.model()->rowCount(view.model()->index(0, 0)), 3);
    // Every hit once, in its order, round and back; titles of groups are none.
    QStringList hits;
    const auto name = [&] { return view.currentIndex().siblingAtColumn(0).data().toString(); };
    for (int i = 0; i < 4; ++i) {
        view.goToHit(1);
        hits.append(name());
    }
    QCOMPARE(hits.first(3).removeDuplicates(), 0);
    QCOMPARE(hits[3], hits[0]);
    view.goToHit(-1);
    QCOMPARE(name(), hits[2]);
    view.setFilter({});
    QCOMPARE(view.model()->rowCount(), 3);
}

void TestModels::claimsKeys()
{
    TokenClaims view;
    view.resize(900, 500);
    view.setContent(contentOf(agentToken()));
    view.show();
    QSignalSpy chosen(&view, &TokenClaims::claimChosen);
    view.select(u"iss"_s);
    QVERIFY(chosen.isEmpty());
    const QModelIndex iss = view.currentIndex();
    QCOMPARE(iss.data().toString(), u"iss"_s);
    const int closed = view.visualRect(iss).height();
    view.resize(420, 500);
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_VERIFY(view.visualRect(view.currentIndex()).height() > closed);
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_COMPARE(view.visualRect(view.currentIndex()).height(), closed);
    QTest::keySequence(&view, QKeySequence::Copy);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"https://login.microsoftonline.com/3f1c"));
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(chosen.last().first().toString(), u"iat"_s);
}

void TestModels::signatureIsMasked()
{
    const TokenContent content = contentOf(agentToken());
    ClaimsModel model;
    model.setContent(content);
    const QModelIndex signature = model.index(ClaimsModel::Signature, 0);
    QCOMPARE(signature.data(ClaimsModel::SummaryRole).toString(), u"hidden, 342 characters"_s);
    QVERIFY(!redactedToken(content).contains(QString(20, u'A')));
    QVERIFY(redactedToken(content).endsWith(u".[hidden, 342 characters]"));
    model.setSignatureShown(true);
    QCOMPARE(signature.data(ClaimsModel::SummaryRole).toString(), QString(342, u'A'));
    QVERIFY(!redactedToken(contentOf(opaqueToken())).contains(u"xxxx"));
}

void TestModels::signatureIsNotGuessed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("text");
    QTest::newRow("no keys") << QByteArray(R"({"alg":"RS256","kid":"1"})") << u"No key set of this issuer was fetched in this run."_s;
    QTest::newRow("for Graph") << QByteArray(R"({"alg":"RS256","kid":"1","nonce":"n"})") << u"Graph tokens carry a nonce in the header and are meant for Graph alone."_s;
}

void TestModels::signatureIsNotGuessed()
{
    QFETCH(QByteArray, header);
    const SignatureFacts facts = signatureFacts(token(header, R"({"iss":"https://x"})"), {}, chains::now());
    QCOMPARE(facts.outcome, base::Outcome::NotEvaluated);
    QCOMPARE(facts.word, u"Signature not checked"_s);
    QTEST(facts.text, "text");
}

void TestModels::lifetimes_data()
{
    QTest::addColumn<int>("minutes"); // after nbf
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("over");
    QTest::newRow("now") << 5 << u"74 min left of 79 min"_s << false;
    QTest::newRow("not yet") << -2 << u"begins in 2 min"_s << false;
    QTest::newRow("over") << 89 << u"ended 10 min ago"_s << true;
}

void TestModels::lifetimes()
{
    QFETCH(int, minutes);
    const LifetimeFacts facts = lifetimeFacts(agentToken(), base::fromEpochSeconds(1795190352) + std::chrono::minutes {minutes});
    QTEST(facts.text, "text");
    QTEST(facts.isOver(), "over");
    QCOMPARE(facts.beginName, u"nbf"_s);
}

void TestModels::opaqueTokens()
{
    const TokenContent content = contentOf(opaqueToken());
    QVERIFY(content.rows.isEmpty());
    QString all;
    for (const OpaqueFact& fact : content.opaque)
        all += fact.name + u'=' + fact.text + u'\n';
    QVERIFY2(all.contains(u"Prefix=sk-ant-oat01-\n"), qPrintable(all));
    QVERIFY(all.contains(u"Length=93 characters"));
    QVERIFY(all.contains(u"Opaque token. Only its issuer can read it"));
    QVERIFY(!all.contains(u"xxxx"));
    QCOMPARE(content.lifetime.endName, u"expires_in"_s);
    QCOMPARE(content.lifetime.text, u"60 min left of 60 min"_s);
}

void TestModels::choices()
{
    flow::Step step {.id = u"token-as-agent"_s};
    step.presents = {{.slot = u"T1"_s, .kind = flow::Evidence::Kind::Token}, {.slot = {}, .kind = flow::Evidence::Kind::Secret}};
    step.yields = {{.slot = u"T2"_s, .token = true}, {.slot = u"code"_s}};
    flow::Run run;
    QVERIFY(tokensOf(step, run).isEmpty());
    flow::StepRecord record {.stepId = step.id};
    record.tokens = {agentToken(), token("{\"alg\":\"none\"}", "{}", u"T1"_s)};
    run.records = {record};
    QCOMPARE(tokensOf(step, run), (QList<TokenChoice> {{u"T2"_s, true}, {u"T1"_s, false}}));
}

void TestModels::audiences()
{
    const auto sample = setup::sample(u"federated-agent"_s);
    QVERIFY(sample.has_value());
    chain::Chain chain;
    chain.audiences = {{.step = u"one"_s, .slot = u"T0"_s, .asked = u"api://AzureADTokenExchange"_s, .issued = u"fb60f99c-7a34-4190-8149-302f77469936"_s,
                        .accepted = {u"api://AzureADTokenExchange"_s}, .acceptedBy = u"credential mi-agents-prod"_s, .outcome = base::Outcome::Pass,
                        .note = u"URI and GUID, same resource"_s},
                       {.step = u"two"_s, .slot = u"T3"_s, .issued = u"opaque"_s, .note = u"bound to one workspace"_s},
                       {.step = u"two"_s, .slot = u"T4"_s, .asked = u"x"_s}};
    AudiencesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(audienceRows(chain, flowOf({u"one"_s, u"two"_s}), *sample));
    QCOMPARE(rowTexts(model)[0], u"T0 | api://AzureADTokenExchange | fb60f99c-7a34-4190-8149-302f77469936 | api://AzureADTokenExchange | Accepted"_s);
    QCOMPARE(model.index(0, AudiencesModel::Asked).data(AudiencesModel::SecondRole).toString(), u"step 1, Title of one"_s);
    QCOMPARE(model.index(0, AudiencesModel::Verdict).data(AudiencesModel::SecondRole).toString(), u"URI and GUID, same resource"_s);
    QCOMPARE(rowTexts(model)[1], u"T3 | no audience in this request | opaque token, no claims |  | Not evaluated"_s);
    QCOMPARE(rowTexts(model)[2], u"T4 | x | not issued |  | Not reached"_s);
    QCOMPARE(model.rowOf(u"T3"_s), 1);
    QVERIFY(audiencesText(model).startsWith(u"Token\tAsked for\tIssued as aud\tReceiver accepts\tVerdict\nT0\tapi://AzureADTokenExchange, step 1"));
}

void TestModels::singleUses()
{
    flow::Flow flow = flowOf({u"issue"_s, u"use"_s});
    flow.steps[1].to.title = u"Anthropic"_s;
    flow.steps[1].contract.kind = u"anthropic.exchange"_s;
    flow.steps[1].presents = {{.slot = u"T2"_s, .kind = flow::Evidence::Kind::Token}};
    flow.steps[1].body = {{"assertion", flow::fromToken(u"T2"_s)}};
    flow::StepRecord issued {.stepId = u"issue"_s};
    issued.tokens = {agentToken()};
    flow::StepRecord used {.stepId = u"use"_s};
    used.exchange.response = http::Response {};
    flow::Run run;
    run.records = {issued, used};
    QCOMPARE(singleUse(flow, run).text(), u"Single use at Anthropic: 1 assertion, none presented twice"_s);
    run.records.append(used);
    QCOMPARE(singleUse(flow, run).twice, QStringList {u"T2"_s});
    run.records.append(issued);
    QVERIFY(singleUse(flow, run).twice.isEmpty());
}

void TestModels::axis()
{
    const base::Instant now = chains::now();
    const auto row = [&](std::chrono::minutes from, std::chrono::minutes to) {
        return chain::Audience {.notBefore = now + from, .expires = now + to};
    };
    const LifetimeAxis axis = lifetimeAxis({row(-5min, 1434min), row(-5min, 60min), row(-5min, 74min)}, now);
    QCOMPARE(axis.begin, now - 5min);
    QVERIFY(axis.end >= now + 74min);
    QVERIFY(axis.end < now + 100min);
    QVERIFY(axis.ticks.size() >= 3 && axis.ticks.size() <= 6);
    QVERIFY(lifetimeAxis({}, now).end > now);
    // Begins and ends in the past are no trouble.
    QVERIFY(lifetimeAxis({row(-90min, -60min)}, now).end >= now);
}

void TestModels::paneShowsOpaqueAndReadable()
{
    TokenPane pane;
    pane.resize(900, 500);
    pane.show();
    pane.setContent(contentOf(agentToken()));
    pane.setChoices({{u"T2"_s, true}, {u"T1"_s, false}}, u"T2"_s);
    QVERIFY(pane.claims().isVisible());
    pane.openFilter();
    pane.setContent(contentOf(opaqueToken()));
    pane.setChoices({}, {});
    QVERIFY(!pane.claims().isVisible());
    pane.resize(420, 500);
    pane.setContent(contentOf(agentToken()));
    QVERIFY(pane.claims().isVisible());
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
