// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// TOK-SIGNATURE: tokens whose signature does not hold, and those where it could not be looked at.
void badSignature(const Case& c, const Rule& rule, QList<base::Finding>& out);
/// X-CLOCK-SKEW of what this client demands itself: id tokens outside their time.
void outsideItsTime(const Case& c, const Rule& rule, QList<base::Finding>& out);

} // namespace diagnosis
