// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace report {

/// A run as one file that can be sent: the run as `walk --json` or `inspect` writes it, people's names and addresses
/// replaced by pseudonyms (equal values by equal ones), and a receipt of what was taken out. Signatures, secrets and codes
/// are gone from a run before, but for one that was revealed on purpose; what needed them was judged then, and the verdicts
/// travel along.
QByteArray bundle(const json::Value& run, base::Instant made);

/// The run inside a bundle, or the value itself when it is a run. Error "not-a-run".
base::Result<json::Value> runIn(const json::Value& document);

} // namespace report
