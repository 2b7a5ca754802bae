// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "review.h"

#include "core/report/htmlpage_p.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::ReviewLine;

/// What one page has room for; the JSON holds the rest.
constexpr qsizetype evidenceShown = 3, findingsShown = 3;

constexpr auto style = R"(
body{font:14px/1.4 system-ui,sans-serif}main{max-width:920px;padding:24px}h1{font-size:1.4em;margin:0}h2{font-size:1em;margin:0}ul{margin:2px 0;padding-left:18px}
section{display:grid;grid-template-columns:84px 1fr;gap:4px 14px;background:var(--surface);border:1px solid var(--line);border-radius:5px;padding:10px 14px;margin:8px 0;break-inside:avoid}
.answer{font-weight:600;text-align:center;border-radius:4px;padding:3px 0;align-self:start}code{font-size:.88em;color:var(--text2)}b{font-weight:600}
.yes{color:var(--accept);background:var(--acceptBg)}.no{color:var(--refuse);background:var(--refuseBg)}.partly{color:var(--warn);background:var(--warnBg)}.unknown{color:var(--note);background:var(--noteBg)}
@page{size:A4;margin:12mm}@media print{body{font-size:10px;line-height:1.3}main{padding:0;max-width:none}section{padding:5px 9px;margin:4px 0}}
)";

QString e(const QString& text) { return escapedHtml(text); }

QString more(qsizetype all, qsizetype shown, const QString& what)
{
    return all > shown ? u"<li class=muted>%1 more %2</li>"_s.arg(all - shown).arg(what) : QString();
}

QString section(const ReviewLine& line)
{
    const QString answer = diagnosis::reviewAnswerName(line.answer);
    QString out = u"<section><div class=\"answer %1\">%1</div><div><h2>%2</h2><p>%3</p>"_s.arg(answer, e(line.question), e(line.because));
    if (!line.findings.isEmpty() || !line.evidence.isEmpty())
        out += u"<ul>"_s;
    for (const base::Finding& finding : line.findings.first(std::min(findingsShown, line.findings.size())))
        out += u"<li><b>%1</b> %2</li>"_s.arg(e(finding.rule), e(finding.title));
    out += more(line.findings.size(), findingsShown, u"findings"_s);
    for (const diagnosis::Evidence& each : line.evidence.first(std::min(evidenceShown, line.evidence.size())))
        out += u"<li>%1 <code>%2</code></li>"_s.arg(e(each.text), e(placeOf(each)));
    out += more(line.evidence.size(), evidenceShown, u"pieces of evidence"_s);
    return out + (line.findings.isEmpty() && line.evidence.isEmpty() ? u"</div></section>"_s : u"</ul></div></section>"_s);
}

} // namespace

QByteArray reviewHtml(const Review& review)
{
    QString out = u"<h1>Design review: %1</h1><p class=muted>%2%3. Answers rest on the setup's own words and on findings; what nothing says is unknown.</p>"_s
               .arg(e(review.title), e(review.made), review.withRun ? u", with a recorded run"_s : QString());
    for (const ReviewLine& line : review.lines)
        out += section(line);
    return htmlPage(u"Design review: "_s + review.title, QLatin1StringView(style), out);
}

} // namespace report
