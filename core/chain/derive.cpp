// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include "core/trust/evaluate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

/// Whether this receiver took this token before. Only "yes" is certain: others may present it too.
bool acceptedBefore(const flow::Run& run, const http::Request& request, QByteArrayView raw)
{
    return std::ranges::any_of(run.records, [&](const flow::StepRecord& record) {
        return record.state == flow::StepState::Accepted && record.exchange.request.url == request.url
            && record.exchange.request.body.contains(raw);
    });
}

/// The token in this body that was spent before, when there is one.
const flow::Token* spentToken(const flow::Run& run, const http::Request& request)
{
    for (const flow::StepRecord& record : run.records)
        for (const flow::Token& token : record.tokens)
            if (!token.raw.isEmpty() && request.body.contains(token.raw)
                && acceptedBefore(run, request, token.raw))
                return &token;
    return nullptr;
}

void predictLink(Chain& chain, const QString& stepId, const base::Verdict& verdict)
{
    for (Link& link : chain.links) {
        if (link.stepId != stepId || link.askFor || link.state != State::NotReached)
            continue;
        link.state = State::Predicted;
        link.hasPrediction = true;
        link.predicted = verdict.decision;
        link.word = wordOfPrediction(verdict);
    }
    for (RootPlate& root : chain.roots) {
        if (root.stepId != stepId || root.state != State::NotReached)
            continue;
        root.state = State::Predicted;
        root.word = wordOfPrediction(verdict);
    }
}

} // namespace

Chain derive(const setup::Setup& setup, const flow::Flow& flow, const flow::Run& run)
{
    const Walk walk {setup, flow, run};
    const QList<Passage> ways = passages(flow);
    Chain chain;
    chain.parties = partiesOf(walk, ways);
    chain.links = linksOf(walk, ways);
    addResources(walk, chain);
    arrange(chain);
    addRoots(walk, chain);
    chain.audiences = audiencesOf(walk);
    chain.auditPrincipals = auditPrincipalsOf(walk);
    return chain;
}

trust::Knowledge knowledgeOf(const flow::Run& run, const http::Request& request)
{
    trust::Knowledge known {.keys = [&run](const QString& issuer) { return run.keysOf(issuer); }};
    known.keysAt = [&run](const QString& url) -> std::optional<jose::KeySet> {
        const auto there = std::ranges::find(run.keys, url, &flow::FetchedKeys::url);
        return there == run.keys.end() ? std::nullopt : std::optional(there->keys);
    };
    if (const flow::Token* spent = spentToken(run, request))
        known.jtiUsed = [jti = spent->jwt.claim("jti").bytes().toByteArray()](
                            const QString&, QByteArrayView asked) { return asked == jti; };
    return known;
}

std::optional<base::Verdict> predict(const setup::Setup& setup, const flow::Step& step,
    const http::Request& request, const flow::Run& run, base::Instant now)
{
    if (step.contract.kind.isEmpty())
        return {};
    trust::Knowledge known = knowledgeOf(run, request);
    const auto target = std::ranges::find(setup.targets, step.contract.pointer, &setup::Target::pointer);
    // Google's tokens are opaque, but what they stand for follows from the request that minted them.
    if (step.contract.kind.startsWith(u"google."_s) && target != setup.targets.end())
        known.opaque = [&](QByteArrayView token) { return googleGrantIn(setup, *target, run, token); };
    return trust::evaluate(step.contract, setup, request, known, now);
}

std::optional<base::Verdict> preview(const setup::Setup& setup, const flow::Step& step,
    const flow::Ingredients& known, const flow::Run& run, base::Instant now)
{
    // What is signed at sending time carries the time of sending.
    flow::Ingredients then = known;
    then.now = now;
    const auto resolved = flow::resolve(step, then);
    if (!resolved)
        return {};
    return predict(setup, step, resolved->request, run, now);
}

void addPredictions(Chain& chain, const setup::Setup& setup, const flow::Flow& flow,
    const flow::Ingredients& known, const flow::Run& run, base::Instant now)
{
    for (const flow::Step& step : flow.steps) {
        if (run.state(step.id) != flow::StepState::NotReached)
            continue;
        if (const auto verdict = preview(setup, step, known, run, now))
            predictLink(chain, step.id, *verdict);
    }
}

} // namespace chain
