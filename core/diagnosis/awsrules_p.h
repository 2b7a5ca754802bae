// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

// Rules that hold for every kind of federation, on the trust policies of AWS roles.
void awsTenantOnly(const Case& c, const Rule& rule, QList<base::Finding>& out);
void awsWildcardSubject(const Case& c, const Rule& rule, QList<base::Finding>& out);

} // namespace diagnosis
