// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/diagnosis/rules.h"
#include "core/report/shapes.h"
#include "core/setup/file.h"

namespace cli {

using namespace Qt::StringLiterals;

int checkCommand(const Arguments& arguments)
{
    const auto setup = setup::load(arguments.at(0));
    if (!setup)
        return fail(setup.error());
    const QList<base::Finding> findings = diagnosis::lint({.setup = *setup, .now = base::systemNow()});
    if (arguments.json()) {
        json::Writer out;
        out.beginObject().text("schema", u"findings"_s).number("version", 1).text("setup", setup->id);
        report::write(out, "findings", findings);
        print(out.endObject().done());
    } else {
        for (const base::Finding& finding : findings)
            print(u"%1  %2  %3\n    %4\n    fix: %5\n"_s.arg(base::severityName(finding.severity), -8).arg(finding.rule, finding.place.pointer, finding.text, finding.fix));
        if (findings.isEmpty())
            print(u"No findings. %1 rules looked at this setup.\n"_s.arg(diagnosis::ruleCount()));
    }
    return hasErrors(findings) ? Refused : Accepted;
}

} // namespace cli
