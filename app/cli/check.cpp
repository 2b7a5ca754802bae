// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "baseline.h"
#include "output.h"
#include "projectfiles.h"
#include "rundocument.h"

#include "core/base/jsonwriter.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/report/recordedfindings.h"
#include "core/report/sarif.h"
#include "core/report/shapes.h"
#include "core/setup/file.h"

#include <QSet>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

using Findings = QList<base::Finding>;

/// What a recorded run has found beside; the same finding from both is one. A run of another setup may point at what is not
/// here: then its step alone says where.
base::Result<void> addRun(const QString& argument, const setup::Setup& setup, Findings& findings)
{
    const auto run = readRun(argument);
    if (!run)
        return tl::unexpected(run.error());
    QSet<QString> known;
    for (const base::Finding& finding : std::as_const(findings))
        known.insert(finding.rule + finding.place.pointer);
    for (base::Finding finding : report::findingsOf(run->run())) {
        if (!finding.place.pointer.isEmpty() && !setup.document.find(finding.place.pointer))
            finding.place.pointer.clear();
        if (finding.place.pointer.isEmpty() || !known.contains(finding.rule + finding.place.pointer))
            findings.append(finding);
    }
    return {};
}

QString forPeople(const Findings& findings, qsizetype accepted, const ProjectFiles* looked)
{
    QString text;
    for (const base::Finding& finding : findings) {
        const auto file = diagnosis::filePlace(finding.place);
        const QString place = file ? u"%1:%2"_s.arg(file->path).arg(file->line) : finding.place.pointer;
        text += u"%1  %2  %3\n    %4. %5\n    fix: %6\n"_s.arg(base::severityName(finding.severity), -8).arg(finding.rule, place, finding.title, finding.text, finding.fix);
    }
    if (findings.isEmpty())
        text += u"No findings. %1 rules looked at this setup.\n"_s.arg(diagnosis::ruleCount());
    if (looked)
        text += u"%1 files looked at%2.\n"_s.arg(looked->files.size()).arg(looked->skipped ? u", %1 left out (too long, or no text)"_s.arg(looked->skipped) : QString());
    if (accepted > 0)
        text += u"%1 more are in the baseline.\n"_s.arg(accepted);
    return text;
}

QByteArray forPrograms(const Findings& findings, qsizetype accepted, const setup::Setup& setup, const ProjectFiles* looked)
{
    json::Writer out;
    out.beginObject().text("schema", u"findings"_s).number("version", 1).text("setup", setup.id);
    report::write(out, "findings", findings);
    if (looked)
        out.number("files", qint64(looked->files.size())).number("skipped", looked->skipped);
    return out.number("inBaseline", qint64(accepted)).endObject().done();
}

} // namespace

int checkCommand(const Arguments& arguments)
{
    const auto setup = setup::load(arguments.at(0));
    if (!setup)
        return fail(setup.error());
    const auto now = arguments.time("now");
    const auto project = readProject(arguments.positional().mid(1));
    if (!now || !project)
        return fail(now ? project.error() : now.error());
    const ProjectFiles* looked = arguments.count() > 1 ? &*project : nullptr;
    const diagnosis::SourceSet files(project->files);
    Findings findings = diagnosis::lint({.setup = *setup, .now = now->value_or(base::systemNow()), .files = looked ? &files : nullptr});
    diagnosis::addContractFindings(files, findings);
    if (arguments.has("run"))
        if (auto added = addRun(arguments.value("run"), *setup, findings); !added)
            return fail(added.error());
    if (arguments.has("write-baseline")) {
        const auto written = writeOutput(arguments.value("write-baseline"), baselineOf(findings, {*setup, files}));
        return written ? int(Accepted) : fail(written.error());
    }
    const qsizetype before = findings.size();
    if (arguments.has("baseline"))
        if (const auto removed = removeAccepted(findings, arguments.value("baseline"), {*setup, files}); !removed)
            return fail(removed.error());
    const qsizetype left = before - findings.size();
    if (arguments.has("sarif")) {
        const auto written = writeOutput(arguments.value("sarif"), report::sarif(findings, setup->document, arguments.at(0)));
        if (!written)
            return fail(written.error());
    }
    // SARIF on standard output is the one document there.
    if (arguments.value("sarif") != u"-")
        print(arguments.json() ? forPrograms(findings, left, *setup, looked) : forPeople(findings, left, looked).toUtf8());
    return hasErrors(findings) ? Refused : Accepted;
}

} // namespace cli
