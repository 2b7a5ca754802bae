// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "step.h"

#include <algorithm>

namespace flow {

Value joined(std::vector<Value> parts) { return {Joined {std::move(parts)}}; }

const Step* Flow::step(QStringView stepId) const
{
    const auto it = std::ranges::find(steps, stepId, &Step::id);
    return it == steps.end() ? nullptr : &*it;
}

} // namespace flow
