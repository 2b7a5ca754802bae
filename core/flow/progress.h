// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"

namespace flow {

/// A refusal that a later step is there for (Step::onlyAfter) does not hold the flow up.
bool isMadeGood(const Flow& flow, const Run& run, const Step& step);

/// Nothing more is to be done about this step: accepted, skipped, or refused and made good.
bool isSettled(const Flow& flow, const Run& run, const Step& step);

} // namespace flow
