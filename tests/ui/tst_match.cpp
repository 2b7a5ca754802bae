// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/trust/cel.h"
#include "core/setup/file.h"
#include "ui/models/fixforms.h"
#include "ui/models/matchcontent.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/diffcells.h"
#include "ui/widgets/difftext.h"
#include "ui/widgets/matchgroup.h"
#include "ui/widgets/matchheader.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/matchrow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::Decision;
using base::Outcome;

namespace {

const QString lower = u"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7"_s;

base::Check pass(const QString& group, const QString& title, const QString& value)
{
    return {.id = title.toLower(), .group = group, .title = title, .expected = value, .presented = value, .outcome = Outcome::Pass, .relation = u"equal"_s};
}

base::Check caseMiss()
{
    return {.id = u"subject"_s, .group = u"Federated credential mi-agents-prod"_s, .title = u"Subject"_s, .expected = lower.toUpper(), .presented = lower,
            .outcome = Outcome::Fail, .near = base::NearMiss {base::Near::Case, 1, u"Same 36 characters, 15 differ in case. Entra compares letter by letter."_s},
            .fix = u"Give the credential the object id exactly as the token carries it."_s, .fixValue = lower,
            .fixPointer = u"/apps/1/credentials/0/subject"_s, .presentedFrom = u"claim sub"_s, .expectedFrom = u"field subject of the credential"_s};
}

base::Verdict refusal()
{
    const QString contract = u"Federated credential mi-agents-prod"_s;
    const QString token = u"The token itself"_s;
    return {.receiver = u"Microsoft Entra"_s, .contract = u"mi-agents-prod"_s, .decision = Decision::Refuse,
            .checks = {pass(token, u"Signature"_s, u"RS256"_s), pass(token, u"Time"_s, u"valid"_s), pass(token, u"Kind"_s, u"app"_s),
                       pass(contract, u"Issuer"_s, u"https://127.0.0.1:8443/3f1c/v2.0"_s), caseMiss(), pass(contract, u"Audience"_s, u"fb60f99c"_s)},
            .refusal = base::Refusal {.status = 401, .error = u"invalid_client"_s, .code = u"AADSTS7002138"_s}};
}

base::Verdict acceptance()
{
    base::Verdict verdict = refusal();
    verdict.decision = Decision::Accept;
    verdict.refusal.reset();
    verdict.checks[4] = pass(verdict.checks[4].group, u"Subject"_s, lower);
    return verdict;
}

flow::Step step()
{
    return {.id = u"exchange"_s, .title = u"Exchange as blueprint"_s, .to = {flow::PartyKind::Issuer, u"entra"_s, u"Entra"_s}, .contract = {u"entra.token"_s, u"/tenants/0"_s}};
}

flow::StepRecord answered(flow::StepState state, const std::optional<base::Verdict>& predicted)
{
    flow::StepRecord record {.stepId = u"exchange"_s, .state = state, .predicted = predicted};
    if (state == flow::StepState::Refused)
        record.observed = {.decision = Decision::Refuse, .status = 401, .error = u"invalid_client"_s, .code = u"AADSTS7002138"_s};
    if (state == flow::StepState::Accepted)
        record.observed = {.decision = Decision::Accept, .status = 200};
    return record;
}

MatchSubject subjectOf(const flow::Step& of, const flow::StepRecord* record, const std::optional<base::Verdict>& predicted)
{
    return {.step = &of, .record = record, .state = record ? record->state : flow::StepState::NotReached, .predicted = predicted};
}

QString detailOf(const MatchContent& content)
{
    QString text;
    for (const MatchRun& run : content.detail)
        text += run.text;
    return text;
}

/// "Same", "[presented|expected]" where they differ, gaps as "_".
QString cellText(const QList<DiffCell>& cells)
{
    QString text;
    for (const DiffCell& cell : cells) {
        const auto half = [](const DiffCell::Half& h) { return h.form == DiffCell::Form::Gap ? u"_"_s : h.text; };
        text += cell.differs ? u"[%1|%2]"_s.arg(half(cell.presented), half(cell.expected)) : half(cell.presented);
    }
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

    void cells_data();
    void cells();
    void longValuesAreAbbreviated();
    void differencesWrapTogether();

    void failingComparisonIsOnScreen();
    void keysWalkTheRows();
    void foldingStays();
    void nextDifferenceGoesRound();
    void enterShowsAndCopyCopies();
    void applyIsOfferedWithAHook();
    void narrowRowsStack();
    void hostileTextStaysPlain();
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

void TestMatch::cells_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("places");
    QTest::newRow("equal") << u"abc"_s << u"abc"_s << u"abc"_s << 0;
    QTest::newRow("case") << u"aBc"_s << u"abc"_s << u"a[B|b]c"_s << 1;
    QTest::newRow("missing slash") << u"https://x/v2.0"_s << u"https://x/v2.0/"_s << u"https://x/v2.0[_|/]"_s << 1;
    QTest::newRow("extra slash") << u"https://x/v2.0/"_s << u"https://x/v2.0"_s << u"https://x/v2.0[/|_]"_s << 1;
    QTest::newRow("blank at the end") << u"abc "_s << u"abc"_s << u"abc[·|_]"_s << 1;
    QTest::newRow("same blank at the end") << u"abc "_s << u"abc "_s << u"abc·"_s << 0;
    QTest::newRow("blank inside") << u"a b"_s << u"a b"_s << u"a b"_s << 0;
    QTest::newRow("tab") << u"a\tb"_s << u"a\tb"_s << u"a→b"_s << 0;
    QTest::newRow("no-break space") << u"a\u00A0b"_s << u"a\u00A0b"_s << u"aU+00A0b"_s << 0;
    QTest::newRow("look-alike") << u"cl\u0430ims"_s << u"claims"_s << u"cl[U+0430|a]ims"_s << 1;
    QTest::newRow("right-to-left override") << u"a\u202Eb"_s << u"ab"_s << u"a[U+202E|_]b"_s << 1;
}

void TestMatch::cells()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    const QList<DiffCell> cells = diffCells(presented, expected);
    QTEST(cellText(cells), "text");
    QTEST(differingPlaces(cells), "places");
}

void TestMatch::longValuesAreAbbreviated()
{
    const QString presented = QString(200, u'a') + u"X"_s + QString(200, u'b');
    const QString expected = QString(200, u'a') + u"Y"_s + QString(200, u'b');
    const QString text = cellText(abbreviated(diffCells(presented, expected)));
    QCOMPARE(text, u"…"_s + QString(12, u'a') + u"[X|Y]"_s + QString(12, u'b') + u"…"_s);
}

void TestMatch::differencesWrapTogether()
{
    DiffText text;
    text.setValues(QString(90, u'a') + u"X"_s, QString(90, u'a') + u"Y"_s);
    const int whole = text.heightForWidth(4000);
    QVERIFY(text.heightForWidth(400) > whole);
    text.resize(4000, whole);
    QVERIFY(text.placeRect(0).isValid());
    QVERIFY(!text.placeRect(1).isValid());
}

void TestMatch::failingComparisonIsOnScreen()
{
    MatchList list;
    list.resize(900, 320);
    list.show();
    const flow::Step of = step();
    const flow::StepRecord record = answered(flow::StepState::Refused, refusal());
    list.setGroups(matchContent(subjectOf(of, &record, refusal())).groups, u"exchange"_s);
    QCOMPARE(list.rows().size(), 6);
    QVERIFY(list.isFolded(0));
    MatchCheckRow* failing = list.rows()[4];
    QVERIFY(failing->isUnfolded());
    QTRY_VERIFY(list.viewport()->rect().contains(failing->mapTo(list.viewport(), QPoint(4, 40))));
    QVERIFY(failing->accessibleName().startsWith(u"Fails: Subject. Presented 7c1d"));
    QVERIFY(failing->accessibleName().contains(u"15 differ in case"));
}

void TestMatch::keysWalkTheRows()
{
    MatchList list;
    list.resize(900, 500);
    const flow::Step of = step();
    list.setGroups(matchContent(subjectOf(of, nullptr, refusal())).groups, u"exchange"_s);
    list.show();
    list.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QSignalSpy chosen(&list, &MatchList::checkChosen);
    list.headers()[0]->setFocus();
    QTest::keyClick(list.headers()[0], Qt::Key_Down);
    QVERIFY(list.headers()[1]->hasFocus());
    QTest::keyClick(list.headers()[1], Qt::Key_Down);
    QTest::keyClick(list.rows()[3], Qt::Key_Down);
    QVERIFY(list.rows()[4]->hasFocus());
    QCOMPARE(chosen.last().first().toString(), u"subject"_s);
    // Only the line one is on takes part in the order of Tab.
    QVERIFY(list.rows()[4]->focusPolicy() & Qt::TabFocus);
    QVERIFY(!(list.rows()[3]->focusPolicy() & Qt::TabFocus));
    QTest::keyClick(list.rows()[4], Qt::Key_Home);
    QVERIFY(list.headers()[0]->hasFocus());
}

void TestMatch::foldingStays()
{
    MatchList list;
    const flow::Step of = step();
    const QList<MatchGroup> groups = matchContent(subjectOf(of, nullptr, refusal())).groups;
    list.setGroups(groups, u"exchange"_s);
    list.headers()[0]->setFolded(false);
    list.setGroups(groups, u"exchange"_s);
    QVERIFY(!list.isFolded(0));
    list.setGroups(groups, u"another step"_s);
    QVERIFY(list.isFolded(0));
}

void TestMatch::nextDifferenceGoesRound()
{
    MatchList list;
    list.resize(900, 400);
    const flow::Step of = step();
    list.setGroups(matchContent(subjectOf(of, nullptr, refusal())).groups, u"exchange"_s);
    list.show();
    const int places = list.rows()[4]->places();
    QVERIFY(places > 1);
    for (int i = 0; i <= places; ++i)
        QVERIFY(list.goToDifference(1));
    list.setGroups(matchContent(subjectOf(of, nullptr, acceptance())).groups, u"exchange"_s);
    QVERIFY(!list.goToDifference(1));
}

void TestMatch::enterShowsAndCopyCopies()
{
    MatchRow row {.check = pass(u"g"_s, u"Issuer"_s, u"https://login/v2.0"_s)};
    MatchCheckRow widget(row, false);
    widget.resize(900, 40);
    widget.show();
    QVERIFY(!widget.isUnfolded());
    QTest::keyClick(&widget, Qt::Key_Return);
    QVERIFY(widget.isUnfolded());
    QVERIFY(widget.findChild<DiffText*>());
    QTest::keySequence(&widget, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"https://login/v2.0"_s);
}

void TestMatch::applyIsOfferedWithAHook()
{
    const flow::Step of = step();
    const QList<MatchGroup> groups = matchContent(subjectOf(of, nullptr, refusal())).groups;
    const auto apply = [](const MatchList& list) -> QPushButton* {
        for (QPushButton* button : list.findChildren<QPushButton*>())
            if (button->text() == u"Apply to setup")
                return button;
        return nullptr;
    };
    MatchList without;
    without.setGroups(groups, u"exchange"_s);
    QVERIFY(!apply(without));
    MatchList with;
    with.setCanApply(true);
    with.setGroups(groups, u"exchange"_s);
    QVERIFY(apply(with));
    base::Check applied;
    connect(&with, &MatchList::applyAsked, this, [&](const base::Check& check) { applied = check; });
    apply(with)->click();
    QCOMPARE(applied.fixPointer, u"/apps/1/credentials/0/subject"_s);
    QCOMPARE(applied.fixValue, lower);
}

void TestMatch::narrowRowsStack()
{
    const flow::Step of = step();
    MatchCheckRow row(matchContent(subjectOf(of, nullptr, refusal())).groups[1].rows[1], true);
    row.resize(900, 200);
    row.show();
    const int wide = row.heightForWidth(900);
    row.resize(420, 400);
    QTRY_VERIFY(row.heightForWidth(420) > wide);
}

void TestMatch::hostileTextStaysPlain()
{
    base::Verdict verdict = refusal();
    verdict.checks[4].title = u"<img src=x>Subject"_s;
    verdict.checks[4].presented = u"<b>bold</b>\u202E"_s;
    verdict.checks[4].fix = u"<a href='https://evil'>click</a>"_s;
    const flow::Step of = step();
    MatchList list;
    list.setGroups(matchContent(subjectOf(of, nullptr, verdict)).groups, u"exchange"_s);
    for (QLabel* label : list.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

QTEST_MAIN(TestMatch)
#include "tst_match.moc"
