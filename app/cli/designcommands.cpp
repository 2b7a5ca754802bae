// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"
#include "rundocument.h"

#include "core/diagnosis/rules.h"
#include "core/report/inventory.h"
#include "core/report/recordedfindings.h"
#include "core/report/review.h"
#include "core/setup/file.h"

#include <algorithm>
#include <array>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

/// A setup, its findings, and a run when one is named.
struct Subject
{
    setup::Setup setup {};
    QList<base::Finding> findings {};
    std::optional<RunDocument> run {};
    base::Instant now {};

    diagnosis::Material material() const { return {setup, findings, run ? run->run() : json::Value(), now}; }
};

/// The same finding of the setup and of the run is one.
void addOfRun(Subject& subject)
{
    for (const base::Finding& finding : report::findingsOf(subject.run->run())) {
        const bool known = std::ranges::any_of(subject.findings, [&](const base::Finding& f) { return f.rule == finding.rule && f.place.pointer == finding.place.pointer; });
        if (!known)
            subject.findings.append(finding);
    }
}

base::Result<Subject> subjectOf(const Arguments& arguments)
{
    auto setup = setup::load(arguments.at(0));
    if (!setup)
        return tl::unexpected(setup.error());
    const auto now = arguments.time("now");
    if (!now)
        return tl::unexpected(now.error());
    Subject out {.setup = std::move(*setup), .now = now->value_or(base::systemNow())};
    out.findings = diagnosis::lint({.setup = out.setup, .now = out.now});
    if (arguments.has("run")) {
        auto run = readRun(arguments.value("run"));
        if (!run)
            return tl::unexpected(run.error());
        out.run = std::move(*run);
        if (const QString of = out.run->run()["setup"].text(); of != out.setup.id)
            return base::fail(u"other-setup"_s, u"%1 is a run of %2, not of %3."_s.arg(arguments.value("run"), of.isEmpty() ? u"no setup"_s : of, out.setup.id));
        addOfRun(out);
    }
    return out;
}

struct Form
{
    QLatin1StringView name;
    QByteArray (*inventory)(const setup::Setup&, const QList<diagnosis::AgentRecord>&);
    QByteArray (*review)(const report::Review&);
};
const std::array forms {
    Form {"text"_L1, [](const auto& setup, const auto& agents) { return report::inventoryText(setup, agents).toUtf8(); },
        [](const auto& review) { return report::reviewText(review).toUtf8(); }},
    Form {"md"_L1, [](const auto& setup, const auto& agents) { return report::inventoryMarkdown(setup, agents).toUtf8(); },
        [](const auto& review) { return report::reviewMarkdown(review).toUtf8(); }},
    Form {"html"_L1, report::inventoryHtml, report::reviewHtml},
    Form {"json"_L1, report::inventoryJson, report::reviewJson},
};

QByteArray inventoryOf(const Subject& subject, const Form& form) { return form.inventory(subject.setup, diagnosis::inventory(subject.material())); }

QByteArray reviewOf(const Subject& subject, const Form& form)
{
    return form.review({subject.setup.id, subject.setup.title, base::toRfc3339(subject.now), subject.run.has_value(), diagnosis::review(subject.material())});
}

/// Writes what is made of the subject in the form that is asked for.
base::Result<Subject> writeDesign(const Arguments& arguments, QByteArray (*make)(const Subject&, const Form&))
{
    const QString as = arguments.json() ? u"json"_s : arguments.has("as") ? arguments.value("as") : u"text"_s;
    const auto form = std::ranges::find(forms, as, &Form::name);
    if (form == forms.end())
        return base::fail(u"usage"_s, u"--as takes text, md, html or json, and got %1."_s.arg(as));
    auto subject = subjectOf(arguments);
    if (!subject)
        return subject;
    if (const auto written = writeOutput(arguments.has("o") ? arguments.value("o") : u"-"_s, make(*subject, *form)); !written)
        return tl::unexpected(written.error());
    return subject;
}

} // namespace

int inventoryCommand(const Arguments& arguments)
{
    const auto subject = writeDesign(arguments, inventoryOf);
    return subject ? int(Accepted) : fail(subject.error());
}

int reviewCommand(const Arguments& arguments)
{
    const auto subject = writeDesign(arguments, reviewOf);
    if (!subject)
        return fail(subject.error());
    return hasErrors(subject->findings) ? Refused : Accepted;
}

} // namespace cli
