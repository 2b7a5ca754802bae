// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/exchangetables_p.h"
#include "core/diagnosis/finding_p.h"

#include "core/http/message.h"

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// What came out of an exchange; nullptr for other steps and before it is there.
const flow::Token* exchangedBy(const Case& c, const flow::Step& step)
{
    const flow::StepRecord* record = c.run ? c.run->record(step.id) : nullptr;
    const bool exchange = step.contract.kind == u"token-exchange" && record && record->state == flow::StepState::Accepted;
    return exchange && !record->tokens.isEmpty() ? &record->tokens.front() : nullptr;
}

bool namesSomebodyActing(const jose::Jwt& token)
{
    return token.claim("act") || token.claim("azp") || token.claim("client_id") || token.claim("xms_par_app_azp");
}

/// An actor was named in the request and is lost in the token, or nothing in it says who asked.
void noActor(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (!c.flow)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::Token* token = exchangedBy(c, step);
        if (!token || token->isOpaque())
            continue;
        const http::Form form = http::parseForm(c.run->record(step.id)->exchange.request.body);
        const bool lost = form.has("actor_token") && !token->jwt.claim("act");
        if (lost || !namesSomebodyActing(token->jwt))
            out.append(finding(rule, Severity::Warning, {.object = step.to.title, .receiver = step.to.title, .step = step.title},
                {.step = step.id, .part = u"token:"_s + token->slot, .claim = u"act"_s}));
    }
}

/// Whoever asks with a management key is asked nothing.
void managementKey(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (!c.flow)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const bool fetches = step.contract.kind == u"broker.connection" || step.explain == u"connection-token.key";
        const bool byKey = fetches && !step.presents.isEmpty() && step.presents.first().slot.isEmpty();
        if (byKey)
            out.append(finding(rule, Severity::Warning, {.object = step.to.title, .receiver = step.to.title, .step = step.title},
                {.step = step.id, .part = u"request"_s, .claim = u"Authorization"_s}));
    }
}

constexpr std::array table {
    Rule {"DEL-NO-ACTOR", "{object}: the token does not say who acts",
        "Subject and actor cannot be told apart. Whoever reads the log sees the user and nobody else.",
        "Send an actor token, and let the exchange issue a token with act.", "RFC 8693, 1.1 and 4.1", noActor, AboutRun},
    Rule {"DEL-ACTOR-REFUSED", "{object}: this actor may not act for the subject",
        "Presented is {presented}, allowed is {expected}.",
        "Name the actor in may_act of the subject token, or in the list of the exchange.", "RFC 8693, 4.4", nullptr, AboutRun},
    Rule {"DEL-SUBJECT-REFUSED", "{object} gives no token for this subject",
        "Presented is {presented}, taken is {expected}. The signature alone does not open the door.",
        "List the principal at the receiver, or ask with the token of one that is listed.", "RFC 8693, 2.2.2", nullptr, AboutRun},
    Rule {"DEL-TARGET-REFUSED", "{object} does not offer {presented}",
        "An exchange gives tokens for the audiences it knows: {expected}.",
        "Ask for one of them, or have the audience added.", "RFC 8693, 2.2.2", nullptr, AboutRun},
    Rule {"X-DESCOPE-MGMT-KEY", "{object}: the connection token is fetched with a management key",
        "The key bypasses policies and agent records. Whoever holds it has every user's connections.",
        "Fetch it with the agent's own platform token and the scope outbound.token.fetch.", "Descope docs: Fetching connection tokens", managementKey},
    Rule {"TR-AGENT-REVOKED", "{object}: the agent's record is revoked",
        "The record of this client and principal was ended. Others of the same client go on.",
        "Find out why, then approve the agent anew.", "Descope docs: Agentic identities", nullptr, AboutRun},
    Rule {"TR-POLICY-DENIED", "{object}: no policy allows this", "Asked is {presented}; allowed is {expected}.",
        "Add a policy for this client and grant, or ask for less.", "Descope docs: Policies", nullptr, AboutRun},
    Rule {"X-GRANT-CONFUSION", "{object}: the JWT stands in the place of another grant",
        "It was sent as {presented}. One field grants, the other one authenticates a client; servers do not guess.",
        "Send it in the field that its grant type names.", "RFC 7523, 2.1 and 2.2", nullptr, AboutRun},
};

} // namespace

std::span<const Rule> exchangeRules() { return table; }

} // namespace diagnosis
