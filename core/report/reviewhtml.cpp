// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "review.h"

#include "core/base/text.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::ReviewLine;

/// What one page has room for; the JSON holds the rest.
constexpr qsizetype evidenceShown = 3, findingsShown = 3;

constexpr auto style = R"(
:root{color-scheme:light dark;--text:#1a2028;--text2:#4a5462;--line:#d3d8df;--surface:#fff;--window:#f3f4f6;--yes:#17714b;--no:#c2251f;--partly:#644200;--unknown:#56606e;
--yesBg:#e4f3e8;--noBg:#fce9e6;--partlyBg:#fbf0d6;--unknownBg:#eceff3}
@media(prefers-color-scheme:dark){:root{--text:#e8ebf0;--text2:#b6bfca;--line:#3a424d;--surface:#22272e;--window:#1b1f25;--yes:#7fe08a;--no:#ff8f80;--partly:#fbc74c;--unknown:#aab4c0;
--yesBg:#20362a;--noBg:#43281f;--partlyBg:#3b3119;--unknownBg:#2c323b}}
*{box-sizing:border-box}body{margin:0;background:var(--window);color:var(--text);font:14px/1.4 system-ui,sans-serif}
main{max-width:920px;margin:0 auto;padding:24px}h1{font-size:1.4em;margin:0}h2{font-size:1em;margin:0}p,ul{margin:2px 0}.muted{color:var(--text2)}
section{display:grid;grid-template-columns:84px 1fr;gap:4px 14px;background:var(--surface);border:1px solid var(--line);border-radius:5px;padding:10px 14px;margin:8px 0;break-inside:avoid}
.answer{font-weight:600;text-align:center;border-radius:4px;padding:3px 0;align-self:start}ul{padding-left:18px}
code{font-family:ui-monospace,monospace;font-size:.88em;color:var(--text2);overflow-wrap:anywhere}b{font-weight:600}
.yes{color:var(--yes);background:var(--yesBg)}.no{color:var(--no);background:var(--noBg)}.partly{color:var(--partly);background:var(--partlyBg)}.unknown{color:var(--unknown);background:var(--unknownBg)}
@page{size:A4;margin:12mm}
@media print{:root{color-scheme:light;--text:#000;--text2:#333;--line:#bbb;--surface:#fff;--window:#fff;--yes:#17714b;--no:#a01010;--partly:#644200;--unknown:#444;--yesBg:#e4f3e8;--noBg:#fce9e6;--partlyBg:#fbf0d6;--unknownBg:#eceff3}
body{font-size:10px;line-height:1.3;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{padding:0;max-width:none}section{padding:5px 9px;margin:4px 0}}
)";

QString e(const QString& text) { return base::visible(text).toHtmlEscaped(); }

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
    QString out = u"<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
                  "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"_s;
    out += u"<title>Design review: %1</title><style>%2</style></head><body><main>"_s.arg(e(review.title), QString::fromUtf8(style));
    out += u"<h1>Design review: %1</h1><p class=muted>%2%3. Answers rest on the setup's own words and on findings; what nothing says is unknown.</p>"_s
               .arg(e(review.title), e(review.made), review.withRun ? u", with a recorded run"_s : QString());
    for (const ReviewLine& line : review.lines)
        out += section(line);
    return (out + u"</main></body></html>\n"_s).toUtf8();
}

} // namespace report
