// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "progress.h"

#include "awaited.h"

#include <algorithm>

namespace flow {

bool isMadeGood(const Flow& flow, const Run& run, const Step& step)
{
    const StepRecord* record = run.record(step.id);
    return record && record->state == StepState::Refused && std::ranges::any_of(flow.steps, [&](const Step& later) {
        return later.onlyAfter && later.onlyAfter->stepId == step.id && isAwaited(later, *record);
    });
}

bool isSettled(const Flow& flow, const Run& run, const Step& step)
{
    const StepState state = run.state(step.id);
    return state == StepState::Accepted || state == StepState::Skipped || isMadeGood(flow, run, step);
}

} // namespace flow
