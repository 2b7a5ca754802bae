// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "readshapes.h"

#include "stepjson.h"

#include "core/jose/base64url.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

StepState stateFrom(Reading& in, const json::Value& v)
{
    const QString name = in.text(v, "state");
    if (name == u"accepted")
        return StepState::Accepted;
    if (name == u"refused")
        return StepState::Refused;
    if (name == u"failed")
        return StepState::Failed;
    if (name != u"skipped")
        in.fail(v["state"] ? v["state"] : v, u"`state` is \"%1\"; it has to be one of accepted, refused, failed, skipped."_s.arg(name));
    return StepState::Skipped;
}

http::Headers headersFrom(Reading& in, const json::Value& message)
{
    http::Headers out;
    for (json::Value h = in.array(message, "headers").first(); h; h = h.next())
        out.append({in.text(h, "name").toUtf8(), in.text(h, "value").toUtf8()});
    return out;
}

/// Header and payload as they stand in the document; what was signed is gone, so nothing of it can be checked again.
jose::Jwt strippedJwt(Reading& in, const json::Value& v)
{
    jose::Jwt jwt;
    jwt.parts = 3;
    jwt.header = json::Document::read(v["header"].raw().toByteArray());
    jwt.headerPart = jose::base64url(jwt.header.source());
    if (v["claims"].isObject())
        jwt.payload = json::Document::read(v["claims"].raw().toByteArray());
    jwt.payloadPart = jose::base64url(jwt.payload.source());
    jwt.raw = jwt.headerPart + '.' + jwt.payloadPart + '.';
    jwt.problems = in.texts(v, "problems");
    return jwt;
}

flow::Token tokenFrom(Reading& in, const json::Value& v, const QString& stepId)
{
    flow::Token token {.slot = in.text(v, "slot"), .use = in.named(v, "use", flow::TokenUse::Assertion, useName, false), .stepId = stepId, .speaker = partyFrom(in, v, "speaker")};
    token.received = in.time(v, "received").value_or(base::Instant {});
    token.expiresIn = in.integer(v, "expiresIn");
    if (const QString whole = in.textIf(v, "value"); !whole.isEmpty()) {
        token.raw = whole.toUtf8();
        token.jwt = jose::decode(token.raw);
        return token;
    }
    token.remains = flow::Remains {.fingerprint = in.text(v, "fingerprint").toLatin1(), .hidden = int(in.integer(v, "hidden").value_or(0)), .prefix = in.textIf(v, "prefix").toLatin1()};
    if (const json::Value signature = in.object(v, "signature", false))
        token.remains->signature = checkFrom(in, signature);
    if (in.object(v, "header", false)) {
        in.object(v, "claims", false);
        token.jwt = strippedJwt(in, v);
        token.raw = token.jwt.raw;
    } else if (in.flag(v, "encrypted")) {
        token.jwt.parts = 5;
        token.jwt.header = json::Document::read("{}");
    }
    return token;
}

flow::Observed observedFrom(Reading& in, const json::Value& step)
{
    const json::Value v = in.object(step, "observed");
    flow::Observed out {.decision = in.named(v, "outcome", base::Decision::NotEvaluated, base::decisionName), .status = int(in.integer(v, "status").value_or(0)), .error = in.textIf(v, "error"),
        .code = in.textIf(v, "code"), .text = in.textIf(v, "text"), .requestId = in.textIf(v, "requestId")};
    if (out.code == out.error)
        out.code.clear();
    return out;
}

QList<flow::Origin> originsFrom(Reading& in, const json::Value& v)
{
    QList<flow::Origin> out;
    for (json::Value o = in.array(v, "origins", false).first(); o; o = o.next())
        out.append({in.named(o, "part", flow::Origin::Part::Body, originName), in.textIf(o, "name").toUtf8(), in.text(o, "from"), in.textIf(o, "pointer")});
    return out;
}

/// Which field carried which token: the origins of the request say it.
void setFields(flow::Step& step, const QList<flow::Origin>& origins)
{
    for (const flow::Origin& o : origins) {
        const bool presented = std::ranges::any_of(step.presents, [&](const flow::Evidence& e) { return !e.slot.isEmpty() && e.slot == o.from; });
        if (!presented)
            continue;
        const flow::Field field {.name = o.name, .value = flow::fromToken(o.from)};
        (o.part == flow::Origin::Part::Header ? step.headers : o.part == flow::Origin::Part::Query ? step.query : step.body).append(field);
    }
}

flow::Yield yieldFrom(Reading& in, const json::Value& v)
{
    flow::Yield y {.slot = in.text(v, "slot"), .token = in.flag(v, "token")};
    y.use = in.named(v, "use", flow::TokenUse::Assertion, useName, false);
    y.speaker = partyFrom(in, v, "speaker");
    return y;
}

/// A run of another program says only which tokens came out.
void yieldWhatCame(flow::Step& step, const json::Value& v)
{
    for (json::Value t = v["tokens"].first(); t && step.yields.isEmpty(); t = t.next())
        step.yields.append({.slot = t["slot"].text(), .token = true});
}

QList<int> statusesFrom(Reading& in, const json::Value& parent, const char* name, bool needed)
{
    QList<int> out;
    for (json::Value status = in.array(parent, name, needed).first(); status; status = status.next())
        out.append(int(status.integer().value_or(0)));
    return out;
}

std::optional<flow::Step::OnlyAfter> onlyAfterFrom(Reading& in, const json::Value& step)
{
    const json::Value v = in.object(step, "onlyAfter", false);
    if (!v)
        return {};
    return flow::Step::OnlyAfter {.stepId = in.text(v, "step"), .statuses = statusesFrom(in, v, "statuses", true)};
}

} // namespace

http::Exchange exchangeFrom(Reading& in, const json::Value& v)
{
    http::Exchange out;
    if (const json::Value request = in.object(v, "request", false))
        out.request = {in.text(request, "method").toUtf8(), in.text(request, "url").toUtf8(), headersFrom(in, request), in.text(request, "body").toUtf8()};
    if (const json::Value response = in.object(v, "response", false))
        out.response = http::Response {.status = int(in.integer(response, "status", true).value_or(0)), .reason = in.textIf(response, "reason").toUtf8(), .headers = headersFrom(in, response),
            .body = in.text(response, "body").toUtf8(), .truncated = in.flag(response, "truncated")};
    if (const json::Value failure = in.object(v, "failure", false))
        out.failure = http::Failure {in.named(failure, "kind", http::Failure::Kind::Other, failureName), in.text(failure, "text")};
    out.started = in.time(v, "started").value_or(base::Instant {});
    out.timings.finished = in.number(v, "milliseconds").value_or(-1);
    const json::Value timings = in.object(v, "timings", false);
    out.timings.connected = in.number(timings, "connected").value_or(-1);
    out.timings.encrypted = in.number(timings, "encrypted").value_or(-1);
    out.timings.firstByte = in.number(timings, "firstByte").value_or(-1);
    return out;
}

flow::Step stepFrom(Reading& in, const json::Value& v)
{
    flow::Step step {.id = in.text(v, "id"), .title = in.text(v, "title"), .shortTitle = in.textIf(v, "shortTitle"), .explain = in.textIf(v, "explain")};
    if (step.shortTitle.isEmpty())
        step.shortTitle = step.title;
    const json::Value parties = in.object(v, "parties", false);
    step.from = parties ? partyFrom(in, parties, "from") : flow::Party {flow::PartyKind::App, {}, in.text(v, "from")};
    step.to = parties ? partyFrom(in, parties, "to") : flow::Party {flow::PartyKind::Downstream, {}, in.text(v, "to")};
    step.becomes = partyFrom(in, parties, "becomes");
    for (json::Value e = in.array(v, "presents", false).first(); e; e = e.next())
        step.presents.append({.slot = in.textIf(e, "slot"), .kind = in.named(e, "kind", flow::Evidence::Kind::Attestation, evidenceName), .title = in.text(e, "title")});
    const json::Value contract = in.object(v, "contract", false);
    step.contract = {in.textIf(contract, "kind"), in.textIf(contract, "pointer")};
    step.contractKind = in.textIf(contract, "words");
    step.contractName = in.textIf(contract, "name");
    for (json::Value y = in.array(v, "yields", false).first(); y; y = y.next())
        step.yields.append(yieldFrom(in, y));
    if (!v["yields"])
        yieldWhatCame(step, v);
    setFields(step, originsFrom(in, v));
    step.audienceAsked = in.textIf(v, "audienceAsked");
    step.interactive = in.flag(v, "interactive");
    step.welcome = statusesFrom(in, v, "welcome", false);
    step.onlyAfter = onlyAfterFrom(in, v);
    step.group = in.textIf(v, "group");
    return step;
}

std::optional<flow::StepRecord> recordFrom(Reading& in, const json::Value& v, const flow::Step& step)
{
    const StepState state = stateFrom(in, v);
    const bool sent = v["started"] || v["request"].isObject() || state != StepState::Skipped;
    if (!sent)
        return {};
    flow::StepRecord out {.stepId = step.id, .state = state, .exchange = exchangeFrom(in, v), .origins = originsFrom(in, v)};
    for (json::Value t = in.array(v, "tokens").first(); t; t = t.next())
        out.tokens.append(tokenFrom(in, t, step.id));
    out.missing = in.texts(v, "missing");
    out.checks = checksFrom(in, v, "clientChecks", false);
    out.predicted = verdictFrom(in, v, "predicted");
    out.truth = verdictFrom(in, v, "truth");
    out.note = in.textIf(v, "note");
    out.observed = observedFrom(in, v);
    if (const json::Value error = in.object(v, "error", false))
        out.error = base::Error {in.text(error, "code"), in.text(error, "text"), in.textIf(error, "where")};
    return out;
}

} // namespace report
