// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "forms.h"

#include "core/report/bundle.h"
#include "core/report/html.h"
#include "core/report/recordedfindings.h"
#include "core/report/sarif.h"
#include "core/report/svg.h"
#include "core/report/text.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace report {

namespace {

const std::array table {
    Form {"html"_L1, "html"_L1, "HTML report"_L1, [](const json::Value& run, base::Instant) { return html(run); }},
    Form {"md"_L1, "md"_L1, "Markdown"_L1, [](const json::Value& run, base::Instant) { return markdown(run).toUtf8(); }},
    Form {"mermaid"_L1, "mmd"_L1, "Mermaid sequence"_L1, [](const json::Value& run, base::Instant) { return mermaid(run).toUtf8(); }},
    Form {"svg"_L1, "svg"_L1, "Chain as SVG"_L1, [](const json::Value& run, base::Instant) { return chainSvg(run); }},
    Form {"json"_L1, "json"_L1, "Run as JSON"_L1, [](const json::Value& run, base::Instant) { return QByteArray(json::formatted(run) + '\n'); }},
    Form {"sarif"_L1, "sarif"_L1, "Findings as SARIF"_L1,
        [](const json::Value& run, base::Instant) {
            const QString setup = run["setup"].text();
            return sarif(findingsOf(run), {}, setup.isEmpty() ? QString() : QString(setup + u".json"_s));
        }},
    Form {"bundle"_L1, "bundle.json"_L1, "Evidence bundle"_L1, [](const json::Value& run, base::Instant now) { return bundle(run, now); }},
};

} // namespace

std::span<const Form> forms() { return table; }

const Form* form(QStringView name)
{
    const auto found = std::ranges::find_if(table, [name](const Form& each) { return name == each.name; });
    return found == table.end() ? nullptr : &*found;
}

} // namespace report
