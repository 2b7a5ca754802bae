// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"

#include <ctime>

namespace http {

/// Whether the connection goes on: by the version's own rule, said aloud (HTTP/1.0), or not.
enum class Persistence { Default, Said, Close };

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7), whatever the locale.
QByteArray httpDate(std::time_t time);

/// Status line and headers with the empty line behind them. Headers that would break the framing
/// (Content-Length, Transfer-Encoding, Connection, line breaks) are left out; a Date that the handler gives
/// stands, so that a lab with a shifted clock can show it.
QByteArray responseHead(const ServerResponse& response, QByteArrayView reason, Persistence persistence);

/// 1xx, 204 and 304 have no body and no length (RFC 9110 section 6.4.1).
bool mayHaveBody(int status);

} // namespace http
