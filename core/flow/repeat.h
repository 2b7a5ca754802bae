// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/http/exchange.h"

#include <QStringList>

namespace flow {

/// What one step was answered before the answer that counts, and how long was waited for it.
struct Repeats
{
    QStringList answers {};             ///< "503"
    std::chrono::seconds waited {0};
};

/// The time a busy receiver asks for (RFC 9110 section 10.2.3: seconds, or a date); nothing when it asks for none, or for one
/// that has passed or cannot be read.
std::optional<std::chrono::seconds> retryAfter(const http::Response& response, base::Instant now);

/// How long to wait before the same request is sent again by itself. Only what changes nothing at the receiver (GET, RFC 9110
/// section 9.2.2) is sent again, only when it asks for at most a minute, and at most twice; a token request never is.
std::optional<std::chrono::seconds> pauseBeforeRepeat(const http::Exchange& exchange, const Repeats& before, base::Instant now);

/// What became of a Retry-After, in words; nothing when there was none.
std::optional<base::Check> repeatCheck(const http::Exchange& exchange, const Repeats& before, base::Instant now);

} // namespace flow
