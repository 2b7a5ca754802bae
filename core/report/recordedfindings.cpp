// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recordedfindings.h"

namespace report {

namespace {

base::Severity severityOf(const QString& name)
{
    for (const base::Severity severity : {base::Severity::Error, base::Severity::Warning, base::Severity::Info})
        if (base::severityName(severity) == name)
            return severity;
    return base::Severity::Info;
}

} // namespace

QList<base::Finding> findingsOf(const json::Value& run)
{
    QList<base::Finding> out;
    for (json::Value f = run["findings"].first(); f; f = f.next()) {
        const json::Value place = f["place"];
        out.append({.rule = f["rule"].text(), .severity = severityOf(f["severity"].text()), .title = f["title"].text(), .text = f["text"].text(), .fix = f["fix"].text(),
            .place = {.step = place["step"].text(), .part = place["part"].text(), .claim = place["claim"].text(), .pointer = place["pointer"].text()}});
    }
    return out;
}

} // namespace report
