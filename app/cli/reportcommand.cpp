// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"
#include "rundocument.h"

#include "core/report/forms.h"

namespace cli {

using namespace Qt::StringLiterals;

int reportCommand(const Arguments& arguments)
{
    const QString as = arguments.has("as") ? arguments.value("as") : u"html"_s;
    const report::Form* form = report::form(as);
    if (!form)
        return fail({u"usage"_s, u"--as takes html, md, mermaid, svg, json, sarif or bundle, and got %1."_s.arg(as), {}});
    const auto run = readRun(arguments.at(0), arguments.has("reveal"));
    if (!run)
        return fail(run.error());
    const auto written = writeOutput(arguments.has("o") ? arguments.value("o") : u"-"_s, form->write(run->run(), base::systemNow()));
    return written ? int(Accepted) : fail(written.error());
}

} // namespace cli
