// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/report/alignment.h"
#include "core/report/difference.h"

#include "core/base/jsonwriter.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// "id METHOD url body": a step as a run records it. Without a method it was never sent. Lists of them are separated by ";".
QByteArray run(const QString& steps, const QString& against, const QByteArray& findings = "[]")
{
    json::Writer out;
    out.beginObject().text("schema", u"run"_s).number("version", 1).text("against", against).beginArray("steps");
    for (const QString& each : steps.split(u';', Qt::SkipEmptyParts)) {
        const QStringList words = each.trimmed().split(u' ');
        out.beginObject().text("id", words.value(0)).text("title", u"Step"_s).text("state", u"accepted"_s);
        out.beginObject("parties").beginObject("from").text("kind", u"app"_s).endObject().beginObject("to").text("kind", u"issuer"_s).endObject().endObject();
        if (words.size() > 2)
            out.beginObject("request").text("method", words[1]).text("url", u"https:"_s + words[2]).beginArray("headers").endArray().text("body", words.value(3)).endObject();
        else
            out.null("request");
        out.beginArray("tokens").endArray().endObject();
    }
    out.endArray().raw("findings", findings).endObject();
    return out.done();
}

/// "id=id id=- -=id"
QString shown(const report::RunDifference& difference)
{
    QStringList out;
    for (const report::StepDifference& step : difference.steps)
        out.append((step.leftId.isEmpty() ? u"-"_s : step.leftId) + u'=' + (step.rightId.isEmpty() ? u"-"_s : step.rightId));
    return out.join(u' ');
}

} // namespace

class AlignmentTest : public QObject
{
    Q_OBJECT

private slots:
    void aligned_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("against");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("rightAgainst");
        QTest::addColumn<QString>("expected");
        const QString lab = u"lab"_s, file = u"file"_s, live = u"live"_s;
        QTest::newRow("ids decide between derived runs, whatever was asked")
            << u"a POST //x/token grant_type=c; b POST //x/other"_s << lab << u"a POST //x/wrong; b POST //x/token grant_type=c"_s << live << u"a=a b=b"_s;
        QTest::newRow("derived ids whose order changed") << u"a; b"_s << lab << u"b; a"_s << lab << u"a=a b=b"_s;
        QTest::newRow("a step that never went out") << u"a POST //x/token; b POST //x/call"_s << lab << u"a POST //x/token; b"_s << lab << u"a=a b=b"_s;
        QTest::newRow("a lab's names beside those of a recording")
            << u"token-as-app POST //127.0.0.1:4/aaaa/oauth2/v2.0/token grant_type=client_credentials; send-message POST //127.0.0.1:5/v1/messages {}"_s << lab
            << u"client-credentials POST //login.example/contoso.example/oauth2/v2.0/token grant_type=client_credentials; call POST //api.example/v1/messages {}"_s << file
            << u"token-as-app=client-credentials send-message=call"_s;
        QTest::newRow("one address, told apart by the grant")
            << u"redeem POST //x/token grant_type=authorization_code; exchange POST //x/token grant_type=token-exchange"_s << lab
            << u"first POST //x/token grant_type=token-exchange"_s << file << u"redeem=- exchange=first"_s;
        QTest::newRow("the blueprint's request has a path to the agent")
            << u"as-blueprint POST //x/token grant_type=c&fmi_path=agent-1; as-agent POST //x/token grant_type=c"_s << lab
            << u"p POST //x/token grant_type=c&fmi_path=agent-2; q POST //x/token grant_type=c"_s << file << u"as-blueprint=p as-agent=q"_s;
        QTest::newRow("a recording's number is not its step")
            << u"call GET //x/mail; call-2 GET //x/files"_s << file << u"call GET //y/files"_s << file << u"call=- call-2=call"_s;
        QTest::newRow("objects in a path are names")
            << u"a GET //x/users/00000000-0000-0000-0000-000000000001/mail"_s << file << u"b GET //x/users/00000000-0000-0000-0000-00000000000a/mail"_s << file << u"a=b"_s;
        QTest::newRow("what is in one alone stands where it happened")
            << u"a GET //x/1; b GET //x/2; c GET //x/3"_s << file << u"k GET //x/keys; a GET //x/1; n GET //x/new; c GET //x/3"_s << file << u"-=k a=a b=- -=n c=c"_s;
        QTest::newRow("a call that was made again") << u"t GET //x/t; u GET //x/u"_s << file << u"p GET //x/t; q GET //x/t; r GET //x/u"_s << file << u"t=p -=q u=r"_s;
        QTest::newRow("tools of one server are told apart")
            << QString(u"l POST //x/mcp {\"method\":\"tools/list\"}; c POST //x/mcp {\"method\":\"tools/call\"}"_s) << lab << QString(u"call POST //x/mcp {\"method\":\"tools/call\"}"_s) << file << u"l=- c=call"_s;
        QTest::newRow("nothing beside something") << QString() << lab << u"a GET //x/1"_s << file << u"-=a"_s;
        QTest::newRow("nothing in common") << u"a GET //x/1"_s << lab << u"b POST //x/1"_s << file << u"a=- -=b"_s;
    }
    void aligned()
    {
        QFETCH(QString, left);
        QFETCH(QString, against);
        QFETCH(QString, right);
        QFETCH(QString, rightAgainst);
        QFETCH(QString, expected);
        const json::Document one = json::Document::read(run(left, against)), other = json::Document::read(run(right, rightAgainst));
        const report::RunDifference difference = report::difference(one.root(), other.root());
        QCOMPARE(shown(difference), expected);
        // The other way round it is the same pairs.
        const report::RunDifference back = report::difference(other.root(), one.root());
        for (const report::StepDifference& step : difference.steps)
            QCOMPARE(back.steps.value(back.indexOf(step.leftId.isEmpty() ? step.rightId : step.leftId, !step.leftId.isEmpty())).rightId, step.leftId);
    }

    void hundredsOfSteps()
    {
        QString left, right;
        for (int i = 0; i < 600; ++i) {
            left += u"l%1 GET //x/%1;"_s.arg(i);
            right += i % 3 ? u"r%1 GET //y/%1;"_s.arg(i) : QString();
        }
        const report::RunDifference difference = report::difference(json::Document::read(run(left, u"lab"_s)).root(), json::Document::read(run(right, u"file"_s)).root());
        QCOMPARE(difference.steps.size(), 600);
        for (const report::StepDifference& step : difference.steps)
            QCOMPARE(step.rightId, step.leftId.mid(1).toInt() % 3 ? u'r' + step.leftId.mid(1) : QString());
    }

    void findingsOfOneRunAlone_data()
    {
        QTest::addColumn<QString>("left");  ///< "RULE step claim", separated by ";"
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("onlyLeft");
        QTest::addColumn<QString>("onlyRight");
        QTest::newRow("none") << QString() << QString() << QString() << QString();
        QTest::newRow("the same") << u"R a aud"_s << u"R x aud"_s << QString() << QString();
        QTest::newRow("another rule") << u"R a aud"_s << u"S x aud"_s << u"R"_s << u"S"_s;
        QTest::newRow("another claim") << u"R a aud"_s << u"R x iss"_s << u"R"_s << u"R"_s;
        QTest::newRow("at a step that the other has not") << u"R b aud"_s << u"R x aud"_s << u"R"_s << u"R"_s;
        QTest::newRow("two of a kind are two") << u"R a aud;R a aud"_s << u"R x aud"_s << u"R"_s << QString();
        QTest::newRow("of the setup") << u"R - -;S - -"_s << u"S - -"_s << u"R"_s << QString();
    }
    void findingsOfOneRunAlone()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, onlyLeft);
        QFETCH(QString, onlyRight);
        const auto findings = [](const QString& list) {
            json::Writer out;
            out.beginArray();
            for (const QString& each : list.split(u';', Qt::SkipEmptyParts)) {
                const QStringList words = QString(each).replace(u"-"_s, QString()).split(u' ');
                out.beginObject().text("rule", words[0]).text("severity", u"error"_s).text("title", u"T"_s).beginObject("place").textIf("step", words[1]).textIf("claim", words[2]).endObject().endObject();
            }
            return out.endArray().done();
        };
        const auto rules = [](const QList<base::Finding>& list) {
            QStringList out;
            for (const base::Finding& f : list)
                out.append(f.rule);
            return out.join(u' ');
        };
        const report::RunDifference found = report::difference(json::Document::read(run(u"a GET //x/1; b GET //x/2"_s, u"lab"_s, findings(left))).root(),
            json::Document::read(run(u"x GET //y/1"_s, u"file"_s, findings(right))).root());
        QCOMPARE(rules(found.findings.onlyLeft), onlyLeft);
        QCOMPARE(rules(found.findings.onlyRight), onlyRight);
        const json::Document written = json::Document::read(report::differenceJson(found));
        QCOMPARE(written.find(u"/findings/onlyLeft").size(), found.findings.onlyLeft.size());
        QCOMPARE(written.find(u"/findings/onlyRight").size(), found.findings.onlyRight.size());
        QCOMPARE(report::differenceText(found).contains(u"Findings of the left run alone"_s), !onlyLeft.isEmpty());
        QCOMPARE(report::differenceText(found).contains(u"Findings of the right run alone"_s), !onlyRight.isEmpty());
    }

    void placesGoAcross()
    {
        report::RunDifference difference;
        difference.steps = {{.id = u"token"_s, .leftId = u"token"_s, .rightId = u"call"_s, .tokens = {{u"T1"_s, u"T4"_s}}}, {.id = u"more"_s, .leftId = u"more"_s}};
        const base::Place left {.step = u"token"_s, .part = u"token:T1"_s, .claim = u"aud"_s}, right {.step = u"call"_s, .part = u"token:T4"_s, .claim = u"aud"_s};
        QCOMPARE(difference.across(left, false), right);
        QCOMPARE(difference.across(right, true), left);
        QVERIFY(difference.across({.step = u"more"_s}, false).step.isEmpty());
    }
};

QTEST_GUILESS_MAIN(AlignmentTest)

#include "tst_alignment.moc"
