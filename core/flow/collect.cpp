// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/resolve.h"
#include "core/flow/run.h"

#include "awaited.h"
#include "demands.h"
#include "replybody.h"

#include "core/base/json.h"

#include <algorithm>
#include <array>

namespace flow {

using namespace Qt::StringLiterals;
using base::Check;
using base::Outcome;

namespace {

QByteArray textOf(const json::Value& value)
{
    return value.isString() ? value.bytes().toByteArray() : value.raw().toByteArray();
}

Token tokenOf(const Yield& yield, const QByteArray& raw, const Step& step, const json::Document& body, base::Instant received)
{
    Token token {.slot = yield.slot, .use = yield.use, .stepId = step.id, .speaker = yield.speaker, .raw = raw, .received = received};
    token.jwt = jose::decode(raw);
    // expires_in counts for access tokens; metadata services write it as a string
    const json::Value expires = body.root()["expires_in"];
    if (yield.use == TokenUse::Access || yield.use == TokenUse::Assertion) {
        bool ok = false;
        const qlonglong seconds = textOf(expires).toLongLong(&ok);
        if (expires && ok && seconds >= 0)
            token.expiresIn = seconds;
    }
    return token;
}

/// An answer that says it is JSON has to be: half of it, or something else, is no answer. Nothing at all is one where the step
/// takes nothing out of it.
bool isBrokenJson(const Step& step, const http::Response& response, const json::Document& body)
{
    if (response.body.isEmpty() && step.yields.isEmpty())
        return false;
    return response.headers.value("Content-Type").contains("json") && !body.complete();
}

/// Half an answer, or something that is no JSON where members were wanted, says nothing: neither a token nor a wrong value.
bool canBeRead(const Step& step, const http::Response& response, const json::Document& body)
{
    if (response.truncated)
        return false;
    const bool wantsMembers = std::ranges::any_of(step.yields, [](const Yield& y) { return y.required && y.header.isEmpty() && !y.pointer.isEmpty(); });
    return step.interactive || !wantsMembers || body.root().isObject();
}

/// Some hand out a whole header value; the scheme is no part of the token.
QByteArray withoutScheme(const QByteArray& text)
{
    return text.left(7).toLower() == "bearer " ? text.sliced(7).trimmed() : text;
}

/// The text a yield points at; empty when it is not there.
QByteArray yielded(const Yield& yield, const json::Document& body, const http::Response& response)
{
    if (!yield.header.isEmpty() && yield.pointer.isEmpty())
        return response.headers.value(yield.header);
    if (yield.header.isEmpty() && yield.pointer.isEmpty())
        return response.body.trimmed();
    const json::Document tree = yield.header.isEmpty() ? body : challengeTree(response.headers.value(yield.header));
    const json::Value value = tree.find(yield.pointer);
    return value && !value.isNull() ? textOf(value) : QByteArray {};
}

/// A refusal that the step is there for: its headers count, but its body is not the document that was asked for, and may be empty.
bool isWelcomeRefusal(const Step& step, const StepRecord& record)
{
    return step.welcome.contains(record.observed.status) && record.observed.status >= 400;
}

void pick(const Step& step, const json::Document& body, base::Instant received, StepRecord& record)
{
    const bool refusal = isWelcomeRefusal(step, record);
    for (const Yield& yield : step.yields) {
        if (!tokenFault(yield, body).isEmpty())
            continue; // named among the checks
        const QByteArray text = yielded(yield, body, *record.exchange.response);
        if (text.isEmpty()) {
            if (yield.required && !(refusal && yield.header.isEmpty()))
                record.missing.append(yield.pointer.isEmpty() ? QString::fromUtf8(yield.header) : yield.pointer.mid(1));
            continue;
        }
        if (yield.token)
            record.tokens.append(tokenOf(yield, withoutScheme(text), step, body, received));
        else
            record.values.insert(yield.slot, text);
    }
}

const Token* tokenIn(const StepRecord& record, const QString& slot)
{
    const auto found = std::ranges::find(record.tokens, slot, &Token::slot);
    return found == record.tokens.end() ? nullptr : &*found;
}

/// The presented value of an expectation; nothing when the member or claim is absent.
std::optional<QByteArray> presentedBy(const Expectation& expectation, const json::Document& body, const StepRecord& record)
{
    json::Value value;
    if (expectation.on == Expectation::On::Reply) {
        value = body.find(expectation.name);
    } else if (const Token* token = tokenIn(record, expectation.slot)) {
        value = token->jwt.claim(expectation.name.toUtf8());
    }
    return value ? std::optional(textOf(value)) : std::nullopt;
}

bool contains(const json::Document& body, const QString& pointer, const QByteArray& wanted)
{
    for (json::Value v = body.find(pointer).first(); v; v = v.next())
        if (v.bytes() == wanted)
            return true;
    return false;
}

bool isAnyCase(Expectation::How how) { return how == Expectation::How::EqualsAnyCase || how == Expectation::How::EqualsAnyCaseIfPresent; }

void judge(Check& check, const Expectation& expectation, const std::optional<QByteArray>& presented, const QByteArray& wanted,
    const json::Document& body, const Ingredients& known)
{
    using How = Expectation::How;
    if (!presented) {
        const bool promised = known.values.value(expectation.promisedBy) == "true";
        const bool demanded = expectation.how == How::Equals || expectation.how == How::EqualsAnyCase || (expectation.how == How::EqualsIfPromised && promised);
        check.outcome = demanded ? Outcome::Fail : Outcome::NotEvaluated;
        check.relation = demanded ? u"absent"_s : u"the answer does not have it, and did not promise it"_s;
        return;
    }
    check.presented = QString::fromUtf8(*presented);
    const bool holds = expectation.how == How::ContainsIfPresent ? contains(body, expectation.name, wanted)
        : isAnyCase(expectation.how)                             ? presented->compare(wanted, Qt::CaseInsensitive) == 0
                                                                 : base::equalInConstantTime(*presented, wanted);
    check.outcome = holds ? Outcome::Pass : Outcome::Fail;
    if (holds)
        check.relation = expectation.how == How::ContainsIfPresent ? u"listed"_s : u"equal"_s;
}

void demand(const Step& step, const json::Document& body, const Ingredients& known, StepRecord& record)
{
    for (const Expectation& expectation : step.expects) {
        if (isAboutEarlier(step, expectation))
            continue;
        Check check {.id = expectation.id, .group = u"What this client demands"_s, .title = expectation.title, .source = expectation.source};
        const auto wanted = resolveValue(expectation.value, known);
        if (!wanted)
            continue;
        if (expectation.on == Expectation::On::IdToken) {
            record.checks += idTokenChecks(tokenIn(record, expectation.slot), *wanted, known.now);
            continue;
        }
        check.expected = QString::fromUtf8(*wanted);
        judge(check, expectation, presentedBy(expectation, body, record), *wanted, body, known);
        record.checks.append(check);
    }
}

StepState stateOf(const StepRecord& record)
{
    if (record.exchange.failure && !record.exchange.response)
        return StepState::Failed;
    if (record.observed.decision == base::Decision::Refuse)
        return StepState::Refused;
    if (record.observed.decision != base::Decision::Accept)
        return StepState::Failed;
    if (!record.missing.isEmpty() || record.exchange.response->truncated)
        return StepState::Failed;
    return base::decide(record.checks) == base::Decision::Refuse ? StepState::Refused : StepState::Accepted;
}

QString missingText(const StepRecord& record, const json::Document& body)
{
    if (record.exchange.response->truncated)
        return u"The answer is longer than the limit, or the connection ended in the middle of it. What arrived is shown."_s;
    if (!body.root().isObject() || !body.complete())
        return u"The answer is not a JSON object. It is shown as it came."_s;
    return u"The answer lacks %1."_s.arg(record.missing.join(u", "_s));
}

/// An interactive answer came through the browser: its members are the callback's parameters.
json::Document bodyOf(const Step& step, const http::Exchange& exchange)
{
    if (!exchange.response)
        return {};
    if (!step.interactive)
        return replyTree(*exchange.response);
    QByteArrayList members;
    const http::Form answer = http::parseForm(http::splitUrl(exchange.response->headers.value("Location")).query);
    for (const http::Parameter& p : answer)
        members.append(json::quoted(QString::fromUtf8(p.name)) + ':' + json::quoted(QString::fromUtf8(p.value)));
    return json::Document::read('{' + members.join(',') + '}');
}

void observeCallback(const json::Document& answer, Observed& observed)
{
    const json::Value error = answer.root()["error"];
    observed.decision = error ? base::Decision::Refuse : base::Decision::Accept;
    if (!error)
        return;
    observed.error = error.text();
    observed.text = answer.root()["error_description"].text();
    observed.code = errorCode(observed.text);
}

} // namespace

StepRecord collect(const Step& step, http::Exchange exchange, const Ingredients& known)
{
    StepRecord record {.stepId = step.id, .exchange = std::move(exchange)};
    if (!record.exchange.response) {
        record.state = StepState::Failed;
        return record;
    }
    const json::Document body = bodyOf(step, record.exchange);
    record.observed = observe(record.exchange);
    if (step.interactive)
        observeCallback(body, record.observed);
    if (step.welcome.contains(record.observed.status))
        record.observed.decision = base::Decision::Accept;
    if (record.observed.decision == base::Decision::Accept && !isWelcomeRefusal(step, record) && !canBeRead(step, *record.exchange.response, body)) {
        record.missing.append(u"JSON"_s);
    } else if (record.observed.decision == base::Decision::Accept) {
        pick(step, body, record.exchange.started, record);
        if (!step.interactive && !isWelcomeRefusal(step, record) && isBrokenJson(step, *record.exchange.response, body) && record.missing.isEmpty())
            record.missing.append(u"JSON"_s);
        if (!isWelcomeRefusal(step, record)) {
            demand(step, body, known, record);
            record.checks += tokenAnswerChecks(step, body);
        }
    } else if (step.interactive) {
        demand(step, body, known, record);
    }
    record.state = stateOf(record);
    if (record.state == StepState::Failed && record.observed.decision == base::Decision::Accept)
        record.error = base::Error {u"bad-answer"_s, missingText(record, body), step.id};
    return record;
}

} // namespace flow
