// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runjson.h"

#include "shapes.h"

#include "core/base/jsonwriter.h"
#include "core/flow/progress.h"
#include "core/http/redact.h"
#include "core/trust/principal.h"

namespace report {

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

QString stateName(StepState state)
{
    switch (state) {
    case StepState::Accepted: return u"accepted"_s;
    case StepState::Refused: return u"refused"_s;
    case StepState::Failed: return u"failed"_s;
    default: return u"skipped"_s;
    }
}

QByteArray headersJson(const http::Headers& headers)
{
    json::Writer out;
    out.beginArray();
    for (const http::Header& h : headers)
        out.beginObject().text("name", QString::fromUtf8(h.name)).text("value", QString::fromUtf8(h.value)).endObject();
    out.endArray();
    return out.done().trimmed();
}

/// A JWT's parts: header and payload as they are, the signature never.
void writeToken(json::Writer& out, const flow::Token& token, const Source& s)
{
    out.beginObject().text("slot", token.slot);
    if (token.isOpaque()) {
        out.null("header").null("claims");
    } else {
        out.raw("header", json::formatted(token.jwt.header.root(), -1));
        out.raw("claims", token.jwt.payload.root() ? json::formatted(token.jwt.payload.root(), -1) : "null");
    }
    const bool speaksFor = !token.isOpaque();
    out.text("principal", speaksFor ? trust::principalName(trust::principalOf(token.jwt, &s.setup).kind) : u"unknown"_s);
    out.text("fingerprint", QString::fromLatin1(jose::fingerprint(token.raw)));
    if (const auto from = token.notBefore())
        out.text("notBefore", base::toRfc3339(*from));
    if (const auto to = token.expires())
        out.text("expires", base::toRfc3339(*to));
    if (!token.isOpaque() && !token.jwt.problems.isEmpty())
        out.texts("problems", token.jwt.problems);
    if (s.reveal)
        out.text("value", QString::fromUtf8(token.raw));
    out.endObject();
}

void writeObserved(json::Writer& out, const flow::StepRecord& record)
{
    const flow::Observed& o = record.observed;
    out.beginObject("observed")
        .text("outcome", record.state == StepState::Failed ? u"notEvaluated"_s : base::decisionName(o.decision))
        .textIf("code", o.code.isEmpty() ? o.error : o.code)
        .textIf("error", o.error)
        .textIf("text", http::redactedText(o.text));
    if (o.status)
        out.number("status", o.status);
    out.endObject();
}

void writeRecord(json::Writer& out, const flow::StepRecord& record, const Source& s)
{
    out.raw("request", record.exchange.request.url.isEmpty() ? "null" : requestJson(record.exchange, s.reveal));
    out.raw("response", record.exchange.response ? responseJson(record.exchange, s.reveal) : "null");
    out.beginArray("tokens");
    for (const flow::Token& token : record.tokens)
        writeToken(out, token, s);
    out.endArray();
    if (record.predicted)
        write(out, "predicted", *record.predicted);
    writeObserved(out, record);
    out.beginArray("clientChecks");
    for (const base::Check& check : record.checks)
        write(out, nullptr, check);
    out.endArray();
    if (record.truth)
        write(out, "truth", *record.truth);
    out.textIf("note", record.note);
    if (record.error)
        out.beginObject("error").text("code", record.error->code).text("text", record.error->text).endObject();
    out.text("started", base::toRfc3339(record.exchange.started));
    if (record.exchange.timings.finished >= 0)
        out.number("milliseconds", record.exchange.timings.finished);
}

void writeStep(json::Writer& out, const flow::Step& step, const Source& s)
{
    const flow::StepRecord* record = s.run.record(step.id);
    out.beginObject()
        .text("id", step.id)
        .text("title", step.title)
        .text("from", step.from.title)
        .text("to", step.to.title)
        .text("state", stateName(s.run.state(step.id)));
    if (record) {
        writeRecord(out, *record, s);
    } else {
        out.null("request").null("response").beginArray("tokens").endArray();
        out.beginObject("observed").text("outcome", u"notEvaluated"_s).endObject();
    }
    out.endObject();
}

QString linkState(chain::State state)
{
    switch (state) {
    case chain::State::Accepted: return u"accepted"_s;
    case chain::State::Refused: return u"refused"_s;
    case chain::State::Failed: return u"failed"_s;
    case chain::State::Predicted: return u"predicted"_s;
    case chain::State::UnderWay: return u"underWay"_s;
    case chain::State::NotReached: break;
    }
    return u"notReached"_s;
}

void writeChain(json::Writer& out, const chain::Chain& chain)
{
    out.beginObject("chain").text("root", chain::rootName(chain.root)).text("rootText", chain.rootText).textIf("rootDetail", chain.rootDetail);
    out.beginArray("parties");
    for (const chain::ChainParty& p : chain.parties)
        out.beginObject().text("id", p.id).text("kind", chain::partyName(p.kind)).text("title", p.title).endObject();
    out.endArray().beginArray("links");
    for (const chain::Link& l : chain.links)
        out.beginObject().text("from", l.from).text("to", l.to).text("evidence", l.evidence).text("state", linkState(l.state)).text("step", l.stepId).endObject();
    out.endArray().endObject();
}

void writeLedger(json::Writer& out, const chain::Chain& chain)
{
    out.beginArray("audiences");
    for (const chain::Audience& a : chain.audiences)
        out.beginObject().text("step", a.step).text("slot", a.slot).text("asked", a.asked).text("issued", a.issued).texts("accepted", a.accepted)
            .text("outcome", base::outcomeName(a.outcome)).textIf("note", a.note).endObject();
    out.endArray().beginArray("auditPrincipals");
    for (const chain::AuditPrincipal& p : chain.auditPrincipals)
        out.beginObject().text("target", p.target).text("principal", p.principal).textIf("text", p.text).endObject();
    out.endArray();
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
    out.beginObject().number("status", shown.response->status);
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
        .text("made", base::toRfc3339(s.now));
    out.beginArray("steps");
    for (const flow::Step& step : s.flow.steps)
        writeStep(out, step, s);
    out.endArray();
    writeChain(out, s.chain);
    writeLedger(out, s.chain);
    write(out, "findings", s.findings);
    out.endObject();
    return out.done();
}

} // namespace report
