// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "difference.h"

namespace report {

/// What each run's findings have beyond the other's, in their order. `difference` says which steps are the same.
FindingDifference differentFindings(const RunDifference& difference, const QList<base::Finding>& left, QList<base::Finding> right);

} // namespace report
