// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"
#include "core/diagnosis/sourcefiles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

bool isProjectFile(FileKind kind) { return kind != FileKind::Other; }

void markRecognised(Inspection& inspection, FileKind kind)
{
    const auto isUnknown = [](const Item& item) { return item.kind == ItemKind::Unknown; };
    const bool nothing = std::ranges::all_of(inspection.items, isUnknown);
    inspection.items.removeIf(isUnknown);
    inspection.findings.removeIf([](const base::Finding& f) { return f.rule == u"X-NOT-RECOGNISED"; });
    if (nothing) {
        inspection.items.prepend({.kind = ItemKind::Response, .label = fileKindName(kind)});
        inspection.ask.clear();
    }
}

} // namespace

Inspection inspectFile(const QByteArray& text, const QString& name, const IntakeOptions& options)
{
    Inspection out = inspect(text, options);
    const FileKind kind = name.isEmpty() || name == u"-" ? FileKind::Other : fileKind(name, text);
    if (!isProjectFile(kind))
        return out;
    const QList<base::Finding> found = lintFiles(SourceSet({{.path = name, .text = text}}));
    markRecognised(out, kind);
    // A secret in a file of the project lies there; it was not sent along.
    if (std::ranges::any_of(found, [](const base::Finding& f) { return f.rule.startsWith(u"SEC-"_s); }))
        out.findings.removeIf([](const base::Finding& f) { return f.rule == u"SEC-IN-CHANNEL"; });
    out.findings = found + out.findings;
    return out;
}

} // namespace diagnosis
