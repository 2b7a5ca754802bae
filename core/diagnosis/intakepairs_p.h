// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"

namespace diagnosis {

/// Many error texts name what was presented and what was expected. Both are compared here as the receiver did, so that a
/// near miss gets its name; what is named alone is kept as evidence.
void readPairs(Item& item, const QString& said);

} // namespace diagnosis
