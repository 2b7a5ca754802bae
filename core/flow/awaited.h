// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"

namespace flow {

/// Whether an earlier answer is one that `later` is there for: one of the statuses it names. Where a status says too little
/// (a 403 for a disabled secret, a 403 for a missing role), its expectations of that step's reply name the vendor's codes
/// that count; one of them has to be there.
bool isAwaited(const Step& later, const StepRecord& before);

/// Such an expectation: `code` in the answer of the step that `later` waits for.
Expectation codeOf(const QString& stepId, const QByteArray& code);
/// The same about what that step's answer held: a value for the slot had to be there.
Expectation givenIn(const QString& stepId, const QString& slot);
/// Whether an expectation is about another step's answer and not about this one's.
bool isAboutEarlier(const Step& step, const Expectation& expectation);

} // namespace flow
