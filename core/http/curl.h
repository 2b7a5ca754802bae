// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"

#include <QString>

namespace http {

/// A shell command that repeats the request. Sensitive values become `$CLIENT_SECRET`-like placeholders named
/// after their parameter; everything else is quoted safely for a POSIX shell.
QString toCurl(const Request& request);
/// "POST /path HTTP/1.1" and so on, sensitive values as marks.
QString toHttpText(const Request& request);

} // namespace http
