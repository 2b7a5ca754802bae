// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace report {

/// A run (its JSON shape) as one HTML file: no script, nothing loaded from elsewhere, every value escaped.
QByteArray html(const json::Value& run);

} // namespace report
