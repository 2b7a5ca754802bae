// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "pdfreport.h"

#include "app/paper.h"
#include "core/report/svg.h"

#include <QBuffer>


namespace app {

using namespace Qt::StringLiterals;
using Style = Paper::Style;

namespace {

/// A chain of hundreds of parties would be a grey bar on a page; its own picture shows it.
constexpr qsizetype mostParties = 40;

Paper::Cell stateCell(const QString& state)
{
    if (state == u"skipped")
        return {u"not reached"_s, Style::Muted};
    return {state, state == u"accepted" ? Style::Good : Style::Bad};
}

QString outcomeWord(const QString& outcome)
{
    if (outcome == u"pass")
        return u"accepted"_s;
    return outcome == u"fail" ? u"refused"_s : outcome == u"warning" ? u"warning"_s : u"not evaluated"_s;
}

void steps(Paper& paper, const json::Value& list)
{
    paper.gap(10);
    paper.paragraph(u"Steps"_s, Style::Heading);
    paper.table({{u"#"_s, 0.5}, {u"Step"_s, 4}, {u"From"_s, 2.4}, {u"To"_s, 2.4}, {u"Outcome"_s, 1.8}, {u"Code"_s, 2.2, true}});
    int number = 0;
    for (json::Value step = list.first(); step; step = step.next())
        paper.row({{QString::number(++number)}, {step["title"].text()}, {step["from"].text()}, {step["to"].text()}, stateCell(step["state"].text()), {step["observed"]["code"].text()}});
}

bool anyFailed(const json::Value& checks)
{
    for (json::Value c = checks.first(); c; c = c.next())
        if (c["outcome"].text() == u"fail")
            return true;
    return false;
}

/// The comparisons that failed, a row each.
void failures(Paper& paper, const json::Value& checks)
{
    for (json::Value c = checks.first(); c; c = c.next()) {
        if (c["outcome"].text() != u"fail")
            continue;
        QString why = c["relation"].text();
        if (const json::Value near = c["near"])
            why = u"Near miss, %1: %2"_s.arg(near["kind"].text(), near["text"].text());
        if (const QString fix = c["fix"].text(); !fix.isEmpty())
            why += u" Fix: %1"_s.arg(fix);
        paper.row({{c["title"].text(), Style::Strong}, {c["presented"].text()}, {c["expected"].text()}, {why}});
    }
}

/// What the receiver said, in its words; its code alone where it said no more.
QString saidBy(const json::Value& step)
{
    const QString code = step["observed"]["code"].text(), text = step["observed"]["text"].text(), error = step["error"]["text"].text();
    const QString said = text.contains(code) ? text : QString(code + u' ' + text);
    return error.isEmpty() ? said : QString(said + u' ' + error).trimmed();
}

/// Why a step was refused: what was said, and the receiver's comparisons.
void refusals(Paper& paper, const json::Value& list)
{
    int number = 0;
    for (json::Value step = list.first(); step; step = step.next()) {
        ++number;
        const QString state = step["state"].text();
        if (state != u"refused" && state != u"failed")
            continue;
        paper.gap(10);
        paper.paragraph(u"Step %1 was %2: %3"_s.arg(number).arg(state, step["title"].text()), Style::Heading);
        paper.paragraph(saidBy(step), Style::Muted);
        const json::Value verdict = step["truth"] ? step["truth"] : step["predicted"];
        if (!anyFailed(verdict["checks"]) && !anyFailed(step["clientChecks"]))
            continue;
        paper.table({{u"Compared"_s, 1.8}, {u"Presented"_s, 3, true}, {u"Expected"_s, 3, true}, {u"Why, and what to do"_s, 4}});
        failures(paper, verdict["checks"]);
        failures(paper, step["clientChecks"]);
    }
}

void audiences(Paper& paper, const json::Value& list)
{
    if (list.size() == 0)
        return;
    paper.gap(10);
    paper.paragraph(u"Audiences"_s, Style::Heading);
    paper.table({{u"Token"_s, 0.8}, {u"Asked for"_s, 3, true}, {u"Issued as aud"_s, 3, true}, {u"Receiver accepts"_s, 3, true}, {u"Outcome"_s, 1.5}});
    for (json::Value a = list.first(); a; a = a.next()) {
        QStringList accepted;
        for (json::Value v = a["accepted"].first(); v; v = v.next())
            accepted.append(v.text());
        paper.row({{a["slot"].text()}, {a["asked"].text()}, {a["issued"].text()}, {accepted.join(u", "_s)}, {outcomeWord(a["outcome"].text())}});
    }
}

void findings(Paper& paper, const json::Value& list)
{
    paper.gap(10);
    paper.paragraph(u"Findings"_s, Style::Heading);
    if (list.size() == 0)
        return paper.paragraph(u"No findings."_s, Style::Body);
    paper.table({{u"Severity"_s, 1.2}, {u"Rule"_s, 3, true}, {u"What, and what to do"_s, 8}});
    for (json::Value f = list.first(); f; f = f.next())
        paper.row({{f["severity"].text(), f["severity"].text() == u"error" ? Style::Bad : Style::Body}, {f["rule"].text()}, {f["text"].text() + u' ' + f["fix"].text()}});
}

} // namespace

QByteArray pdfReport(const json::Value& run)
{
    if (run["steps"].size() == 0)
        return {};
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    {
        Paper paper(buffer, u"Trustwalk: "_s + run["flowTitle"].text());
        paper.paragraph(run["flowTitle"].text(), Style::Title);
        paper.paragraph(u"%1, against the %2, %3. Redacted: signatures, secrets and codes are left out."_s
                            .arg(run["setupTitle"].text(), run["against"].text(), run["made"].text()), Style::Muted);
        const QString result = run["result"].text();
        paper.paragraph(u"Result: "_s + result, result == u"accepted" ? Style::Good : Style::Bad);
        paper.gap(8);
        const json::Value chain = run["chain"];
        if (chain["parties"].size() <= mostParties)
            paper.picture(report::chainSvg(run), 0.4);
        else
            paper.paragraph(u"Root of trust: %1. %2"_s.arg(chain["rootText"].text(), chain["rootDetail"].text()), Style::Body);
        refusals(paper, run["steps"]);
        steps(paper, run["steps"]);
        findings(paper, run["findings"]);
        audiences(paper, run["audiences"]);
    }
    return pdf;
}

} // namespace app
