// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/trust/cel.h"
#include "core/trust/compare.h"

namespace trust {

/// What of a condition that does not hold nearly holds: a compared text by its near miss, else a claim that Entra writes under
/// another name. `check.expected` is the condition; fills near, fix, and the condition as it would hold in fixValue.
void explainCondition(base::Check& check, const cel::Result& result, const CompareHints& hints, const jose::Jwt& token);

} // namespace trust
