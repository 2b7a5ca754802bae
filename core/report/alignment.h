// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/diagnosis/recorded.h"

#include <QHash>

namespace report {

/// What tells one step of a run from another, whoever recorded it and wherever its server was.
struct StepKey
{
    QString id {};
    QString method {};
    QString path {};  ///< without origin and query
    QString grant {}; ///< grant_type and what goes with it, or the AWS action; empty of other requests
};

/// How two runs are laid side by side, in order: indices, -1 where a run has nothing there. Steps of one id belong together, and
/// else those that ask the same of the same place; the order of both runs is kept (an alignment of sequences with the largest
/// sum of likeness), so that a step that one run has more moves nothing else.
QList<std::pair<int, int>> aligned(const QList<StepKey>& left, const QList<StepKey>& right);

QList<StepKey> stepKeys(const json::Value& run);

/// The second run with its steps called as those of the first that they stand beside; other steps keep their id, or get one that the
/// first run does not use.
diagnosis::Recorded calledAs(const diagnosis::Recorded& first, diagnosis::Recorded second);

} // namespace report
