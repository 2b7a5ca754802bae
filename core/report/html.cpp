// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "html.h"

#include "core/base/text.h"
#include "core/chain/words.h"
#include "core/report/htmlpage_p.h"
#include "core/report/text.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

namespace {

constexpr auto style = R"(
body{font:15px/1.5 system-ui,sans-serif}
main{max-width:1080px;padding:32px 24px}h1{font-size:1.5em;margin:0 0 4px}h2{font-size:1.15em;margin:32px 0 8px}
h3{font-size:1em;margin:0}p{margin:4px 0}code,td.v{font-size:.93em}td.v{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
section.step{background:var(--surface);border:1px solid var(--line);border-radius:5px;margin:12px 0;overflow:hidden}
section.step>header{padding:12px 16px;border-left:5px solid var(--note)}section.accepted>header{border-color:var(--accept)}
section.refused>header{border-color:var(--refuse);background:var(--refuseBg)}section.failed>header{border-color:var(--warn);background:var(--warnBg)}
section.step>div,section.step>details{padding:8px 16px;border-top:1px solid var(--line)}
.word{font-weight:600}.accept,.pass,.accepted .state{color:var(--accept)}.refuse,.fail,.error,.refused .state{color:var(--refuse)}.warning,.failed .state{color:var(--warn)}
table{border-collapse:collapse;width:100%}th{font-weight:500;text-align:left;color:var(--text2)}th,td{padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child td{border-bottom:0}summary{cursor:pointer;color:var(--text2)}pre{background:var(--sunken);padding:8px;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.86em;margin:8px 0}
.near{background:var(--warnBg);color:var(--warn);border-radius:4px;padding:1px 8px;font-weight:600}.chain{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.party{background:var(--surface);border:1px solid var(--line);border-radius:5px;padding:8px 12px}
)";

QString e(const QString& text) { return escapedHtml(text); }
/// A text of several lines, whose ends and tabs are layout.
QString lines(const QString& text)
{
    QStringList out;
    for (const QStringView line : QStringView(text).split(u'\n'))
        out.append(e((line.endsWith(u'\r') ? line.chopped(1) : line).toString().replace(u'\t', u"    "_s)));
    return out.join(u'\n');
}
QString of(const json::Value& object, const char* member) { return e(object[member].text()); }

QString outcomeWord(const QString& outcome)
{
    if (outcome == u"pass")
        return u"Passes"_s;
    if (outcome == u"fail")
        return u"Fails"_s;
    return outcome == u"warning" ? u"Warning"_s : u"Not evaluated"_s;
}

QString decisionWord(const QString& decision)
{
    if (decision == u"accept")
        return u"accepted"_s;
    return decision == u"refuse" ? u"refused"_s : u"not evaluated"_s;
}

QString checkRow(const json::Value& check)
{
    const QString outcome = check["outcome"].text();
    QString row = u"<tr><td class=\"word %1\">%2</td><td>%3</td><td class=v>"_s.arg(e(outcome), outcomeWord(outcome), of(check, "title"));
    row += of(check, "presented");
    if (outcome == u"fail" || outcome == u"warning")
        row += u"<br><span class=muted>expected </span>"_s + of(check, "expected");
    row += u"</td><td>"_s + of(check, "relation");
    if (const json::Value near = check["near"])
        row += u"<span class=near>near miss: %1</span> %2"_s.arg(of(near, "kind"), of(near, "text"));
    if (const QString fix = of(check, "fix"); !fix.isEmpty())
        row += u"<p><b>Fix</b> "_s + fix + u"</p>"_s;
    return row + u"</td></tr>"_s;
}

QString checks(const json::Value& list, const QString& title)
{
    if (list.size() == 0)
        return {};
    QString rows;
    for (json::Value c = list.first(); c; c = c.next())
        rows += checkRow(c);
    return u"<div><h3>"_s + title + u"</h3><table>"_s + rows + u"</table></div>"_s;
}

QString message(const json::Value& m, const QString& firstLine)
{
    QString text = firstLine;
    for (json::Value h = m["headers"].first(); h; h = h.next())
        text += u'\n' + h["name"].text() + u": "_s + h["value"].text();
    if (const QString body = m["body"].text(); !body.isEmpty())
        text += u"\n\n"_s + body;
    return u"<pre>"_s + lines(text) + u"</pre>"_s;
}

QString tokens(const json::Value& list)
{
    QString out;
    for (json::Value t = list.first(); t; t = t.next()) {
        out += u"<details><summary>Token %1 <code>%2</code></summary>"_s.arg(of(t, "slot"), of(t, "fingerprint"));
        if (t["claims"].isObject()) {
            out += u"<table>"_s;
            for (const char* part : {"header", "claims"})
                for (json::Value c = t[part].first(); c; c = c.next())
                    out += u"<tr><td>%1</td><td class=v>%2</td></tr>"_s.arg(e(c.keyText()), e(QString::fromUtf8(c.raw())));
            out += u"</table>"_s;
        } else {
            out += u"<p class=muted>Opaque. Only its issuer can read it.</p>"_s;
        }
        out += u"</details>"_s;
    }
    return out;
}

QString stepHeader(const json::Value& step, int number)
{
    const QString state = step["state"].text();
    QString out = u"<header><h3>%1. %2</h3><p><span class=muted>%3 to %4</span> "_s.arg(number).arg(of(step, "title"), of(step, "from"), of(step, "to"));
    out += u"<span class=\"word state\">%1</span> "_s.arg(state == u"skipped" ? u"not reached"_s : e(state));
    const json::Value observed = step["observed"];
    out += u"<code>%1</code></p>"_s.arg(of(observed, "code"));
    if (const json::Value predicted = step["predicted"])
        out += u"<p class=muted>Predicted: %1. Observed: %2.</p>"_s.arg(decisionWord(predicted["outcome"].text()), decisionWord(observed["outcome"].text()));
    if (const json::Value error = step["error"])
        out += u"<p>"_s + of(error, "text") + u"</p>"_s;
    if (const QString note = of(step, "note"); !note.isEmpty())
        out += u"<p><b>Not on the wire: authentication history</b> "_s + note + u"</p>"_s;
    return out + u"</header>"_s;
}

QString stepSection(const json::Value& step, int number)
{
    QString out = u"<section class=\"step %1\">"_s.arg(of(step, "state")) + stepHeader(step, number);
    const json::Value verdict = step["truth"] ? step["truth"] : step["predicted"];
    if (verdict)
        out += checks(verdict["checks"], u"What %1 compared"_s.arg(of(verdict, "receiver")));
    out += checks(step["clientChecks"], u"What this client demands"_s);
    out += tokens(step["tokens"]);
    if (step["request"].isObject()) {
        out += u"<details><summary>Request and response</summary>"_s;
        out += message(step["request"], step["request"]["method"].text() + u' ' + step["request"]["url"].text());
        if (step["response"].isObject())
            out += message(step["response"], u"HTTP "_s + step["response"]["status"].display());
        out += u"</details>"_s;
    }
    return out + u"</section>"_s;
}

QString chainLine(const json::Value& chain)
{
    QString out = u"<h2>Chain of trust</h2><p>Root of trust: <b>%1</b>. %2</p><div class=chain>"_s.arg(of(chain, "rootText"), of(chain, "rootDetail"));
    for (json::Value p = chain["parties"].first(); p; p = p.next())
        out += u"<span class=party><b>%1</b><br><span class=muted>%2</span></span>"_s.arg(of(p, "title"), e(chain::partyWordOf(p["kind"].text())));
    return out + u"</div>"_s;
}

QString audiences(const json::Value& list)
{
    QString rows;
    for (json::Value a = list.first(); a; a = a.next()) {
        QStringList accepted;
        for (json::Value v = a["accepted"].first(); v; v = v.next())
            accepted.append(e(v.text()));
        rows += u"<tr><td>%1</td><td class=v>%2</td><td class=v>%3</td><td class=v>%4</td><td class=\"word %5\">%6</td></tr>"_s
                    .arg(of(a, "slot"), of(a, "asked"), of(a, "issued"), accepted.join(u"<br>"_s), of(a, "outcome"), outcomeWord(a["outcome"].text()));
    }
    return rows.isEmpty() ? rows : u"<h2>Audiences</h2><table><tr><th>Token<th>Asked for<th>Issued as aud<th>Receiver accepts<th></tr>"_s + rows + u"</table>"_s;
}

QString findings(const json::Value& list)
{
    if (list.size() == 0)
        return u"<h2>Findings</h2><p>No findings.</p>"_s;
    QString rows;
    for (json::Value f = list.first(); f; f = f.next())
        rows += u"<tr><td class=\"word %1\">%1</td><td><code>%2</code></td><td>%3<p class=muted>%4</p></td></tr>"_s
                    .arg(of(f, "severity"), of(f, "rule"), of(f, "text"), of(f, "fix"));
    return u"<h2>Findings</h2><table>"_s + rows + u"</table>"_s;
}

} // namespace

QByteArray html(const json::Value& run)
{
    const QString kept = run["revealed"].boolean() ? u"Revealed on purpose: whole tokens, secrets and codes stand in it."_s : u"Redacted: signatures, secrets and codes are left out."_s;
    QString out = u"<h1>%1</h1><p class=muted>%2, %3. %4</p>"_s.arg(of(run, "flowTitle"), whence(run).toHtmlEscaped(), of(run, "made"), kept);
    out += u"<p>Result: <b class=\"%1\">%1</b></p>"_s.arg(of(run, "result"));
    out += chainLine(run["chain"]);
    out += u"<h2>Steps</h2>"_s;
    int number = 0;
    for (json::Value step = run["steps"].first(); step; step = step.next())
        out += stepSection(step, ++number);
    out += audiences(run["audiences"]) + findings(run["findings"]);
    return htmlPage(u"Trustwalk: %1"_s.arg(run["flowTitle"].text()), QLatin1StringView(style), out);
}

} // namespace report
