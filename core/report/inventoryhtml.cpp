// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inventory.h"

#include "core/report/htmlpage_p.h"
#include "core/report/review.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::AgentRecord;
using diagnosis::Known;

constexpr auto style = R"(
body{font:14px/1.4 system-ui,sans-serif}main{max-width:1280px;padding:24px}h1{font-size:1.4em;margin:0 0 12px}
table{border-collapse:collapse;width:100%;table-layout:fixed;background:var(--surface);border:1px solid var(--line)}
th,td{text-align:left;vertical-align:top;padding:8px 10px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}thead th{font-weight:500;color:var(--text2)}
tbody th{font-weight:600}tr{break-inside:avoid}small{display:block;font-weight:400;font-size:.86em;color:var(--text2)}.tooWide{color:var(--warn)}.unknown{color:var(--text2);font-style:italic}
@page{size:A4 landscape;margin:12mm}@media print{body{font-size:10px;line-height:1.3}main{padding:0;max-width:none}}
)";

QString e(const QString& text) { return escapedHtml(text); }

QString cell(const InventoryQuestion& question, const Known& known)
{
    if (!known.known)
        return u"<td class=unknown>unknown</td>"_s;
    QString out;
    for (const diagnosis::Evidence& each : known.values)
        out += u"<p class=%1>%2 <small><code>%3</code></small></p>"_s.arg(QLatin1StringView(question.member), e(each.text), e(placeOf(each)));
    return u"<td>%1</td>"_s.arg(out.isEmpty() ? QString::fromUtf16(question.none) : out);
}

} // namespace

QByteArray inventoryHtml(const setup::Setup& setup, const QList<AgentRecord>& agents)
{
    QString out = u"<h1>Agents: %1</h1>"_s.arg(e(setup.title));
    if (agents.isEmpty())
        return htmlPage(u"Agents: "_s + setup.title, QLatin1StringView(style), out + u"<p>This setup has no agent, and nothing in it calls a target.</p>"_s);
    out += u"<table><thead><tr><th>agent</th>"_s;
    for (const InventoryQuestion& question : inventoryQuestions())
        out += u"<th>%1</th>"_s.arg(QString::fromUtf16(question.title));
    out += u"</tr></thead><tbody>"_s;
    for (const AgentRecord& agent : agents) {
        out += u"<tr><th>%1<small>%2</small></th>"_s.arg(e(agent.title), e(agentKindWords(agent.kind)));
        for (const InventoryQuestion& question : inventoryQuestions())
            out += cell(question, agent.*question.answer);
        out += u"</tr>"_s;
    }
    return htmlPage(u"Agents: "_s + setup.title, QLatin1StringView(style), out + u"</tbody></table>"_s);
}

} // namespace report
