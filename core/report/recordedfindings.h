// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/base/json.h"

namespace report {

/// The findings that a recorded run carries.
QList<base::Finding> findingsOf(const json::Value& run);

} // namespace report
