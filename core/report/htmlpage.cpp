// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/text.h"
#include "core/report/htmlpage_p.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

namespace {

constexpr auto shared = R"(
:root{color-scheme:light dark;--text:#1a2028;--text2:#4a5462;--line:#d3d8df;--surface:#fff;--window:#f3f4f6;--sunken:#e9ecf0;
--accept:#17714b;--refuse:#c2251f;--warn:#644200;--note:#56606e;--acceptBg:#e4f3e8;--refuseBg:#fce9e6;--warnBg:#fbf0d6;--noteBg:#eceff3}
@media(prefers-color-scheme:dark){:root{--text:#e8ebf0;--text2:#b6bfca;--line:#3a424d;--surface:#22272e;--window:#1b1f25;--sunken:#15181d;
--accept:#7fe08a;--refuse:#ff8f80;--warn:#fbc74c;--note:#aab4c0;--acceptBg:#20362a;--refuseBg:#43281f;--warnBg:#3b3119;--noteBg:#2c323b}}
@media print{:root{color-scheme:light;--text:#000;--text2:#333;--line:#bbb;--surface:#fff;--window:#fff;--sunken:#f3f4f6;
--accept:#17714b;--refuse:#a01010;--warn:#644200;--note:#444;--acceptBg:#e4f3e8;--refuseBg:#fce9e6;--warnBg:#fbf0d6;--noteBg:#eceff3}
body{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
*{box-sizing:border-box}body{margin:0;background:var(--window);color:var(--text)}main{margin:0 auto}p{margin:2px 0}.muted{color:var(--text2)}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
)";

} // namespace

QString escapedHtml(const QString& text)
{
    // Most texts have nothing to escape or to make visible, and looking is much cheaper than either.
    const auto plain = [](QChar c) { return c >= u' ' && c <= u'~' && c != u'<' && c != u'>' && c != u'&' && c != u'"'; };
    return std::ranges::all_of(text, plain) ? text : base::visible(text).toHtmlEscaped();
}

QByteArray htmlPage(const QString& title, QLatin1StringView style, const QString& body)
{
    return u"<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
           "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">"
           "<title>%1</title><style>%2%3</style></head><body><main>%4</main></body></html>\n"_s
        .arg(escapedHtml(title), QLatin1StringView(shared), style, body)
        .toUtf8();
}

} // namespace report
