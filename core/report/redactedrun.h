// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace report {

/// The run as it may be shown, whoever wrote it: every request and answer as http::redacted gives an exchange, tokens without
/// their whole text. A run that was written so stays as it is. On one line.
QByteArray redactedRun(const json::Value& run);

} // namespace report
