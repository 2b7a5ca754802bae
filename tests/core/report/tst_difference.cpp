// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules.h"
#include "core/report/bundle.h"
#include "core/report/difference.h"
#include "core/report/sarif.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// One step of a run, with places for what differs.
QByteArray step()
{
    QFile file(QStringLiteral(TESTS_DIR "/data/report/step.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

struct Values
{
    QByteArray state = "accepted", port = "41000", scope = "read", status = "200", aud = "api", iat = "1", mark = "aaaaaaaabbbbbbbb", check = "pass";
};

json::Document run(const Values& v, const QByteArray& more = {})
{
    QByteArray text = step();
    text.replace("%STATE%", v.state).replace("%PORT%", v.port).replace("%SCOPE%", v.scope).replace("%STATUS%", v.status).replace("%AUD%", v.aud)
        .replace("%IAT%", v.iat).replace("%MARK%", v.mark).replace("%CHECK%", v.check);
    return json::Document::parse(R"({"schema":"run","version":1,"setup":"s","flow":"f","flowTitle":"F","against":"lab","result":"accepted","steps":[)" + text + more + R"(],"findings":[]})").value();
}

} // namespace

class DifferenceTest : public QObject
{
    Q_OBJECT

private slots:
    void differences_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QString>("place"); ///< empty: nothing that stays
        QTest::newRow("nothing") << QByteArray() << QString();
        QTest::newRow("another port of the lab") << QByteArray("port") << QString();
        QTest::newRow("times") << QByteArray("iat") << QString();
        QTest::newRow("another token of the same kind") << QByteArray("mark") << QString();
        QTest::newRow("scope") << QByteArray("scope") << u"request field scope"_s;
        QTest::newRow("audience") << QByteArray("aud") << u"claim aud of T1"_s;
        QTest::newRow("check") << QByteArray("check") << u"check subject"_s;
        QTest::newRow("status") << QByteArray("status") << u"status"_s;
        QTest::newRow("state") << QByteArray("state") << u"state"_s;
    }
    void differences()
    {
        QFETCH(QByteArray, member);
        QFETCH(QString, place);
        Values other;
        const std::array members {std::pair {"port", &other.port}, std::pair {"iat", &other.iat}, std::pair {"mark", &other.mark}, std::pair {"scope", &other.scope},
            std::pair {"aud", &other.aud}, std::pair {"check", &other.check}, std::pair {"status", &other.status}, std::pair {"state", &other.state}};
        const std::array values {"50123", "99", "ccccccccdddddddd", "write", "other", "fail", "400", "refused"};
        for (size_t i = 0; i < members.size(); ++i)
            if (member == members[i].first)
                *members[i].second = values[i];
        const json::Document left = run({}), right = run(other);
        const report::RunDifference found = report::difference(left.root(), right.root());
        QCOMPARE(found.differs(), !place.isEmpty());
        if (place.isEmpty()) {
            QVERIFY(report::explained(found).whatHappens.isEmpty());
            return;
        }
        QVERIFY2(found.first.contains(place), qPrintable(found.first));
        QVERIFY(found.first.startsWith(u"Step 1, Redeem the code: "_s));
        // Each kind of difference says why it matters, on paper and in JSON.
        const catalog::Explanation why = report::explained(found);
        QVERIFY(!why.whatHappens.isEmpty() && !why.next.isEmpty());
        QCOMPARE(json::Document::read(report::differenceJson(found)).find(u"/explain/why").text(), why.whatHappens);
        QVERIFY(report::differenceText(found).contains(QString(why.whatHappens).remove(u'`')));
    }

    void aFailDecides_data()
    {
        QTest::addColumn<QByteArray>("left"); ///< the checks of each run, in order
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QString>("first");
        QTest::addColumn<bool>("decided");
        QTest::newRow("a fail comes before what was not made then") << QByteArray("signature:pass issuer:pass") << QByteArray("issuer:fail") << u"check issuer passes on the left and fails on the right."_s << true;
        QTest::newRow("also where the other run made no such check") << QByteArray("form:pass") << QByteArray("place:fail") << u"check place is not made on the left and fails on the right."_s << true;
        QTest::newRow("in their order where two fail") << QByteArray("a:pass b:pass") << QByteArray("a:fail b:fail") << u"check a passes on the left and fails on the right."_s << true;
        QTest::newRow("not evaluated is not made") << QByteArray("a:pass b:pass") << QByteArray("a:notEvaluated b:fail") << u"check b passes on the left and fails on the right."_s << true;
        QTest::newRow("a warning refuses nothing") << QByteArray("a:pass b:pass") << QByteArray("a:pass b:warning") << u"check b passes on the left and gives a warning on the right."_s << false;
        QTest::newRow("nor does a check that is missing") << QByteArray("a:pass b:pass") << QByteArray("a:pass") << u"check b passes on the left and is not made on the right."_s << false;
    }
    void aFailDecides()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QString, first);
        QFETCH(bool, decided);
        const auto with = [](const QByteArray& checks) {
            QByteArrayList written;
            for (const QByteArray& check : checks.split(' '))
                written.append("{\"id\":\"" + check.split(':').front() + "\",\"title\":\"t\",\"expected\":\"x\",\"presented\":\"y\",\"outcome\":\"" + check.split(':').back() + "\",\"source\":\"s\"}");
            return json::Document::parse(run({}).with(u"/steps/0/predicted/checks"_s, QByteArray('[' + written.join(',') + ']'))->source()).value();
        };
        const json::Document one = with(left), other = with(right);
        const report::RunDifference found = report::difference(one.root(), other.root());
        QVERIFY2(found.first.endsWith(first), qPrintable(found.first));
        const QString why = report::explained(found).whatHappens;
        QVERIFY(!why.isEmpty());
        QCOMPARE(why.contains(u"This decided"_s), decided);
    }

    /// What both runs took from the same earlier step is new in each: where it came from, not what it is called, says so.
    void whatAnEarlierStepGaveMoves_data()
    {
        QTest::addColumn<QByteArray>("left"); ///< origin of client_id
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<bool>("differs");
        QTest::newRow("both registered") << QByteArray("reply: client_id") << QByteArray("reply: client_id") << false;
        QTest::newRow("both from a token") << QByteArray("T1") << QByteArray("T1") << false;
        QTest::newRow("both from the setup") << QByteArray("setup") << QByteArray("setup") << true;
        QTest::newRow("one registered") << QByteArray("reply: client_id") << QByteArray("setup") << true;
    }
    void whatAnEarlierStepGaveMoves()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(bool, differs);
        const auto with = [](const QByteArray& origin, const QByteArray& client) {
            const auto body = run({}).with(u"/steps/0/request/body"_s, QByteArray("\"client_id=" + client + '"'));
            const auto origins = body->with(u"/steps/0/origins"_s, QByteArray("[{\"part\":\"body\",\"name\":\"client_id\",\"from\":\"" + origin + "\"}]"));
            return json::Document::parse(origins->with(u"/steps/0/tokens/0/claims/azp"_s, QByteArray('"' + client + '"'))->source()).value();
        };
        const json::Document one = with(left, "c-one"), other = with(right, "c-two");
        const report::RunDifference found = report::difference(one.root(), other.root());
        QVERIFY2(found.differs() == differs, qPrintable(found.first));
    }

    void aStepOfOneRunAlone()
    {
        const json::Document left = run({}), right = run({}, R"(,{"id":"more","title":"More","state":"accepted","tokens":[]})");
        const report::RunDifference found = report::difference(left.root(), right.root());
        QCOMPARE(found.first, u"Step 2, More: only the right run has it."_s);
        QVERIFY(!report::explained(found).whatHappens.isEmpty());
        QVERIFY(json::Document::parse(report::differenceJson(found)));
        QVERIFY(report::differenceText(found).contains(u"not there"_s));
    }

    void aBundleNamesNobody()
    {
        const json::Document whole = run({});
        const QByteArray text = report::bundle(whole.root(), {});
        QVERIFY(!text.contains("Alice"));
        QVERIFY(!text.contains("alice@"));
        QCOMPARE(text.count("person-1"), 1 + text.count("person-1@"));
        const auto bundle = json::Document::parse(text);
        QVERIFY(bundle);
        const auto inside = report::runIn(bundle->root());
        QVERIFY(inside);
        QVERIFY(!report::difference((*inside), run({}).root()).steps.isEmpty());
        QVERIFY(bundle->find(u"/receipt/placesReplaced").integer().value() >= 2);
    }

    void equalPeopleHaveEqualPseudonyms()
    {
        const json::Document whole = run({}, R"(,{"id":"b","title":"B","state":"accepted","tokens":[{"slot":"T2","claims":{"iss":"i","preferred_username":"alice@contoso.example"}}],"note":"asked for alice%40contoso.example"})");
        const QByteArray text = report::bundle(whole.root(), {});
        QVERIFY(!text.contains("alice"));
        QVERIFY(text.count("@redacted.example") >= 2);
    }

    void otherDocumentsAreNoRuns_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"{}", "[]", "{\"schema\":\"run\"}", "{\"schema\":\"run\",\"version\":2}", "{\"schema\":\"bundle\",\"version\":1}"})
            QTest::newRow(text) << QByteArray(text);
    }
    void otherDocumentsAreNoRuns()
    {
        QFETCH(QByteArray, text);
        const auto document = json::Document::parse(text);
        QCOMPARE(report::runIn(document->root()).error().code, u"not-a-run"_s);
    }

    void sarifHasRulesPlacesAndFingerprints()
    {
        const auto setup = json::Document::parse("{\n \"apps\": [\n  {\"name\": \"a\"},\n  {\"name\": \"b\"}\n ]\n}");
        base::Finding finding {.rule = u"ID-FIC-CASE"_s, .severity = base::Severity::Error, .title = u"T"_s, .text = u"text"_s, .fix = u"fix"_s, .place = {.pointer = u"/apps/1/name"_s}};
        const auto sarif = json::Document::parse(report::sarif({finding, finding}, *setup, u"dir/my setup.json"_s));
        QVERIFY(sarif);
        QCOMPARE(sarif->find(u"/version").text(), u"2.1.0"_s);
        QCOMPARE(sarif->find(u"/runs/0/tool/driver/rules").size(), 1);
        QCOMPARE(sarif->find(u"/runs/0/results").size(), 2);
        QCOMPARE(sarif->find(u"/runs/0/results/0/locations/0/physicalLocation/region/startLine").integer().value(), 4);
        QCOMPARE(sarif->find(u"/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri").text(), u"dir/my%20setup.json"_s);
        // What is said of the rule is true of each of its findings.
        const json::Value rule = sarif->find(u"/runs/0/tool/driver/rules/0"_s);
        QVERIFY(rule["shortDescription"]["text"].text() != u"T"_s);
        // The same entry at another place of its list is still the same finding.
        const auto moved = json::Document::parse("{\"apps\": [{\"name\": \"b\"}]}");
        const QString before = report::findingFingerprint(finding, *setup);
        finding.place.pointer = u"/apps/0/name"_s;
        QCOMPARE(report::findingFingerprint(finding, *moved), before);
        QVERIFY(report::findingFingerprint(finding, *setup) != before);
    }

    void sarifOfEveryRuleIsWhole()
    {
        static const QRegularExpression gap(u"[{}]|, line \\d"_s);
        for (const diagnosis::Rule* rule : diagnosis::rules()) {
            const base::Finding finding {.rule = QString::fromLatin1(rule->id), .title = u"src/a.py, line 3: b"_s, .text = u"text"_s, .fix = u"fix"_s, .place = {.step = u"call"_s}};
            const auto sarif = json::Document::parse(report::sarif({finding}, {}, {}));
            const json::Value described = sarif->find(u"/runs/0/tool/driver/rules/0"_s);
            for (const char* member : {"shortDescription", "fullDescription", "help"}) {
                const QString text = described[member]["text"].text();
                QVERIFY2(!text.isEmpty() && !text.front().isLower() && !gap.match(text).hasMatch(), qPrintable(finding.rule + u": "_s + text));
            }
            // A recording has no setup, so no file either.
            const json::Value location = sarif->find(u"/runs/0/results/0/locations/0"_s);
            QVERIFY(!location["physicalLocation"]);
            QCOMPARE(location["logicalLocations"].at(0)["fullyQualifiedName"].text(), u"call"_s);
        }
    }
};

QTEST_GUILESS_MAIN(DifferenceTest)

#include "tst_difference.moc"
