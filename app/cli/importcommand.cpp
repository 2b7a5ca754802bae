// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/jsonwriter.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/report/shapes.h"
#include "core/setup/import.h"

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

using Findings = QList<base::Finding>;

/// A secret that stood in a file: where, what it looks like and where it belongs. Never its value.
base::Finding exposed(const setup::ImportSecret& secret, const QString& setupName)
{
    const QString entry = secret.owner.isEmpty() ? QString() : u" %1"_s.arg(secret.owner);
    return {.rule = u"SEC-IN-ENV"_s, .severity = base::Severity::Error, .title = u"%1: a secret stands in the file"_s.arg(secret.file),
        .text = u"%1, %2: this is %3. It was not taken over."_s.arg(secret.file, secret.place, secret.looksLike),
        .fix = u"Rotate it, take it out of the file, and keep it in the keychain: trustwalk secret set %1%2. Better: a federated credential."_s.arg(setupName, entry),
        .place = {.pointer = secret.place.startsWith(u'/') ? secret.place : QString()}};
}

void write(json::Writer& out, const char* name, const QList<setup::ImportGap>& gaps)
{
    out.beginArray(name);
    for (const setup::ImportGap& gap : gaps)
        out.beginObject().text("file", gap.file).text("place", gap.place).text("text", gap.text).endObject();
    out.endArray();
}

QByteArray documentOf(const setup::Imported& imported, const Findings& findings)
{
    json::Writer out;
    out.beginObject().text("schema", u"import"_s).number("version", 1).raw("setup", imported.document.trimmed()).beginArray("read");
    for (const setup::ImportRead& read : imported.read)
        out.beginObject().text("file", read.file).text("kind", read.kind).text("what", read.what).endObject();
    out.endArray();
    write(out, "notUnderstood", imported.notUnderstood);
    write(out, "madeUp", imported.madeUp);
    report::write(out, "findings", findings);
    return out.endObject().done();
}

/// For people, beside the setup: what was read, what was not, what had to be made up.
QString told(const setup::Imported& imported, const Findings& findings)
{
    QString text = setup::importSummary(imported);
    for (const base::Finding& finding : findings)
        text += u"%1  %2  %3\n                %4\n"_s.arg(base::severityName(finding.severity), -14).arg(finding.rule, finding.title + u". "_s + finding.text, finding.fix);
    return text;
}

/// What the rules say of the setup and of the files it comes from; a secret that was found on the way is told once, and of what was
/// made up nothing.
Findings besides(const setup::Imported& imported, const QList<setup::ImportFile>& files, const setup::Setup& setup)
{
    QList<diagnosis::SourceFile> sources;
    for (const setup::ImportFile& file : files)
        sources.append({.path = file.name, .text = file.bytes});
    const diagnosis::SourceSet set(sources);
    Findings findings = diagnosis::lint({.setup = setup, .now = base::systemNow(), .files = &set});
    findings.removeIf([&](const base::Finding& finding) {
        return std::ranges::any_of(imported.madeUpIds, [&](const QString& id) { return finding.text.contains(id) || finding.title.contains(id); });
    });
    findings.removeIf([&](const base::Finding& finding) {
        const auto place = diagnosis::filePlace(finding.place);
        return place && finding.rule == u"SEC-IN-ENV" && std::ranges::any_of(imported.secrets, [&](const setup::ImportSecret& secret) { return secret.file == place->path; });
    });
    return findings;
}

} // namespace

int importCommand(const Arguments& arguments)
{
    QList<setup::ImportFile> files;
    for (const QString& name : arguments.positional()) {
        auto bytes = readInput(name);
        if (!bytes)
            return fail(bytes.error());
        files.append({name == u"-" ? u"standard input"_s : name, std::move(*bytes)});
    }
    const auto imported = setup::importFiles(files);
    if (!imported)
        return fail(imported.error());
    const auto setup = setup::parseSetup(imported->document, u"the imported setup"_s);
    if (!setup)
        return fail(setup.error());
    const QString target = arguments.value("o");
    Findings findings;
    for (const setup::ImportSecret& secret : imported->secrets)
        findings.append(exposed(secret, target.isEmpty() ? u"SETUP"_s : target));
    findings += besides(*imported, files, *setup);
    if (!target.isEmpty())
        if (const auto written = writeOutput(target, imported->document); !written)
            return fail(written.error());
    if (arguments.json())
        print(documentOf(*imported, findings));
    else if (target.isEmpty())
        print(imported->document);
    if (!arguments.json())
        tell(told(*imported, findings));
    return hasErrors(findings) ? Refused : Accepted;
}

} // namespace cli
