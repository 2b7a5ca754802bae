// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "differentfindings_p.h"

#include <algorithm>

namespace report {

namespace {

/// The wording may name ports and times; the rule and its place do not. A part names the slot of a token, which is a number.
bool isSame(const base::Finding& left, const base::Finding& right)
{
    return left.rule == right.rule && left.place.step == right.place.step && left.place.claim == right.place.claim && left.place.pointer == right.place.pointer;
}

} // namespace

FindingDifference differentFindings(const RunDifference& difference, const QList<base::Finding>& left, QList<base::Finding> right)
{
    FindingDifference out;
    for (const base::Finding& finding : left) {
        base::Finding there = finding;
        there.place = difference.across(finding.place, false);
        const bool hasStep = finding.place.step.isEmpty() || !there.place.step.isEmpty();
        const auto same = std::ranges::find_if(right, [&](const base::Finding& other) { return hasStep && isSame(there, other); });
        if (same == right.end())
            out.onlyLeft.append(finding);
        else
            right.erase(same); // two of a kind are two
    }
    out.onlyRight = std::move(right);
    return out;
}

} // namespace report
