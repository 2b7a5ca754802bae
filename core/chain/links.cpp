// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

const flow::Party& speakerOf(const Walk& walk, const Passage& passage)
{
    const flow::Step* issued = yielderOf(walk.flow, passage.evidence->slot, passage.step);
    const flow::Yield* yield = issued ? yieldOf(*issued, passage.evidence->slot) : nullptr;
    return yield && !yield->speaker.id.isEmpty() ? yield->speaker : *passage.from;
}

/// The step's contract stands under its first evidence; a second one says what it is there for.
void nameContract(const Walk& walk, const Passage& passage, Link& link)
{
    if (passage.weight == 0) {
        link.contractKind = passage.step->contractKind;
        link.contractName = passage.step->contractName;
        return;
    }
    const flow::Party& speaker = speakerOf(walk, passage);
    link.contractKind = speaker.kind == flow::PartyKind::User ? u"on behalf of"_s : u"client assertion"_s;
    link.contractName = speaker.title;
}

void setState(const Walk& walk, const flow::Step& step, Link& link)
{
    const flow::StepRecord* record = walk.run.record(step.id);
    const flow::StepState state = walk.run.state(step.id);
    link.stepId = step.id;
    link.state = stateOf(state);
    link.word = wordOf(record, state);
    link.hasPrediction = record && record->predicted.has_value();
    link.predicted = link.hasPrediction ? record->predicted->decision : base::Decision::NotEvaluated;
}

Link linkFor(const Walk& walk, const Passage& passage)
{
    const flow::Step& step = *passage.step;
    Link link {.id = passage.weight ? QString(step.id + u'#' + QString::number(passage.weight + 1)) : step.id,
        .carries = {step.id},
        .from = partyId(step, *passage.from),
        .to = partyId(step, *passage.to),
        .evidence = passage.evidence->title,
        .slot = passage.evidence->slot,
        .speaker = speakerOf(walk, passage).kind,
        .group = step.group};
    nameContract(walk, passage, link);
    setState(walk, step, link);
    if (const flow::Token* token = walk.run.token(link.slot)) {
        link.notBefore = token->notBefore();
        link.expires = token->expires();
    }
    return link;
}

/// The link that already stands where this passage would be drawn: between the same parties, or into the
/// party that speaks to itself (a bearer token used where it was minted).
Link* drawnAlready(QList<Link>& links, const QString& from, const QString& to)
{
    const auto it = std::find_if(links.rbegin(), links.rend(),
        [&](const Link& l) { return l.to == to && (l.from == from || from == to); });
    return it == links.rend() ? nullptr : &*it;
}

/// A later step between the same parties takes the gate as soon as it has something else to say than
/// "accepted".
void carry(const Walk& walk, const Passage& passage, Link& link)
{
    const flow::Step& step = *passage.step;
    if (!link.carries.contains(step.id))
        link.carries.append(step.id);
    const State state = stateOf(walk.run.state(step.id));
    if (state == State::NotReached || state == State::Accepted || link.state != State::Accepted)
        return;
    setState(walk, step, link);
    nameContract(walk, passage, link);
}

} // namespace

QList<Link> linksOf(const Walk& walk, const QList<Passage>& passages)
{
    QList<Link> links;
    for (const Passage& passage : passages) {
        const QString from = partyId(*passage.step, *passage.from), to = partyId(*passage.step, *passage.to);
        if (Link* link = drawnAlready(links, from, to))
            carry(walk, passage, *link);
        else if (from != to)
            links.append(linkFor(walk, passage));
    }
    return links;
}

} // namespace chain
