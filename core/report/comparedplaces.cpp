// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difference.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

qsizetype RunDifference::indexOf(QStringView id, bool onRight) const
{
    const auto found = std::ranges::find_if(steps, [&](const StepDifference& s) { return !id.isEmpty() && (onRight ? s.rightId : s.leftId) == id; });
    return found == steps.end() ? -1 : found - steps.begin();
}

base::Place RunDifference::across(base::Place place, bool fromRight) const
{
    const qsizetype index = indexOf(place.step, fromRight);
    if (index < 0) {
        place.step.clear();
        return place;
    }
    const StepDifference& step = steps[index];
    place.step = fromRight ? step.leftId : step.rightId;
    const auto token = u"token:"_s;
    if (!place.part.startsWith(token))
        return place;
    for (const auto& [left, right] : step.tokens)
        if (place.part == token + (fromRight ? right : left)) {
            place.part = token + (fromRight ? left : right);
            break;
        }
    return place;
}

catalog::Explanation explained(const StepDifference& step)
{
    if (!step.differs())
        return {};
    const Difference* first = step.first();
    if (first && first->kind == u"check" && first->left != u"fail" && first->right != u"fail")
        return catalog::explainDifference(u"check without refusal", {});
    return first ? catalog::explainDifference(first->kind, first->name) : catalog::explainDifference(u"step", {});
}

catalog::Explanation explained(const RunDifference& difference)
{
    const auto first = std::ranges::find_if(difference.steps, &StepDifference::differs);
    return first == difference.steps.end() ? catalog::Explanation {} : explained(*first);
}

} // namespace report
