// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include "core/diagnosis/intake.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/http/responsehead.h"
#include "core/lab/faults.h"
#include "core/setup/file.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

/// Every rule of every table: something that triggers it, and a near case that does not (tests/data/rules/cases.json).
/// The catalogue's ids (catalogue.json) all have one. A case is a sample with edits, perhaps walked with something broken on
/// the way, or files, or a pasted text, or a fault that names the rule.
class EveryRuleTest : public QObject
{
    Q_OBJECT

private slots:
    void catalogueIsCovered();
    void severitiesAreTheCatalogues_data();
    void severitiesAreTheCatalogues();
    void casesAreOfRules();
    void triggers_data() { rows(); }
    void triggers();
    void nearCase_data() { rows(); }
    void nearCase();
    void everyFindingIsWhole_data() { rows(); }
    void everyFindingIsWhole();

private:
    void rows();
};

namespace {

json::Document dataFile(const QString& name)
{
    QFile file(QStringLiteral(TESTS_DIR "/data/rules/") + name);
    return file.open(QIODevice::ReadOnly) ? json::Document::parse(file.readAll()).value_or(json::Document()) : json::Document();
}

const json::Document& cases()
{
    static const json::Document document = dataFile(u"cases.json"_s);
    return document;
}

/// "@apps/blueprint/credentials/0": the entry of that name.
QString pointerIn(const setup::Setup& setup, QString pointer)
{
    if (!pointer.startsWith(u'@'))
        return pointer;
    const QStringList parts = pointer.sliced(1).split(u'/');
    int index = 0;
    for (json::Value each = setup.document.root()[parts[0].toUtf8()].first(); each; each = each.next(), ++index)
        if (each["name"].text() == parts[1] || each["id"].text() == parts[1])
            return u'/' + parts[0] + u'/' + QString::number(index) + (parts.size() > 2 ? QString(u'/' + parts.sliced(2).join(u'/')) : QString());
    return u"/nowhere"_s;
}

setup::Setup setupOf(const json::Value& given)
{
    setup::Setup setup = setup::sample(given["sample"].text()).value();
    for (json::Value edit = given["edits"].first(); edit; edit = edit.next()) {
        auto next = setup::edited(setup, pointerIn(setup, edit["at"].text()), edit["value"].raw());
        if (!next)
            qFatal("%s: %s", qPrintable(edit["at"].text()), qPrintable(next.error().text + next.error().where));
        setup = std::move(*next);
    }
    return setup;
}

void setFields(Stage& stage, const json::Value& act)
{
    for (json::Value field = act["fields"].first(); field; field = field.next())
        for (flow::Step& step : stage.flow.steps)
            for (QList<flow::Field>* list : {&step.query, &step.body})
                for (qsizetype i = list->size() - 1; i >= 0; --i) {
                    if (list->at(i).name != field.key())
                        continue;
                    if (field.isNull())
                        list->removeAt(i);
                    else
                        (*list)[i].value = flow::literal(field.bytes().toByteArray());
                }
}

/// What happens on the way: claims changed, steps' fields changed, one answer replaced.
void perform(Stage& stage, const json::Value& act)
{
    stage.forge = act["forge"].boolean();
    for (json::Value slot = act["overlay"].first(); slot; slot = slot.next())
        for (json::Value claim = slot.first(); claim; claim = claim.next())
            stage.overlay(slot.keyText(), claim.key().toByteArray(), claim.isNull() ? QByteArray() : claim.raw().toByteArray());
    setFields(stage, act);
    if (act["walk"].isString())
        stage.walk(act["walk"].text());
    else if (act["walk"].boolean())
        stage.walk();
    const json::Value answer = act["receive"];
    if (!answer)
        return;
    http::Response response {.status = int(answer["status"].integer().value_or(200)), .body = answer["body"].text().toUtf8()};
    if (answer["query"])
        response.headers = {{"Location", stage.known.redirectUri + '?' + answer["query"].text().replace(u"$state"_s, QString::fromUtf8(stage.known.state)).toUtf8()}};
    std::optional<http::Failure> failure;
    if (answer["failure"])
        failure = http::Failure {http::Failure::Kind::Timeout, answer["failure"].text()};
    const bool answered = !answer["failure"] && !answer["error"];
    flow::StepRecord& record = stage.receive(answer["step"].text(), answered ? std::optional(response) : std::nullopt, failure);
    if (answer["open"].boolean()) // the receiver's own verdict was none
        record.truth = record.predicted;
    if (answer["milliseconds"])
        record.exchange.timings.finished = double(*answer["milliseconds"].integer());
    if (const auto ahead = answer["clockAhead"].integer())
        record.exchange.response->headers.append({"Date", http::httpDate(std::time_t(base::epochSeconds(record.exchange.started) + *ahead))});
    if (answer["error"])
        record.error = base::Error {answer["error"].text(), u"The keychain has no such secret."_s, {}};
}

diagnosis::SourceSet filesOf(const json::Value& given)
{
    static constexpr std::pair<const char*, diagnosis::Tracking> states[] {{"tracked", diagnosis::Tracking::Tracked}, {"untracked", diagnosis::Tracking::Untracked},
        {"ignored", diagnosis::Tracking::Ignored}, {"open", diagnosis::Tracking::Open}};
    QList<diagnosis::SourceFile> files;
    for (json::Value file = given.first(); file; file = file.next()) {
        diagnosis::SourceFile each {file["path"].text(), file["text"].text().toUtf8()};
        for (const auto& [name, state] : states)
            if (file["tracking"].text() == QLatin1StringView(name))
                each.tracking = state;
        files.append(each);
    }
    return diagnosis::SourceSet(files);
}

QList<base::Finding> findingsOf(const json::Value& given)
{
    if (given["files"] && given["sample"]) {
        const setup::Setup setup = setupOf(given);
        const diagnosis::SourceSet files = filesOf(given["files"]);
        return diagnosis::lint({.setup = setup, .now = Stage(setup).now, .files = &files});
    }
    if (given["files"])
        return diagnosis::lintFiles(filesOf(given["files"]));
    if (given["text"])
        return diagnosis::inspect(given["text"].text().toUtf8(), {}).findings;
    Stage stage(setupOf(given), given["flow"].text());
    if (!given["act"] && !given["flow"])
        return stage.setupFindings();
    perform(stage, given["act"]);
    return stage.findings();
}

/// A fault names the rule, and where it changes the setup, it can be applied to one of the samples.
bool faultNames(const QString& id, const QString& rule)
{
    const lab::Fault* fault = lab::fault(id);
    if (!fault || rule != QLatin1StringView(fault->finding))
        return false;
    const QStringList samples = setup::sampleIds();
    return std::ranges::any_of(samples, [&](const QString& sample) {
        const setup::Setup setup = setup::sample(sample).value();
        const bool shows = std::ranges::any_of(setup.flows, [&](const setup::FlowSpec& flow) { return lab::showsIn(*fault, setup, flow); });
        return shows && (!fault->apply || lab::faulted(setup, {id}));
    });
}

/// The first case of a rule, and more: other sides of it, each with a near case of its own.
QList<json::Value> casesOf(const QString& rule)
{
    const json::Value first = cases().root()[rule.toLatin1()];
    QList<json::Value> all {first};
    for (json::Value each = first["more"].first(); each; each = each.next())
        all.append(each);
    return all;
}

QString idsOf(const QList<base::Finding>& findings) { return Stage::ids(findings, base::Severity::Info).join(u' '); }

} // namespace

void EveryRuleTest::rows()
{
    QTest::addColumn<QString>("rule");
    for (const diagnosis::Rule* rule : diagnosis::rules())
        QTest::newRow(rule->id) << QString::fromLatin1(rule->id);
}

void EveryRuleTest::catalogueIsCovered()
{
    const json::Document catalogue = dataFile(u"catalogue.json"_s);
    QVERIFY(catalogue.root()["ids"].size() > 80);
    QStringList missing;
    for (json::Value row = catalogue.root()["ids"].first(); row; row = row.next())
        if (!diagnosis::rule(row["id"].text()))
            missing.append(row["id"].text());
    QCOMPARE(missing, QStringList());
}

void EveryRuleTest::severitiesAreTheCatalogues_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QStringList>("severities");
    static const json::Document catalogue = dataFile(u"catalogue.json"_s);
    for (json::Value row = catalogue.root()["ids"].first(); row; row = row.next()) {
        QStringList severities;
        for (json::Value each = row["severities"].first(); each; each = each.next())
            severities.append(each.text());
        QTest::newRow(row["id"].text().toLatin1().constData()) << row["id"].text() << severities;
    }
}

/// A case may say why its severity is another one: "weaker" names the reason.
void EveryRuleTest::severitiesAreTheCatalogues()
{
    QFETCH(QString, rule);
    QFETCH(QStringList, severities);
    for (const json::Value& each : casesOf(rule)) {
        const json::Value given = each["trigger"];
        for (const base::Finding& found : given["fault"] ? QList<base::Finding>() : findingsOf(given))
            if (found.rule == rule && each["weaker"].text().isEmpty())
                QVERIFY2(severities.contains(base::severityName(found.severity)), qPrintable(found.title));
    }
}

void EveryRuleTest::casesAreOfRules()
{
    for (json::Value each = cases().root().first(); each; each = each.next())
        QVERIFY2(diagnosis::rule(each.keyText()), qPrintable(each.keyText()));
}

void EveryRuleTest::triggers()
{
    QFETCH(QString, rule);
    for (const json::Value& each : casesOf(rule)) {
        const json::Value given = each["trigger"];
        QVERIFY2(given, "no case triggers this rule");
        if (given["fault"]) {
            QVERIFY2(faultNames(given["fault"].text(), rule), qPrintable(given["fault"].text()));
            continue;
        }
        const QList<base::Finding> findings = findingsOf(given);
        QVERIFY2(std::ranges::any_of(findings, [&](const base::Finding& f) { return f.rule == rule; }), qPrintable(given.pointer() + u": "_s + idsOf(findings)));
    }
}

void EveryRuleTest::nearCase()
{
    QFETCH(QString, rule);
    for (const json::Value& each : casesOf(rule)) {
        const json::Value given = each["near"];
        QVERIFY2(given, "no near case");
        const QList<base::Finding> findings = findingsOf(given);
        QVERIFY2(std::ranges::none_of(findings, [&](const base::Finding& f) { return f.rule == rule; }), qPrintable(given.pointer() + u": "_s + idsOf(findings)));
    }
}

/// Sentences without gaps, a fix, and a place: in the setup, in the run or in a file.
void EveryRuleTest::everyFindingIsWhole()
{
    QFETCH(QString, rule);
    const json::Value given = cases().root()[rule.toLatin1()]["trigger"];
    const QList<base::Finding> findings = given["fault"] ? QList<base::Finding>() : findingsOf(given);
    for (const base::Finding& each : findings) {
        if (each.rule != rule)
            continue;
        QVERIFY(!each.title.isEmpty() && !each.text.isEmpty() && !each.fix.isEmpty() && !each.place.isEmpty());
        for (const char* gap : {"{object}", "{presented}", "{expected}", "{receiver}", "{step}", "{check}", "{near}"})
            QVERIFY2(!QString(each.title + each.text + each.fix).contains(QLatin1StringView(gap)), qPrintable(each.title));
        QVERIFY2(!each.title.contains(u"  "_s) && !each.title.startsWith(u' ') && !each.title.startsWith(u':'), qPrintable(each.title));
    }
}

QTEST_GUILESS_MAIN(EveryRuleTest)
#include "tst_everyrule.moc"
