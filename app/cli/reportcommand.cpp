// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"
#include "rundocument.h"

#include "core/base/clock.h"
#include "core/report/bundle.h"
#include "core/report/html.h"
#include "core/report/recordedfindings.h"
#include "core/report/sarif.h"
#include "core/report/svg.h"
#include "core/report/text.h"

#include <algorithm>
#include <array>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

struct Form
{
    QLatin1StringView name;
    QByteArray (*write)(const json::Value& run);
};
const std::array forms {
    Form {"html"_L1, [](const json::Value& run) { return report::html(run); }},
    Form {"md"_L1, [](const json::Value& run) { return report::markdown(run).toUtf8(); }},
    Form {"mermaid"_L1, [](const json::Value& run) { return report::mermaid(run).toUtf8(); }},
    Form {"svg"_L1, [](const json::Value& run) { return report::chainSvg(run); }},
    Form {"json"_L1, [](const json::Value& run) { return QByteArray(json::formatted(run) + '\n'); }},
    Form {"sarif"_L1, [](const json::Value& run) { return report::sarif(report::findingsOf(run), {}, QString(run["setup"].text() + u".json"_s)); }},
    Form {"bundle"_L1, [](const json::Value& run) { return report::bundle(run, base::systemNow()); }},
};

} // namespace

int reportCommand(const Arguments& arguments)
{
    const QString as = arguments.has("as") ? arguments.value("as") : u"html"_s;
    const auto form = std::ranges::find(forms, as, &Form::name);
    if (form == forms.end())
        return fail({u"usage"_s, u"--as takes html, md, mermaid, svg, json, sarif or bundle, and got %1."_s.arg(as), {}});
    const auto run = readRun(arguments.at(0));
    if (!run)
        return fail(run.error());
    const auto written = writeOutput(arguments.has("o") ? arguments.value("o") : u"-"_s, form->write(run->run()));
    return written ? int(Accepted) : fail(written.error());
}

} // namespace cli
