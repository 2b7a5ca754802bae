// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/jsonwriter.h"
#include "core/catalog/catalog.h"
#include "core/diagnosis/rules.h"
#include "core/lab/faults.h"
#include "core/setup/file.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

/// The flows of the samples in which a fault shows.
QStringList flowsOf(const lab::Fault& fault)
{
    QStringList ids;
    for (const QString& id : setup::sampleIds()) {
        const auto sample = setup::sample(id);
        if (!sample)
            continue;
        for (const setup::FlowSpec& flow : sample->flows)
            if (!ids.contains(flow.id) && lab::showsIn(fault, *sample, flow))
                ids.append(flow.id);
    }
    return ids;
}

void writeFlow(json::Writer& out, const flow::Flow& flow)
{
    out.beginObject().text("id", flow.id).text("title", flow.title).beginArray("steps");
    for (const flow::Step& step : flow.steps)
        out.beginObject().text("id", step.id).text("title", step.title).text("from", step.from.title).text("to", step.to.title).endObject();
    out.endArray().endObject();
}

} // namespace

int flowsCommand(const Arguments& arguments)
{
    const auto setup = setup::load(arguments.at(0));
    if (!setup)
        return fail(setup.error());
    const catalog::Built built = catalog::flows(*setup);
    for (const base::Error& problem : built.problems)
        complain(problem);
    if (arguments.json()) {
        json::Writer out;
        out.beginObject().beginArray("flows");
        for (const flow::Flow& flow : built.flows)
            writeFlow(out, flow);
        print(out.endArray().endObject().done());
    } else {
        for (const flow::Flow& flow : built.flows) {
            print(u"%1  %2\n"_s.arg(flow.id, flow.title));
            for (const flow::Step& step : flow.steps)
                print(u"    %1  %2 (%3 -> %4)\n"_s.arg(step.id, -28).arg(step.title, step.from.title, step.to.title));
        }
    }
    return built.problems.isEmpty() ? Accepted : Usage;
}

int samplesCommand(const Arguments& arguments)
{
    json::Writer out;
    out.beginObject().beginArray("samples");
    for (const QString& id : setup::sampleIds()) {
        const auto sample = setup::sample(id);
        if (!sample)
            return fail(sample.error());
        QStringList flows;
        for (const setup::FlowSpec& flow : sample->flows)
            flows.append(flow.id);
        out.beginObject().text("id", id).text("title", sample->title).texts("flows", flows).text("summary", sample->summary).endObject();
        if (!arguments.json())
            print(u"%1  %2\n    %3\n"_s.arg(id, -18).arg(sample->title, sample->summary));
    }
    out.endArray().endObject();
    if (arguments.json())
        print(out.done());
    return Accepted;
}

int rulesCommand(const Arguments& arguments)
{
    json::Writer out;
    out.beginObject().beginArray("rules");
    for (const diagnosis::Rule* rule : diagnosis::rules()) {
        const QString id = QString::fromLatin1(rule->id), why = QString::fromUtf8(rule->why), fix = QString::fromUtf8(rule->fix), source = QString::fromUtf8(rule->source);
        out.beginObject().text("id", id).text("title", QString::fromUtf8(rule->title)).text("why", why).text("fix", fix).text("source", source).flag("files", rule->about & diagnosis::AboutFiles).endObject();
        if (!arguments.json())
            print(u"%1\n    %2\n    fix: %3\n    source: %4\n"_s.arg(id, why, fix, source));
    }
    out.endArray().endObject();
    if (arguments.json())
        print(out.done());
    return Accepted;
}

int faultsCommand(const Arguments& arguments)
{
    json::Writer out;
    out.beginObject().beginArray("faults");
    for (const lab::Fault& fault : lab::faults()) {
        const QStringList flows = flowsOf(fault);
        out.beginObject()
            .text("id", QString::fromLatin1(fault.id))
            .text("title", QString::fromUtf8(fault.title))
            .text("breaks", QString::fromUtf8(fault.breaks))
            .text("finding", QString::fromLatin1(fault.finding))
            .texts("flows", flows)
            .endObject();
        if (!arguments.json())
            print(u"%1  %2\n    %3\n    finding %4, flows: %5\n"_s.arg(QLatin1String(fault.id), -22).arg(QString::fromUtf8(fault.title), QString::fromUtf8(fault.breaks), QLatin1String(fault.finding), flows.join(u", "_s)));
    }
    out.endArray().endObject();
    if (arguments.json())
        print(out.done());
    return Accepted;
}

} // namespace cli
