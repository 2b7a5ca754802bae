// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stepjson.h"

#include "shapes.h"

#include "core/http/redact.h"
#include "core/trust/principal.h"

#include <array>

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

/// A JWT's parts: header and payload as they are, the signature never. Whoever reads it later cannot check what is gone,
/// so what was checked goes along.
void writeToken(json::Writer& out, const flow::Token& token, const Source& s)
{
    out.beginObject().text("slot", token.slot);
    if (token.isOpaque()) {
        out.null("header").null("claims");
    } else {
        out.raw("header", partJson(token.jwt.header));
        out.raw("claims", partJson(token.jwt.payload));
    }
    const bool speaksFor = !token.isOpaque();
    out.text("principal", speaksFor ? trust::principalName(trust::principalOf(token.jwt, &s.setup).kind) : u"unknown"_s);
    out.text("fingerprint", QString::fromLatin1(token.fingerprint()));
    out.text("use", useName(token.use));
    write(out, "speaker", token.speaker);
    const qsizetype hidden = token.isOpaque() ? token.raw.size() : token.jwt.signaturePart.size();
    out.number("hidden", token.remains ? qint64(token.remains->hidden) : qint64(hidden));
    out.textIf("prefix", token.isOpaque() ? QString::fromLatin1(chain::prefixOf(token)) : QString());
    if (token.jwt.isJwe())
        out.flag("encrypted", true);
    if (!token.isOpaque())
        write(out, "signature", chain::signatureOf(token, s.run, s.now));
    if (const auto from = token.notBefore())
        out.text("notBefore", base::toRfc3339(*from));
    if (const auto to = token.expires())
        out.text("expires", base::toRfc3339(*to));
    out.text("received", base::toRfc3339(token.received));
    if (token.expiresIn)
        out.number("expiresIn", *token.expiresIn);
    if (!token.isOpaque() && !token.jwt.problems.isEmpty())
        out.texts("problems", token.jwt.problems);
    if (s.reveal && !token.remains)
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
        .textIf("text", http::redactedText(o.text))
        .textIf("requestId", o.requestId);
    if (o.status)
        out.number("status", o.status);
    out.endObject();
}

void writeTimes(json::Writer& out, const http::Exchange& exchange)
{
    out.text("started", base::toRfc3339(exchange.started));
    const http::Exchange::Timings& t = exchange.timings;
    if (t.finished >= 0)
        out.number("milliseconds", t.finished);
    const std::pair<const char*, double> parts[] {{"connected", t.connected}, {"encrypted", t.encrypted}, {"firstByte", t.firstByte}};
    out.beginObject("timings");
    for (const auto& [name, value] : parts)
        if (value >= 0)
            out.number(name, value);
    out.endObject();
}

void writeOrigins(json::Writer& out, const QList<flow::Origin>& origins)
{
    out.beginArray("origins");
    for (const flow::Origin& o : origins)
        out.beginObject().text("part", originName(o.part)).text("name", QString::fromUtf8(o.name)).text("from", o.from).textIf("pointer", o.pointer).endObject();
    out.endArray();
}

void writeRecord(json::Writer& out, const flow::StepRecord& record, const Source& s)
{
    out.raw("request", record.exchange.request.url.isEmpty() ? "null" : requestJson(record.exchange, s.reveal));
    out.raw("response", record.exchange.response ? responseJson(record.exchange, s.reveal) : "null");
    if (record.exchange.failure)
        out.beginObject("failure").text("kind", failureName(record.exchange.failure->kind)).text("text", http::redactedText(record.exchange.failure->text)).endObject();
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
        out.beginObject("error").text("code", record.error->code).text("text", record.error->text).textIf("where", record.error->where).endObject();
    if (!record.missing.isEmpty())
        out.texts("missing", record.missing);
    writeOrigins(out, record.origins);
    writeTimes(out, record.exchange);
}

/// What the step is, for whoever has no setup to derive it from.
void writeDescription(json::Writer& out, const flow::Step& step)
{
    out.textIf("shortTitle", step.shortTitle).textIf("explain", step.explain).textIf("group", step.group);
    out.beginObject("parties");
    write(out, "from", step.from);
    write(out, "to", step.to);
    if (!step.becomes.id.isEmpty())
        write(out, "becomes", step.becomes);
    out.endObject().beginArray("presents");
    for (const flow::Evidence& e : step.presents)
        out.beginObject().text("kind", evidenceName(e.kind)).textIf("slot", e.slot).text("title", e.title).endObject();
    out.endArray();
    out.beginObject("contract").text("kind", step.contract.kind).textIf("pointer", step.contract.pointer).textIf("words", step.contractKind).textIf("name", step.contractName).endObject();
    out.beginArray("yields");
    for (const flow::Yield& y : step.yields) {
        out.beginObject().text("slot", y.slot).flag("token", y.token);
        if (y.token)
            out.text("use", useName(y.use));
        if (!y.speaker.id.isEmpty())
            write(out, "speaker", y.speaker);
        out.endObject();
    }
    out.endArray().textIf("audienceAsked", step.audienceAsked);
    if (step.interactive)
        out.flag("interactive", true);
    const auto statuses = [&out](const char* name, const QList<int>& list) {
        out.beginArray(name);
        for (const int status : list)
            out.number(nullptr, status);
        out.endArray();
    };
    if (!step.welcome.isEmpty())
        statuses("welcome", step.welcome);
    if (!step.onlyAfter)
        return;
    out.beginObject("onlyAfter").text("step", step.onlyAfter->stepId);
    statuses("statuses", step.onlyAfter->statuses);
    out.endObject();
}

} // namespace

QString useName(flow::TokenUse use)
{
    static const std::array names {u"access"_s, u"id"_s, u"refresh"_s, u"assertion"_s};
    return names.at(size_t(use));
}

QString evidenceName(flow::Evidence::Kind kind)
{
    static const std::array names {u"token"_s, u"secret"_s, u"signIn"_s, u"attestation"_s};
    return names.at(size_t(kind));
}

QString originName(flow::Origin::Part part)
{
    static const std::array names {u"url"_s, u"query"_s, u"header"_s, u"body"_s};
    return names.at(size_t(part));
}

QString failureName(http::Failure::Kind kind)
{
    static const std::array names {u"cancelled"_s, u"refused"_s, u"notFound"_s, u"timeout"_s, u"closed"_s, u"tooLong"_s, u"tlsUntrusted"_s, u"tlsExpired"_s, u"tlsName"_s,
        u"tlsProtocol"_s, u"notAllowed"_s, u"other"_s};
    static_assert(names.size() == size_t(http::Failure::Kind::Other) + 1);
    return names.at(size_t(kind));
}

void write(json::Writer& out, const char* name, const flow::Party& party)
{
    out.beginObject(name).text("kind", chain::partyName(party.kind)).text("id", party.id).text("title", party.title).endObject();
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
    writeDescription(out, step);
    out.endObject();
}

} // namespace report
