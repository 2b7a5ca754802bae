// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "pdfreport.h"

#include "app/paper.h"
#include "core/report/svg.h"

#include <QBuffer>

#include <utility>

namespace app {

using namespace Qt::StringLiterals;
using Style = Paper::Style;

namespace {

/// A chain of hundreds of parties would be a grey bar on a page; its own picture shows it.
constexpr qsizetype mostParties = 40;

QString stateWord(const QString& state) { return state == u"skipped" ? u"not reached"_s : state; }

/// What failed of a verdict, a line each.
void failures(Paper& paper, const json::Value& checks)
{
    for (json::Value c = checks.first(); c; c = c.next()) {
        if (c["outcome"].text() != u"fail")
            continue;
        QString text = u"%1: presented %2, expected %3."_s.arg(c["title"].text(), c["presented"].text(), c["expected"].text());
        if (const json::Value near = c["near"])
            text += u" Near miss, %1: %2"_s.arg(near["kind"].text(), near["text"].text());
        if (const QString fix = c["fix"].text(); !fix.isEmpty())
            text += u" Fix: %1"_s.arg(fix);
        paper.row({{}, {text, Style::Muted}});
    }
}

void steps(Paper& paper, const json::Value& list)
{
    const QList<Paper::Column> columns {{u"#"_s, 0.5}, {u"Step"_s, 4}, {u"From"_s, 2.4}, {u"To"_s, 2.4}, {u"Outcome"_s, 1.6}, {u"Code"_s, 2, true}};
    paper.paragraph(u"Steps"_s, Style::Heading);
    paper.table(columns);
    int number = 0;
    for (json::Value step = list.first(); step; step = step.next()) {
        const QString state = step["state"].text();
        const json::Value observed = step["observed"];
        paper.row({{QString::number(++number)}, {step["title"].text()}, {step["from"].text()}, {step["to"].text()},
            {stateWord(state), state == u"accepted" ? Style::Body : Style::Strong}, {observed["code"].text()}});
    }
}

/// Why a step was refused, in the receiver's comparisons.
void refusals(Paper& paper, const json::Value& list)
{
    int number = 0;
    bool begun = false;
    for (json::Value step = list.first(); step; step = step.next()) {
        ++number;
        const QString state = step["state"].text();
        if (state != u"refused" && state != u"failed")
            continue;
        if (!std::exchange(begun, true)) {
            paper.gap(10);
            paper.paragraph(u"What failed"_s, Style::Heading);
            paper.table({{u"Step"_s, 0.6}, {u"What the receiver compared, and what it said"_s, 10}});
        }
        paper.row({{QString::number(number), Style::Strong}, {u"%1: %2 %3"_s.arg(step["title"].text(), step["observed"]["code"].text(), step["observed"]["text"].text()), Style::Strong}});
        if (const QString error = step["error"]["text"].text(); !error.isEmpty())
            paper.row({{}, {error, Style::Muted}});
        const json::Value verdict = step["truth"] ? step["truth"] : step["predicted"];
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
    paper.table({{u"Token"_s, 0.8}, {u"Asked for"_s, 3, true}, {u"Issued as aud"_s, 3, true}, {u"Receiver accepts"_s, 3, true}, {u"Outcome"_s, 1.2}});
    for (json::Value a = list.first(); a; a = a.next()) {
        QStringList accepted;
        for (json::Value v = a["accepted"].first(); v; v = v.next())
            accepted.append(v.text());
        paper.row({{a["slot"].text()}, {a["asked"].text()}, {a["issued"].text()}, {accepted.join(u", "_s)}, {a["outcome"].text()}});
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
        paper.row({{f["severity"].text(), f["severity"].text() == u"error" ? Style::Strong : Style::Body}, {f["rule"].text()}, {f["text"].text() + u' ' + f["fix"].text()}});
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
        paper.paragraph(u"Result: "_s + run["result"].text(), Style::Strong);
        paper.gap(8);
        const json::Value chain = run["chain"];
        paper.paragraph(u"Root of trust: %1. %2"_s.arg(chain["rootText"].text(), chain["rootDetail"].text()), Style::Body);
        if (chain["parties"].size() <= mostParties)
            paper.picture(report::chainSvg(run), 0.4);
        steps(paper, run["steps"]);
        refusals(paper, run["steps"]);
        audiences(paper, run["audiences"]);
        findings(paper, run["findings"]);
    }
    return pdf;
}

} // namespace app
