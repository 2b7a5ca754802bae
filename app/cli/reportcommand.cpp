// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/report/html.h"
#include "core/report/text.h"

namespace cli {

using namespace Qt::StringLiterals;

int reportCommand(const Arguments& arguments)
{
    const auto text = readInput(arguments.at(0));
    if (!text)
        return fail(text.error());
    const auto document = json::Document::parse(*text);
    if (!document) {
        base::Error error = document.error();
        error.where = arguments.at(0) + u':' + error.where;
        return fail(error);
    }
    const json::Value run = document->root();
    if (run["schema"].text() != u"run" || run["version"].integer() != 1)
        return fail({u"not-a-run"_s, u"%1 is not a run that this program knows: `schema` has to be run, `version` 1. Write one with walk --json."_s.arg(arguments.at(0)), u"/schema"_s});
    const QString as = arguments.has("as") ? arguments.value("as") : u"html"_s;
    QByteArray out;
    if (as == u"html")
        out = report::html(run);
    else if (as == u"md")
        out = report::markdown(run).toUtf8();
    else if (as == u"mermaid")
        out = report::mermaid(run).toUtf8();
    else if (as == u"json")
        out = json::formatted(run) + '\n';
    else
        return fail({u"usage"_s, u"--as takes html, md, mermaid or json, and got %1."_s.arg(as), {}});
    const auto written = writeOutput(arguments.has("o") ? arguments.value("o") : u"-"_s, out);
    return written ? int(Accepted) : fail(written.error());
}

} // namespace cli
