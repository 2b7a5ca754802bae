// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/http/message.h"

#include <optional>

namespace http {

/// Why no answer came.
struct Failure
{
    enum class Kind {
        Cancelled,
        Refused,
        NotFound,
        Timeout,
        Closed,
        TooLong,
        TlsUntrusted,
        TlsExpired,
        TlsName,
        TlsProtocol,
        NotAllowed,
        Other
    } kind{};
    QString text{}; ///< what happened, what it means, what to do
    bool operator==(const Failure&) const = default;
};

/// One request and what became of it, and when: a response, a failure, or (only when the response is
/// `truncated`) the part that arrived and why no more came. A 400 is an answer, not a failure.
struct Exchange
{
    Request request{};
    std::optional<Response> response{};
    std::optional<Failure> failure{};
    base::Instant started{};
    /// Milliseconds from the start; -1 where unknown.
    struct Timings
    {
        double connected = -1, encrypted = -1, firstByte = -1, finished = -1;
        bool operator==(const Timings&) const = default;
    } timings{};
    bool operator==(const Exchange&) const = default;
};

} // namespace http
