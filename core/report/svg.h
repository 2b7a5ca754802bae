// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace report {

/// The chain of trust of a run as a picture: parties left to right in the order of the walk, evidence and outcome on each
/// link, the root of trust at the beginning. No script, no fonts of its own, nothing fetched.
QByteArray chainSvg(const json::Value& run);

} // namespace report
