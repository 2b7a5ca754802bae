// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/text.h"
#include "core/diagnosis/errorcatalogue.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/receivedtokens_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/http/date.h"
#include "core/http/redact.h"
#include "core/http/site.h"
#include "core/jose/jwt.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// More than rounding to seconds and a slow network explain.
constexpr auto clockTolerance = std::chrono::seconds {60};

using base::Severity;
using flow::StepState;

base::Place at(const flow::Step& step, const QString& part, const QString& claim = {})
{
    return {.step = step.id, .part = part, .claim = claim};
}

void noAnswer(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const auto& failure = record.exchange.failure;
        if (record.state != StepState::Failed || !failure || record.exchange.response
            || failure->kind == http::Failure::Kind::Cancelled)
            return;
        out.append(finding(rule, Severity::Error,
            {.receiver = step.to.title, .step = step.title, .text = failure->text}, at(step, u"request"_s)));
    });
}

/// The lab does not guess for a receiver of which the setup says too little.
bool isLeftOpen(const flow::StepRecord& record) { return record.truth && record.truth->decision == base::Decision::NotEvaluated; }

bool isUnusable(const flow::StepRecord& record)
{
    return !isLeftOpen(record) && record.state == StepState::Failed && record.exchange.response && !record.missing.contains(mcpChallengeMethods());
}

/// A status that is neither yes nor no, whose side it is on, and where it points.
QString statusText(const http::Response& response)
{
    if (response.status >= 300 && response.status < 400) {
        const QString to = base::elidedMiddle(http::redactedText(QString::fromUtf8(response.headers.value("Location"))), 200);
        return u"It answered %1 and points to %2. A request is not sent on to another address: if the service has moved, write its new address."_s.arg(response.status)
            .arg(to.isEmpty() ? u"nowhere"_s : base::visible(to));
    }
    return response.status >= 500 ? u"It answered %1: the fault is on its side."_s.arg(response.status) : u"It answered %1."_s.arg(response.status);
}

void badAnswer(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (!isUnusable(record))
            return;
        const QString text = record.error ? record.error->text
            : record.exchange.failure     ? record.exchange.failure->text
                                          : statusText(*record.exchange.response);
        out.append(finding(rule, Severity::Error,
            {.receiver = step.to.title, .step = step.title, .text = text}, at(step, u"response"_s)));
    });
}

void leftOpen(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const base::Check* check = isLeftOpen(record) && record.state != StepState::Accepted ? record.truth->decisive() : nullptr;
        if (check && !(check->id == u"condition" && step.contract.kind == u"google.exchange")) // which has a finding of its own
            out.append(finding(rule, Severity::Error, {.receiver = step.to.title, .step = step.title, .text = u"%1: %2"_s.arg(check->title, check->relation)},
                {.step = step.id, .part = u"match"_s, .claim = check->id, .pointer = check->fixPointer.isEmpty() ? step.contract.pointer : check->fixPointer}));
    });
}

void notSent(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const bool sent = record.exchange.response || record.exchange.failure;
        // What a person stopped on purpose needs no finding; a key that does not fit has one of its own.
        const bool stopped = record.error && (record.error->code == u"cancelled" || record.error->code == u"certificate-key");
        if (record.state == StepState::Failed && record.error && !sent && !stopped)
            out.append(finding(rule, Severity::Error, {.step = step.title, .text = record.error->text},
                at(step, u"request"_s)));
    });
}

QString decided(StepState state) { return state == StepState::Accepted ? u"accepted"_s : u"refused"_s; }

void predictionDiffers(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const auto predicted = record.predicted ? record.predicted->decision : base::Decision::NotEvaluated;
        const bool differs
            = (predicted == base::Decision::Accept && record.observed.decision == base::Decision::Refuse)
            || (predicted == base::Decision::Refuse && record.state == StepState::Accepted);
        // What a person decides on a page was never predicted.
        if (!differs || (step.interactive && record.observed.error == u"access_denied"))
            return;
        const QString was = predicted == base::Decision::Accept ? u"accepted"_s : u"refused"_s;
        out.append(finding(rule, Severity::Warning,
            {.step = step.title,
                .text = u"Predicted %1, observed %2. One of the two is wrong; here is where they part."_s.arg(
                    was, decided(record.state))},
            at(step, u"match"_s)));
    });
}

/// What this client demands of an answer: state, issuer, nonce, audience of the id token.
void answerMismatch(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        for (const base::Check& check : record.checks)
            // What MCP demands beyond that, and the times of a token, have rules of their own.
            if (check.outcome == base::Outcome::Fail && !check.id.startsWith(u"mcp."_s) && !check.id.startsWith(u"lifetime."_s))
                out.append(finding(rule, Severity::Error,
                    {.object = check.title,
                        .presented = check.presented.isEmpty() ? u"nothing"_s : check.presented,
                        .expected = check.expected,
                        .step = step.title},
                    at(step, u"match"_s, check.id)));
    });
}

bool saysNo(const flow::Observed& observed)
{
    const ErrorEntry* entry = errorEntry(observed.code.isEmpty() ? observed.error : observed.code);
    return entry && entry->rule == u"DEL-CONSENT-DENIED";
}

void consentDenied(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (step.interactive && record.state == StepState::Refused && saysNo(record.observed))
            out.append(finding(rule, Severity::Error,
                {.object = step.from.title, .receiver = step.contractName, .step = step.title},
                at(step, u"match"_s)));
    });
}

const flow::Field* fieldOf(const flow::Step& step, QByteArrayView name)
{
    for (const QList<flow::Field>* fields : {&step.query, &step.body})
        for (const flow::Field& field : *fields)
            if (field.name == name)
                return &field;
    return nullptr;
}

/// What stands in the setup or the recording for this parameter; empty where it is made when the request is.
QByteArray literalOf(const flow::Step& step, const char* name)
{
    const flow::Field* field = fieldOf(step, name);
    const auto* literal = field ? std::get_if<flow::Literal>(&field->value.v) : nullptr;
    return literal ? literal->text : QByteArray();
}

bool asksFor(const flow::Step& step, const char* responseType) { return literalOf(step, "response_type").split(' ').contains(responseType); }

void implicitGrant(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const flow::Step& step : c.flow ? c.flow->steps : QList<flow::Step>())
        if (step.interactive && asksFor(step, "token"))
            out.append(finding(rule, Severity::Warning, {.step = step.title}, at(step, u"request"_s, u"response_type"_s)));
}

void passwordGrant(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const flow::Step& step : c.flow ? c.flow->steps : QList<flow::Step>())
        if (literalOf(step, "grant_type") == "password")
            out.append(finding(rule, Severity::Error, {.step = step.title}, at(step, u"request"_s, u"grant_type"_s)));
}

void noPkce(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (!c.flow)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const bool bringsCode = literalOf(step, "response_type").isEmpty() || asksFor(step, "code");
        if (!step.interactive || !bringsCode)
            continue;
        const flow::Field* method = fieldOf(step, "code_challenge_method");
        const auto* literal = method ? std::get_if<flow::Literal>(&method->value.v) : nullptr;
        if (!fieldOf(step, "code_challenge") || !literal || literal->text != "S256")
            out.append(finding(
                rule, Severity::Error, {.step = step.title}, at(step, u"request"_s, u"code_challenge"_s)));
    }
}

struct Bearer
{
    const flow::Step* step = nullptr;
    QByteArray origin {};
    QByteArray token {};
};

QList<Bearer> bearers(const Case& c)
{
    QList<Bearer> found;
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const QByteArray value = record.exchange.request.headers.value("Authorization");
        if (value.left(7).toLower() == "bearer ")
            found.append({&step, http::siteOf(record.exchange.request.url), value.mid(7)});
    });
    return found;
}

/// The same bearer token shown to two hosts: each can use it at the other.
void passThrough(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<Bearer> shown = bearers(c);
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const auto before = std::find_if(shown.begin(), shown.begin() + i, [&](const Bearer& b) {
            return b.token == shown[i].token && b.origin != shown[i].origin
                && b.step->group == shown[i].step->group;
        });
        if (before != shown.begin() + i)
            out.append(finding(rule, Severity::Error,
                {.object = shown[i].step->title,
                    .receiver = shown[i].step->to.title,
                    .text
                    = u"The same token went to %1 and to %2. Each of them can use it at the other."_s.arg(
                        before->step->to.title, shown[i].step->to.title)},
                at(*shown[i].step, u"request"_s, u"Authorization"_s)));
    }
}

/// One assertion at a receiver that takes each once, by its jti: the second time is a replay, whatever it answered. Without a jti
/// it is one when the receiver took it before and now does not.
void replay(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (!c.flow || !c.run)
        return;
    QHash<QByteArray, bool> taken;
    for (const flow::StepRecord& record : c.run->records) {
        const flow::Step* step = c.flow->step(record.stepId);
        const bool exchange = step && (step->contract.kind == u"anthropic.exchange" || step->explain == u"exchange-at-anthropic");
        if (!exchange || !record.exchange.response)
            continue;
        const QByteArray assertion
            = json::Document::read(record.exchange.request.body).root()["assertion"].bytes().toByteArray();
        if (assertion.isEmpty())
            continue;
        const auto before = taken.constFind(assertion);
        const bool refusedNow = before != taken.cend() && *before && record.state != StepState::Accepted;
        const bool isCounted = before != taken.cend() && jose::decode(assertion).claim("jti");
        if (refusedNow || isCounted)
            out.append(finding(rule, Severity::Error, {.object = step->title, .receiver = step->to.title},
                at(*step, u"match"_s, u"jti"_s)));
        taken[assertion] |= record.state == StepState::Accepted;
    }
}

/// A stored answer keeps its old date; what is asked with a secret or a token is never stored.
bool isFresh(const http::Exchange& exchange)
{
    const bool asked = exchange.request.method == "POST" || exchange.request.headers.has("Authorization");
    return asked && !exchange.response->headers.has("Age");
}

/// Of each receiver once: what its clock says (RFC 9110 section 6.6.1) against the time of the request.
void clockOffset(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QStringList seen;
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const http::Exchange& exchange = record.exchange;
        const bool isTimed = exchange.started != base::Instant {}; // a recording may not say when
        const auto date = isTimed && exchange.response && isFresh(exchange) ? http::dateOf(*exchange.response) : std::nullopt;
        if (!date || seen.contains(step.to.title))
            return;
        const auto ended = exchange.started + std::chrono::milliseconds(qint64(std::max(0.0, exchange.timings.finished)));
        const auto ahead = *date - ended, behind = exchange.started - *date;
        if (std::max(ahead, behind) <= clockTolerance)
            return;
        seen.append(step.to.title);
        const auto apart = std::chrono::duration_cast<std::chrono::seconds>(std::max(ahead, behind));
        out.append(finding(rule, Severity::Warning,
            {.receiver = step.to.title, .step = step.title,
                .text = u"Its clock is %1 %2 the sender's. Begin and end of tokens are judged by the receiver's."_s
                            .arg(base::duration(apart), ahead > behind ? u"ahead of"_s : u"behind"_s)},
            at(step, u"response"_s)));
    });
}

constexpr std::array table {
    Rule {"DEL-CONSENT-DENIED", "{object} did not consent", "The run stops here; what was there stays.",
        "Sign in again and consent, or ask for fewer scopes.", "RFC 6749, 4.1.2.1", consentDenied, AboutUser},
    Rule {"DEL-OBO-AUDIENCE", "{object}: the user's token is meant for {presented}",
        "A token is exchanged by whom it is meant for: by its audience, for an agent by the agent's "
        "blueprint.",
        "Let the client ask for a scope of the application that presents the token.",
        "Microsoft: on-behalf-of flow", nullptr, AboutUser},
    Rule {"DEL-PASSTHROUGH", "{object}: a token is passed on to somebody it was not made for",
        "Whoever gets a foreign token can use it where it belongs.",
        "Exchange it for a token of the receiver's audience.", "RFC 9700, 2.3", passThrough, AboutRun},
    Rule {"DEL-PKCE-MISSING", "{step}: the sign-in is not bound to this client by PKCE",
        "Whoever gets hold of the code can redeem it.", "Send a code challenge with the method S256.",
        "RFC 7636, 4.3; RFC 9700, 2.1.1", noPkce, AboutUser},
    Rule {"DEL-IMPLICIT", "{step}: tokens come through the browser (implicit grant)",
        "Tokens in an address end in histories and logs, and nothing binds them to this client.",
        "Ask for a code (response_type=code) with PKCE, and redeem it.", "RFC 9700, 2.1.2", implicitGrant, AboutUser},
    Rule {"DEL-PASSWORD-GRANT", "{step}: the user's password goes to the client (password grant)",
        "The client sees the password, and neither a second factor nor Conditional Access can be asked for.",
        "Sign the user in with a code and PKCE; let a workload prove itself as itself.", "RFC 9700, 2.4", passwordGrant, AboutUser},
    Rule {"X-JTI-REPLAY", "{object}: the assertion was presented before",
        "{receiver} takes each assertion once per issuer.",
        "Get a fresh assertion for each exchange, or share one minted token.",
        "Anthropic: workload identity federation reference", replay, AboutRule},
    Rule {"X-CLOCK-SKEW", "{object}: by the receiver's clock the token is not within its time",
        "The token is valid from and to other moments than the receiver's now.",
        "Compare the clocks of issuer and receiver, and present tokens fresh.", "RFC 7519, 4.1.4", outsideItsTime,
        AboutRun},
    Rule {"X-CLOCK-OFFSET", "The clock of {receiver} differs from the sender's",
        "Begin and end of tokens are judged by the receiver's clock.",
        "Set the clock that is wrong by NTP. In a virtual machine: after a pause, once more.", "RFC 9110, 6.6.1; RFC 7519, 4.1.4", clockOffset,
        AboutRun},
    Rule {"TOK-SIGNATURE", "{object}: the signature does not hold",
        "The token was not signed by a key of its issuer, or was changed on the way.",
        "Do not use it. Get a fresh token from the issuer.", "RFC 7515, 5.2", badSignature, AboutRun},
    Rule {"NET-NO-ANSWER", "{receiver} did not answer", "Nothing came back.",
        "Check the address and the network, then send again.", "RFC 9110, 15", noAnswer, AboutRun},
    Rule {"NET-BAD-ANSWER", "{receiver} answered something that cannot be used",
        "The answer does not hold what this step needs.",
        "Look at the answer in the Wire tab, then send again.", "RFC 6749, 5.1", badAnswer, AboutRun},
    Rule {"RUN-LEFT-OPEN", "The lab cannot decide for {receiver}: {step}",
        "The setup says too little of what the receiver demands.",
        "Where the setup lacks it, add the receiver's configuration as its own API gives it. What Trustwalk does not evaluate, try at the receiver itself.",
        "Trustwalk", leftOpen, AboutRun},
    Rule {"RUN-NOT-SENT", "{step} was not sent", "Something the request is made of is missing.",
        "Supply it, then send again.", "RFC 6749, 4", notSent, AboutRun},
    Rule {"RUN-ANSWER-MISMATCH", "{object} is not what was asked for",
        "The answer says {presented}, this client expects {expected}. It was not used.",
        "Start the sign-in again. When it stays, somebody else answers.",
        "RFC 9207, 2.4; OpenID Connect Core, 3.1.3.7", answerMismatch, AboutUser},
    Rule {"RUN-PREDICTION-DIFFERS", "{step}: prediction and answer differ",
        "One of the two is wrong; the Match tab shows where they part.",
        "Compare what the receiver is configured to accept with the setup.", "Trustwalk", predictionDiffers,
        AboutRun},
    Rule {"RUN-REFUSED", "{receiver} refused: {step}", "It gave no reason that this program knows.",
        "Look at the answer in the Wire tab.", "RFC 6749, 5.2", nullptr, AboutRun},
};

} // namespace

std::span<const Rule> runRules() { return table; }

} // namespace diagnosis
