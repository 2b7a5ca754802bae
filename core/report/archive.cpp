// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "archive.h"

#include "runjson.h"
#include "shapes.h"
#include "text.h"

#include "core/base/jsonwriter.h"
#include "core/diagnosis/errorcatalogue.h"
#include "core/http/redact.h"

namespace report {

using namespace Qt::StringLiterals;
using diagnosis::Recorded;

namespace {

Source sourceOf(const Recorded& r, const setup::Bindings& none, bool reveal)
{
    return {.setup = r.setup, .bindings = none, .flow = r.made.flow, .run = r.made.run, .chain = r.chain, .findings = r.findings, .now = r.last, .recorded = &r, .reveal = reveal};
}

QString endOf(const catalog::RecordedFlow& flow)
{
    return flow.state == flow::StepState::Accepted ? u"accepted"_s : flow.state == flow::StepState::Refused ? u"refused"_s : u"failed"_s;
}

/// What a run can be had of by itself; missing where the file holds one flow.
void writeFlows(json::Writer& out, const catalog::Reconstruction& made)
{
    if (made.flows.size() < 2)
        return;
    out.beginArray("flows");
    for (const catalog::RecordedFlow& flow : made.flows)
        out.beginObject().text("id", flow.id).text("title", flow.title).text("result", endOf(flow)).texts("steps", flow.steps).endObject();
    out.endArray().textIf("flow", made.shown);
}

/// A receiver's refusal as the catalogue knows it.
void writeRefusal(json::Writer& out, const flow::Step& step, const flow::StepRecord& record)
{
    const QString code = record.observed.code.isEmpty() ? record.observed.error : record.observed.code;
    const diagnosis::ErrorEntry* entry = diagnosis::errorEntry(code, record.observed.text, {});
    out.beginObject().text("kind", u"error"_s).text("label", u"%1: refused by %2"_s.arg(step.title, step.to.title)).text("step", step.id);
    out.beginArray("checks").endArray();
    out.beginObject("error").text("code", code).text("vendor", entry ? entry->vendor : QString()).text("meaning", entry ? entry->meaning : QString())
        .texts("causes", entry ? diagnosis::causesFor(*entry, record.observed.text) : QStringList()).text("fix", entry ? entry->fix : QString())
        .text("text", http::redactedText(record.observed.text)).endObject();
    out.beginArray("verdicts");
    if (record.predicted)
        write(out, nullptr, *record.predicted);
    out.endArray().endObject();
}

} // namespace

QString archiveCounts(const catalog::Reconstruction& made)
{
    const QString flows = made.flows.size() > 1 ? u" in %1 flows"_s.arg(made.flows.size()) : QString();
    return u"%1 exchanges in = %2 steps%3 + %4 repeats + %5 hidden"_s.arg(made.entries).arg(made.steps).arg(flows).arg(made.repeats).arg(made.hidden);
}

QStringList archiveQuestions(const Recorded& r)
{
    QStringList ask;
    for (const flow::Step& step : r.made.flow.steps) {
        const flow::StepRecord* record = r.made.run.record(step.id);
        if (record && record->state == flow::StepState::Refused && !record->predicted)
            ask.append(u"The configuration that decided at \"%1\": the %2 of %3, in the vendor's own JSON. With --setup or match it is compared."_s
                           .arg(step.title, step.contractKind.isEmpty() ? u"contract"_s : step.contractKind, step.contractName.isEmpty() ? step.to.title : step.contractName));
        if (record && record->observed.decision == base::Decision::Accept && !record->missing.isEmpty())
            ask.append(u"A file with the contents of answers: \"%1\" lacks %2."_s.arg(step.title, record->missing.join(u", "_s)));
    }
    if (r.made.flow.steps.isEmpty())
        ask.append(u"A file recorded from before the sign-in until the error shows: this one holds no request of a protocol known here."_s);
    ask.removeDuplicates();
    return ask;
}

QByteArray archiveRunJson(const Recorded& r, bool reveal)
{
    const setup::Bindings none;
    return runJson(sourceOf(r, none, reveal));
}

QByteArray archiveJson(const Recorded& r, const QString& label, bool reveal)
{
    json::Writer out;
    out.beginObject().text("schema", u"inspection"_s).number("version", 1).beginArray("items");
    out.beginObject().text("kind", u"har"_s).text("label", u"%1: HTTP archive, %2 exchanges"_s.arg(label).arg(r.made.entries)).textIf("creator", r.summary.creator).text("text", archiveCounts(r.made) + u'.')
        .texts("problems", r.summary.problems + r.made.notes).beginArray("checks").endArray().beginArray("verdicts").endArray().endObject();
    for (const flow::Step& step : r.made.flow.steps)
        if (const flow::StepRecord* record = r.made.run.record(step.id); record && record->state == flow::StepState::Refused)
            writeRefusal(out, step, *record);
    out.endArray();
    out.raw("run", archiveRunJson(r, reveal).trimmed());
    writeFlows(out, r.made);
    out.beginObject("counts").number("entries", r.made.entries).number("recognised", r.made.steps + r.made.repeats)
        .number("hidden", r.made.hidden).number("steps", r.made.steps).number("repeats", r.made.repeats).endObject();
    out.texts("ask", archiveQuestions(r));
    write(out, "findings", r.findings);
    return out.endObject().done();
}

QString archiveText(const Recorded& r, const QString& label)
{
    QString text = label + u'\n' + archiveCounts(r.made) + u".\n"_s;
    for (const QString& problem : r.summary.problems + r.made.notes)
        text += u"note: "_s + problem + u'\n';
    for (const catalog::RecordedFlow& flow : r.made.flows.size() > 1 ? r.made.flows : QList<catalog::RecordedFlow>())
        text += u"%1 %2: %3, %4 steps, %5\n"_s.arg(flow.id == r.made.shown ? u"*"_s : u"-"_s, flow.id, flow.title).arg(flow.steps.size()).arg(endOf(flow));
    const auto run = json::Document::read(archiveRunJson(r, false));
    if (!r.made.flow.steps.isEmpty())
        text += u'\n' + plainText(run.root());
    for (const QString& question : archiveQuestions(r))
        text += u"ask: "_s + question + u'\n';
    return text;
}

} // namespace report
