// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/http/exchange.h"

namespace http {

/// When the server made its answer, by its own clock: the header Date in the form that is preferred (RFC 9110 sections
/// 5.6.7 and 6.6.1); nothing without one.
std::optional<base::Instant> dateOf(const Response& response);

} // namespace http
