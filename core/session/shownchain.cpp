// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "shownchain.h"

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;

namespace {

/// The step that waits or is being sent; nullptr when none is.
const flow::Step* stepUnderWay(const Session& session)
{
    const auto busy = [&](const flow::Step& step) {
        const flow::StepState state = session.state(step.id);
        return state == flow::StepState::Waiting || state == flow::StepState::Sending;
    };
    const auto it = std::ranges::find_if(session.flow().steps, busy);
    return it == session.flow().steps.end() ? nullptr : &*it;
}

void setUnderWay(chain::Chain& chain, const Session& session, const flow::Step& step)
{
    const QString word = session.state(step.id) == flow::StepState::Waiting ? u"Waiting"_s : u"Sending"_s;
    for (chain::Link& link : chain.links) {
        if (link.askFor || !link.carries.contains(step.id))
            continue;
        link.stepId = step.id;
        link.state = chain::State::UnderWay;
        link.word = word;
    }
    for (chain::RootPlate& root : chain.roots)
        if (root.stepId == step.id) {
            root.state = chain::State::UnderWay;
            root.word = word;
        }
}

} // namespace

ShownChain shownChain(Session& session)
{
    ShownChain shown {.chain = session.chain()};
    // What a recording did not reach was not predicted either: the values it would be made of are not here.
    if (!session.hasSetup() || session.recording())
        return shown;
    chain::addPredictions(shown.chain, session.played(), session.flow(), session.runner().known(), session.run(), session.now());
    for (const chain::RootPlate& root : shown.chain.roots) {
        if (root.stepId.isEmpty() || session.run().state(root.stepId) != flow::StepState::NotReached)
            continue;
        if (const auto verdict = session.predicted(root.stepId))
            shown.rootPredictions.insert(root.stepId, verdict->decision);
    }
    if (const flow::Step* step = stepUnderWay(session))
        setUnderWay(shown.chain, session, *step);
    return shown;
}

} // namespace session
