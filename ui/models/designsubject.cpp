// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "designsubject.h"

#include "core/diagnosis/rules.h"
#include "core/report/runjson.h"
#include "core/session/session.h"

#include <algorithm>

DesignSubject designSubject(const session::Session& session)
{
    DesignSubject out {.now = session.now()};
    if (!session.hasSetup())
        return out;
    out.setup = session.setup();
    out.withRun = !session.run().records.isEmpty();
    out.findings = diagnosis::lint({.setup = out.setup, .now = out.now});
    if (!out.withRun)
        return out;
    out.run = json::Document::read(report::runJson(session));
    // The same finding of the setup and of the run is one.
    for (const base::Finding& finding : session.findings())
        if (std::ranges::none_of(out.findings, [&](const base::Finding& f) { return f.rule == finding.rule && f.place.pointer == finding.place.pointer; }))
            out.findings.append(finding);
    return out;
}
