// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include "core/chain/claims.h"
#include "core/report/bundle.h"
#include "core/report/redactedrun.h"
#include "core/report/runjson.h"
#include "core/report/savedrun.h"
#include "core/setup/file.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Walked
{
    explicit Walked(const QString& sample, const QString& flow = {}, const Stage::Edits& edits = {}) : stage(sample, flow, edits)
    {
        // The stage mints no token of a SaaS provider or a sidecar: of those, a run before its first step.
        if (sample != u"sidecar" && sample != u"saas-github")
            stage.walk();
        chain = stage.chain();
        findings = stage.findings();
    }
    QByteArray json(bool reveal = false) const
    {
        const setup::Bindings played {{u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:41000"_s}};
        return report::runJson({stage.setup, played, stage.flow, stage.run, chain, findings, stage.now, nullptr, reveal});
    }
    Stage stage;
    chain::Chain chain {};
    QList<base::Finding> findings {};
};

QByteArray jsonOf(const diagnosis::Recorded& r)
{
    return report::runJson({r.setup, r.bindings, r.made.flow, r.made.run, r.chain, r.findings, r.last, &r});
}

/// What a check of a recorded step says, in one line.
QStringList verdictsOf(const flow::Run& run)
{
    QStringList out;
    for (const flow::StepRecord& record : run.records)
        for (const auto& verdict : {record.predicted, record.truth})
            for (const QList<base::Check> checks = verdict ? verdict->checks : QList<base::Check> {}; const base::Check& check : checks)
                out.append(u"%1 %2 %3 %4 %5 %6"_s.arg(record.stepId, check.id, base::outcomeName(check.outcome), check.presented, check.expected, check.near ? check.near->text : QString()));
    return out;
}

QStringList placesOf(const chain::Chain& chain)
{
    QStringList out;
    for (const chain::ChainParty& p : chain.parties)
        out.append(u"%1 %2 %3 lane %4 row %5 column %6"_s.arg(p.id, p.title, p.word).arg(int(p.lane)).arg(p.row).arg(p.column));
    for (const chain::Link& l : chain.links)
        out.append(u"%1 %2>%3 %4 %5"_s.arg(l.id, l.from, l.to, l.word).arg(l.crossesTrust));
    return out;
}

} // namespace

class SavedRunTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFlowComesBackAsItWas_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QString>("flow");
        for (const QString& id : setup::sampleIds())
            for (const QList<setup::FlowSpec> flows = setup::sample(id)->flows; const setup::FlowSpec& flow : flows)
                QTest::addRow("%s/%s", qPrintable(id), qPrintable(flow.id)) << id << flow.id;
    }
    void everyFlowComesBackAsItWas()
    {
        QFETCH(QString, sample);
        QFETCH(QString, flow);
        const Walked walked(sample, flow);
        const QByteArray written = walked.json();
        QVERIFY(report::holdsRun(written.first(std::min<qsizetype>(written.size(), 4096))));
        const auto read = report::openRun(written);
        QVERIFY2(read, read ? "" : qPrintable(read.error().text + u' ' + read.error().where));
        QCOMPARE(QString::fromUtf8(jsonOf(*read)), QString::fromUtf8(written));
        QCOMPARE(placesOf(read->chain), placesOf(walked.chain));
        QCOMPARE(verdictsOf(read->made.run), verdictsOf(walked.stage.run));
        QCOMPARE(read->findings, walked.findings);
    }

    /// Whoever reveals a run can take that back: what comes out is the run that was never revealed.
    void aRevealedRunIsRedacted_data() { everyFlowComesBackAsItWas_data(); }
    void aRevealedRunIsRedacted()
    {
        QFETCH(QString, sample);
        QFETCH(QString, flow);
        const Walked walked(sample, flow);
        const json::Document revealed = json::Document::read(walked.json(true)), hidden = json::Document::read(walked.json());
        const QString expected = QString::fromUtf8(json::formatted(hidden.root(), -1));
        QCOMPARE(QString::fromUtf8(report::redactedRun(hidden.root())), expected);
        QCOMPARE(QString::fromUtf8(report::redactedRun(revealed.root())), expected);
    }

    void aRefusalKeepsItsNearMiss()
    {
        const Walked walked(u"federated-agent"_s, {}, {{u"/apps/1/credentials/0/subject"_s, "\"7C1D9F3A-52BE-4E0A-9A6F-B38D20C4E1F7\""}});
        const auto read = report::openRun(walked.json());
        QVERIFY(read);
        const auto refused = std::ranges::find(read->made.run.records, flow::StepState::Refused, &flow::StepRecord::state);
        QVERIFY(refused != read->made.run.records.end());
        QVERIFY(refused->predicted && refused->predicted->decisive() && refused->predicted->decisive()->near);
        QCOMPARE(refused->predicted->decisive()->near->kind, base::Near::Case);
        QCOMPARE(read->chain.link(refused->stepId)->word, u"Refused: subject, case"_s);
        QCOMPARE(verdictsOf(read->made.run), verdictsOf(walked.stage.run));
        QCOMPARE(chain::signatureOf(read->made.run.records.front().tokens.front(), read->made.run, read->last).relation,
            chain::signatureOf(walked.stage.run.records.front().tokens.front(), walked.stage.run, walked.stage.now).relation);
    }

    void whoFilledAClaimIsStillKnown()
    {
        const Walked walked(u"federated-agent"_s);
        const auto read = report::openRun(walked.json());
        QVERIFY(read);
        for (const flow::StepRecord& record : walked.stage.run.records)
            for (const flow::Token& token : record.tokens) {
                const flow::Token* again = read->made.run.token(token.slot);
                QVERIFY(again);
                const auto before = chain::claimRows(token, walked.stage.setup, walked.stage.now), after = chain::claimRows(*again, read->setup, read->last);
                QCOMPARE(after.size(), before.size());
                for (qsizetype i = 0; i < before.size(); ++i)
                    QCOMPARE(QString(after[i].name + after[i].value + after[i].fillerTitle + after[i].meaning), QString(before[i].name + before[i].value + before[i].fillerTitle + before[i].meaning));
                QCOMPARE(chain::summary(*again, read->setup).title, chain::summary(token, walked.stage.setup).title);
                QCOMPARE(again->fingerprint(), token.fingerprint());
            }
    }

    void nothingSecretComesBack()
    {
        const Walked walked(u"federated-agent"_s);
        const QByteArray written = walked.json();
        for (const flow::StepRecord& record : walked.stage.run.records)
            for (const flow::Token& token : record.tokens)
                QVERIFY(!written.contains(token.isOpaque() ? token.raw : token.jwt.signaturePart));
        const auto revealed = report::openRun(walked.json(true));
        QVERIFY(revealed);
        QCOMPARE(revealed->made.run.records.front().tokens.front().raw, walked.stage.run.records.front().tokens.front().raw);
    }

    void aBundleBringsItsVerdictsAndItsReceipt()
    {
        const Walked walked(u"agent-for-user"_s);
        const json::Document run = json::Document::read(walked.json());
        const QByteArray bundle = report::bundle(run.root(), walked.stage.now);
        const auto read = report::openRun(bundle);
        QVERIFY2(read, read ? "" : qPrintable(read.error().text + u' ' + read.error().where));
        QVERIFY(read->saved && read->saved->receipt);
        const diagnosis::Receipt& receipt = *read->saved->receipt;
        QCOMPARE(receipt.stepsIn, qint64(walked.stage.flow.steps.size()));
        QCOMPARE(receipt.stepsOut, receipt.stepsIn);
        QCOMPARE(receipt.findings, qint64(walked.findings.size()));
        QCOMPARE(receipt.hiddenValues, qint64(bundle.count("[hidden, ")));
        QVERIFY(receipt.hiddenValues > 0);
        QVERIFY(receipt.people > 0);
        QVERIFY(!receipt.removed.isEmpty() && !receipt.kept.isEmpty());
        QVERIFY(!bundle.contains("Alice"));
        // Nor where no text finds it: in the payload of a token on the wire.
        for (const flow::StepRecord& record : walked.stage.run.records)
            for (const flow::Token& token : record.tokens)
                QVERIFY(token.isOpaque() || !bundle.contains(token.jwt.payloadPart));
        QCOMPARE(verdictsOf(read->made.run).size(), verdictsOf(walked.stage.run).size());
        for (const flow::Token& token : read->made.run.records.back().tokens)
            QVERIFY(token.remains && (token.isOpaque() || token.remains->signature));
        QVERIFY(report::savedText(*read).startsWith(u"%1 steps in = %1 steps out, "_s.arg(receipt.stepsIn)));
    }

    void brokenDocumentsAreSaid_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("value"); ///< empty: taken out
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const QString& pointer, const QByteArray& value, const QString& where, const QString& text) {
            QTest::newRow(name) << pointer << value << where << text;
        };
        row("another schema", u"/schema"_s, "\"walk\"", u"/schema"_s, u"`schema` has to be run"_s);
        row("a newer version", u"/version"_s, "3", u"/version, line 3"_s, u"Version 3 is newer than this program knows (1)."_s);
        row("no steps", u"/steps"_s, "", u"/, line 1"_s, u"`steps` is missing."_s);
        row("steps are no list", u"/steps"_s, "{}", u"/steps, line "_s, u"`steps` has to be a list."_s);
        row("a step without a state", u"/steps/1/state"_s, "", u"/steps/1, line "_s, u"`state` is missing."_s);
        row("a state nobody knows", u"/steps/1/state"_s, "\"maybe\"", u"/steps/1/state, line "_s, u"has to be one of accepted, refused, failed, skipped"_s);
        row("the same step twice", u"/steps/1/id"_s, "\"managed-identity\"", u"/steps/1, line "_s, u"Two steps have the id"_s);
        row("an outcome nobody knows", u"/steps/1/predicted/checks/0/outcome"_s, "\"yes\"", u"/steps/1/predicted/checks/0/outcome, line "_s, u"one of pass, fail, notEvaluated, warning"_s);
        row("a near miss nobody knows", u"/steps/1/predicted/checks/0/near"_s, "{\"kind\":\"close\",\"text\":\"\"}", u"/steps/1/predicted/checks/0/near/kind, line "_s, u"one of case,"_s);
        row("a number for a text", u"/steps/0/title"_s, "7", u"/steps/0/title, line "_s, u"`title` has to be a text."_s);
        row("half a status", u"/steps/0/response/status"_s, "200.5", u"/steps/0/response/status, line "_s, u"whole number"_s);
        row("no time", u"/steps/0/started"_s, "\"yesterday\"", u"/steps/0/started, line "_s, u"RFC 3339"_s);
        row("a claim set that is none", u"/steps/0/tokens/0/claims"_s, "[1]", u"/steps/0/tokens/0/claims, line "_s, u"`claims` has to be an object."_s);
        row("a link to nowhere", u"/chain/links/0/to"_s, "\"nobody\"", u"/chain/links/0/to, line "_s, u"no party of the chain has that id"_s);
        row("a party of no kind", u"/chain/parties/0/kind"_s, "\"ghost\"", u"/chain/parties/0/kind, line "_s, u"one of user, managedIdentity"_s);
        row("no chain", u"/chain"_s, "", u"/, line 1"_s, u"`chain` is missing."_s);
    }
    void brokenDocumentsAreSaid()
    {
        QFETCH(QString, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QString, where);
        QFETCH(QString, text);
        static const QByteArray good = Walked(u"federated-agent"_s).json();
        const json::Document document = json::Document::read(good);
        const auto changed = value.isEmpty() ? document.without(pointer) : document.with(pointer, value);
        QVERIFY(changed);
        const auto read = report::openRun(changed->source());
        QVERIFY(!read);
        QVERIFY2(read.error().where.startsWith(where), qPrintable(read.error().where));
        QVERIFY2(read.error().text.contains(text), qPrintable(read.error().text));
        QVERIFY(!read.error().text.contains(u'\n'));
    }

    void aTextThatIsNoJsonSaysWhere()
    {
        const auto read = report::openRun("{\"schema\": \"run\",\n \"version\" 1}");
        QVERIFY(!read);
        QVERIFY2(read.error().where.startsWith(u"2:"_s), qPrintable(read.error().where));
    }

    /// Another program's run has the members of the contract and no more.
    void theLeastThereIsIsEnough()
    {
        const QByteArray least = R"({"schema":"run","version":1,"setup":"s","flow":"f","against":"live","result":"refused","steps":[
            {"id":"a","title":"Ask","from":"app","to":"Entra","state":"refused","request":{"method":"POST","url":"https","headers":[],"body":""},"response":null,"tokens":[],"observed":{"outcome":"refuse"}},
            {"id":"b","title":"Call","from":"app","to":"API","state":"skipped","request":null,"response":null,"tokens":[],"observed":{"outcome":"notEvaluated"}}],
            "chain":{"root":"diskSecret","parties":[{"id":"app","kind":"app","title":"App"},{"id":"api","kind":"downstream","title":"API"}],
            "links":[{"from":"app","to":"api","evidence":"T1","state":"notReached"}]},"audiences":[],"auditPrincipals":[],"findings":[]})";
        const auto read = report::openRun(least);
        QVERIFY2(read, read ? "" : qPrintable(read.error().text + u' ' + read.error().where));
        QCOMPARE(read->made.run.records.size(), 1);
        QCOMPARE(read->made.run.state(u"a"_s), flow::StepState::Refused);
        QCOMPARE(read->made.run.state(u"b"_s), flow::StepState::NotReached);
        QCOMPARE(read->chain.parties.back().lane, chain::Lane::Downstream);
        QCOMPARE(read->chain.links.front().word, u"Not reached"_s);
        QCOMPARE(read->chain.rootText, u"Secret on disk"_s);
    }

    void whatHoldsARun_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("holds");
        QTest::newRow("run") << QByteArray("{\"schema\": \"run\", \"version\": 1") << true;
        QTest::newRow("bundle") << QByteArray("{\"schema\":\"bundle\"}") << true;
        QTest::newRow("inspection with a run") << QByteArray("{\"schema\":\"inspection\",\"run\":{}}") << true;
        QTest::newRow("inspection of a token") << QByteArray("{\"schema\":\"inspection\",\"items\":[]}") << false;
        QTest::newRow("setup") << QByteArray("{\"schema\":\"setup\"}") << false;
        QTest::newRow("archive") << QByteArray("{\"log\":{}}") << false;
        QTest::newRow("text") << QByteArray("AADSTS50013") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void whatHoldsARun()
    {
        QFETCH(QByteArray, text);
        QTEST(report::holdsRun(text), "holds");
    }
};

QTEST_GUILESS_MAIN(SavedRunTest)
#include "tst_savedrun.moc"
