// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchverdicts.h"
#include "core/trust/cel.h"
#include "core/setup/file.h"
#include "ui/models/fixforms.h"
#include "ui/models/matchcontent.h"
#include "ui/theme.h"
#include "ui/widgets/difftext.h"
#include "ui/widgets/matchrow.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::Decision;
using base::Outcome;

namespace {

QString detailOf(const MatchContent& content)
{
    QString text;
    for (const MatchRun& run : content.detail)
        text += run.text;
    return text;
}

} // namespace

class TestMatch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void headline_data();
    void headline();
    void passingGroupsFold();
    void predictionIsHollow();
    void disagreementIsShown();
    void receiversOwnVerdictWins();
    void clientDemandsAreAGroup();
    void emptyStates();
    void boundHostsAreNamed();
    void fixNamesTheRealHost();
    void fixForms();
    void conditionsAreTrees();
    void textOfAVerdict();
};

void TestMatch::headline_data()
{
    QTest::addColumn<flow::StepState>("state");
    QTest::addColumn<int>("predicted"); // 0 none, 1 accept, 2 refuse
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("detail");
    using flow::StepState;
    QTest::newRow("refused as predicted") << StepState::Refused << 2 << u"Refused by Entra: the subject differs only in case"_s
                                          << u"Predicted before sending, then observed: AADSTS7002138, HTTP 401 invalid_client"_s;
    QTest::newRow("accepted as predicted") << StepState::Accepted << 1 << u"Accepted by Entra: all 6 comparisons hold"_s
                                           << u"Predicted before sending, then observed: HTTP 200"_s;
    QTest::newRow("refused though accepted") << StepState::Refused << 1 << u"Refused by Entra"_s
                                             << u"Predicted accepted, observed refused. One of the two is wrong; here is where they part. AADSTS7002138, HTTP 401 invalid_client"_s;
    QTest::newRow("not sent, will refuse") << StepState::NotReached << 2 << u"Predicted: refused by Entra: the subject differs only in case"_s
                                           << u"Entra will answer AADSTS7002138. You can send it anyway."_s;
    QTest::newRow("not sent, will accept") << StepState::NotReached << 1 << u"Predicted: accepted by Entra: all 6 comparisons hold"_s << u"Nothing was sent yet."_s;
    QTest::newRow("refused, nothing predicted") << StepState::Refused << 0 << u"Refused by Entra"_s << u"Observed: AADSTS7002138, HTTP 401 invalid_client"_s;
}

void TestMatch::headline()
{
    QFETCH(flow::StepState, state);
    QFETCH(int, predicted);
    const std::optional<base::Verdict> verdict = predicted == 0 ? std::nullopt : std::optional(predicted == 1 ? acceptance() : refusal());
    const flow::Step of = step();
    const flow::StepRecord record = answered(state, verdict);
    const MatchContent content = matchContent(subjectOf(of, state == flow::StepState::NotReached ? nullptr : &record, verdict));
    QTEST(QString(content.strong + content.sentence), "line");
    QTEST(detailOf(content), "detail");
}

void TestMatch::passingGroupsFold()
{
    const flow::Step of = step();
    const flow::StepRecord record = answered(flow::StepState::Refused, refusal());
    const MatchContent content = matchContent(subjectOf(of, &record, refusal()));
    QCOMPARE(content.groups.size(), 2);
    QCOMPARE(content.groups[0].title, u"The token itself"_s);
    QCOMPARE(content.groups[0].summary, u"3 of 3 pass: signature, time, kind"_s);
    QVERIFY(content.groups[0].folded);
    QCOMPARE(content.groups[1].summary, u"all must hold, 2 of 3 do"_s);
    QVERIFY(!content.groups[1].folded);
    QVERIFY(!content.groups[1].rows[1].hollow);
    QCOMPARE(content.confidence, base::Confidence::Certain);
}

void TestMatch::predictionIsHollow()
{
    const flow::Step of = step();
    const MatchContent content = matchContent(subjectOf(of, nullptr, refusal()));
    QVERIFY(content.isHollow());
    QVERIFY(content.groups[1].rows[1].hollow);
    QCOMPARE(content.groups[0].summary, u"3 of 3 will pass: signature, time, kind"_s);
    QVERIFY(!content.observed);
}

void TestMatch::disagreementIsShown()
{
    const flow::Step of = step();
    const flow::StepRecord record = answered(flow::StepState::Refused, acceptance());
    const MatchContent content = matchContent(subjectOf(of, &record, acceptance()));
    QCOMPARE(content.glyph, MatchContent::Glyph::Disagreement);
    QCOMPARE(*content.predicted, Decision::Accept);
    QCOMPARE(*content.observed, Decision::Refuse);
    // What is below is still a prediction: nobody has confirmed it.
    QVERIFY(content.groups[0].rows[0].hollow);
}

void TestMatch::receiversOwnVerdictWins()
{
    const flow::Step of = step();
    flow::StepRecord record = answered(flow::StepState::Refused, acceptance());
    record.truth = refusal();
    const MatchContent content = matchContent(subjectOf(of, &record, acceptance()));
    QCOMPARE(content.groups[1].rows[1].check.outcome, Outcome::Fail);
    QVERIFY(!content.groups[1].rows[1].hollow);
    QCOMPARE(QString(content.strong + content.sentence), u"Refused by Entra: the subject differs only in case"_s);
}

void TestMatch::clientDemandsAreAGroup()
{
    const flow::Step of = step();
    flow::StepRecord record = answered(flow::StepState::Accepted, acceptance());
    record.checks = {pass({}, u"State"_s, u"abc"_s)};
    const MatchContent content = matchContent(subjectOf(of, &record, acceptance()));
    QCOMPARE(content.groups.last().title, u"What this client demands"_s);
    QVERIFY(content.groups.last().folded);
}

void TestMatch::emptyStates()
{
    flow::Step of = step();
    MatchSubject subject = subjectOf(of, nullptr, {});
    subject.missing = u"The request needs T1. Step 2 will issue it."_s;
    QCOMPARE(matchContent(subject).emptyLine, u"No verdict yet"_s);
    QCOMPARE(matchContent(subject).emptySentence, subject.missing);
    of.contract = {};
    QCOMPARE(matchContent(subject).emptyLine, u"Nothing is decided here"_s);
}

void TestMatch::boundHostsAreNamed()
{
    const setup::Bindings bindings {{u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:8443"_s}, {u"https://api.anthropic.com"_s, u"https://127.0.0.1:8444"_s}};
    QCOMPARE(playedHosts(u"https://127.0.0.1:8443/3f1c/v2.0"_s, bindings), u"plays login.microsoftonline.com"_s);
    QCOMPARE(playedHosts(u"fb60f99c"_s, bindings), QString());
}

void TestMatch::fixNamesTheRealHost()
{
    base::Verdict verdict = refusal();
    verdict.checks[4].fixValue = u"https://127.0.0.1:8443/3f1c/v2.0"_s;
    const flow::Step of = step();
    MatchSubject subject = subjectOf(of, nullptr, verdict);
    subject.bindings = {{u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:8443"_s}};
    const MatchRow row = matchContent(subject).groups[1].rows[1];
    QCOMPARE(row.check.fixValue, u"https://login.microsoftonline.com/3f1c/v2.0"_s);
    QCOMPARE(row.fixJson, u"\"subject\": \"https://login.microsoftonline.com/3f1c/v2.0\""_s);
}

void TestMatch::fixForms()
{
    const auto sample = setup::sample(u"federated-agent"_s);
    QVERIFY(sample.has_value());
    const setup::App* blueprint = sample->app(u"blueprint");
    QVERIFY(blueprint);
    base::Check check = caseMiss();
    check.fixPointer = blueprint->credentials[0].pointer + u"/subject"_s;
    QCOMPARE(fixAsJson(check, &*sample), u"\"subject\": \"%1\""_s.arg(lower));
    const QString az = fixAsAz(check, &*sample);
    QVERIFY2(az.startsWith(u"az ad app federated-credential update --id '%1' --federated-credential-id 'mi-agents-prod' --parameters '{"_s.arg(blueprint->clientId)), qPrintable(az));
    QVERIFY(az.contains(u"\"subject\": \"%1\""_s.arg(lower)));
    check.fixPointer = blueprint->credentials[0].pointer + u"/audiences/0"_s;
    QCOMPARE(fixAsJson(check, &*sample), u"\"audiences\": [\"%1\"]"_s.arg(lower));
    // Quotes in a value cannot end the shell's argument.
    check.fixValue = u"it's"_s;
    QVERIFY(fixAsAz(check, &*sample).contains(u"it'\\''s"));
    check.fixPointer = u"/tenants/0/authority"_s;
    QVERIFY(fixAsAz(check, &*sample).isEmpty());
    check.fixValue.clear();
    QVERIFY(fixAsJson(check, &*sample).isEmpty());
}

void TestMatch::conditionsAreTrees()
{
    const auto payload = json::Document::read(R"({"scp":"Inference.Use","tid":"other"})");
    base::Verdict verdict = refusal();
    verdict.checks = {{.id = u"condition"_s, .group = u"Federation rule"_s, .title = u"Condition"_s,
                       .expected = u"claims.scp == \"Inference.Use\" && (claims.tid == \"mine\" || extract(claims.x))"_s, .outcome = Outcome::Fail}};
    verdict.checks[0].condition = {cel::explain(verdict.checks[0].expected, payload.root())};
    const flow::Step of = step();
    const MatchSubject subject = subjectOf(of, nullptr, verdict);
    const MatchRow row = matchContent(subject).groups[0].rows[0];
    QVERIFY(row.condition.size() >= 4);
    QCOMPARE(row.condition[0].word, u"all of"_s);
    QCOMPARE(row.condition[1].outcome, Outcome::Pass);
    QCOMPARE(row.condition[1].depth, 1);
    QCOMPARE(row.condition[2].word, u"any of"_s);
    MatchCheckRow widget(row, false);
    widget.resize(900, 300);
    QVERIFY(!widget.findChild<DiffText*>());
}

void TestMatch::textOfAVerdict()
{
    const flow::Step of = step();
    const flow::StepRecord record = answered(flow::StepState::Refused, refusal());
    const QString text = matchText(matchContent(subjectOf(of, &record, refusal())));
    QVERIFY(text.startsWith(u"Refused by Entra: the subject differs only in case\n"));
    QVERIFY(text.contains(u"Fails: Subject\n  presented %1\n  expected %2\n"_s.arg(lower, lower.toUpper())));
    QVERIFY(text.contains(u"Passes: Issuer\n"_s));
}

QTEST_MAIN(TestMatch)
#include "tst_match.moc"
