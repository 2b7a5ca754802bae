// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runjson.h"

#include "cast.h"
#include "chainjson.h"
#include "shapes.h"
#include "stepjson.h"

#include "core/diagnosis/recorded.h"
#include "core/flow/progress.h"
#include "core/http/redact.h"

namespace report {

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

QByteArray headersJson(const http::Headers& headers)
{
    json::Writer out;
    out.beginArray();
    for (const http::Header& h : headers)
        out.beginObject().text("name", QString::fromUtf8(h.name)).text("value", QString::fromUtf8(h.value)).endObject();
    out.endArray();
    return out.done().trimmed();
}

/// What became of the exchanges of an archive. A run that was walked hides none.
void writeCounts(json::Writer& out, const diagnosis::Recorded* recorded)
{
    if (!recorded || (recorded->saved && recorded->made.entries == recorded->made.steps))
        return;
    const catalog::Reconstruction& made = recorded->made;
    out.beginObject("counts").number("entries", made.entries).number("recognised", made.steps + made.repeats)
        .number("hidden", made.hidden).number("steps", made.steps).number("repeats", made.repeats).endObject();
}

} // namespace

QString resultOf(const flow::Flow& flow, const flow::Run& run)
{
    bool all = !flow.steps.isEmpty();
    for (const flow::Step& step : flow.steps) {
        const bool settled = flow::isSettled(flow, run, step);
        if (run.state(step.id) == StepState::Refused && !settled)
            return u"refused"_s;
        all = all && settled;
    }
    return all ? u"accepted"_s : u"failed"_s;
}

QByteArray requestJson(const http::Exchange& exchange, bool reveal)
{
    const http::Exchange shown = reveal ? exchange : http::redacted(exchange);
    json::Writer out;
    out.beginObject().text("method", QString::fromUtf8(shown.request.method)).text("url", QString::fromUtf8(shown.request.url));
    out.raw("headers", headersJson(shown.request.headers)).text("body", QString::fromUtf8(shown.request.body)).endObject();
    return out.done().trimmed();
}

QByteArray responseJson(const http::Exchange& exchange, bool reveal)
{
    const http::Exchange shown = reveal ? exchange : http::redacted(exchange);
    json::Writer out;
    out.beginObject().number("status", shown.response->status).textIf("reason", QString::fromUtf8(shown.response->reason));
    out.raw("headers", headersJson(shown.response->headers)).text("body", QString::fromUtf8(shown.response->body));
    if (shown.response->truncated)
        out.flag("truncated", true);
    out.endObject();
    return out.done().trimmed();
}

QByteArray runJson(const Source& s)
{
    json::Writer out;
    out.beginObject()
        .text("schema", u"run"_s)
        .number("version", 1)
        .text("setup", s.setup.id)
        .text("setupTitle", s.setup.title)
        .text("flow", s.flow.id)
        .text("flowTitle", s.flow.title)
        .text("against", s.run.against)
        .text("result", resultOf(s.flow, s.run))
        .text("made", base::toRfc3339(s.now))
        .flag("revealed", s.reveal);
    writeCounts(out, s.recorded);
    out.beginArray("bindings");
    for (const setup::Binding& b : s.bindings)
        out.beginObject().text("real", b.real).text("bound", b.bound).endObject();
    out.endArray().beginArray("steps");
    for (const flow::Step& step : s.flow.steps)
        writeStep(out, step, s);
    out.endArray();
    writeChain(out, s.chain);
    writeCast(out, s);
    write(out, "findings", s.findings);
    out.endObject();
    return out.done();
}

} // namespace report
