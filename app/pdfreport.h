// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace app {

/// A run (its JSON shape, redacted already) on A4 pages, to be printed or sent: what it was, its chain as a drawing, every step
/// with its outcome, what a refused one failed on and how to mend it, audiences, findings. What stands in requests and tokens is in
/// the HTML report. Empty when the run has no step.
QByteArray pdfReport(const json::Value& run);

} // namespace app
