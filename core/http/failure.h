// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/exchange.h"

#include <QNetworkReply>
#include <QSslError>

#include <chrono>

/// What the network says, in words for people: whose side, what it means, what to do.
namespace http {

/// Why this request is not sent at all: not https (http only to loopback and 169.254.169.254), a name before
/// the host, a line break in a header. Nothing when it may go.
std::optional<Failure> notAllowed(const Request& request);

/// The most basic thing wrong with a certificate: nobody trusted vouches for it, then its dates, then its
/// names.
Failure tlsFailure(const QList<QSslError>& errors, const QByteArray& host);

/// `inHandshake`: https, and not yet encrypted.
Failure networkFailure(const QNetworkReply& reply, const QByteArray& authority, bool inHandshake);
Failure cutOffFailure(const QByteArray& authority);
Failure tooLongFailure(qint64 limit);
Failure totalFailure(const QByteArray& authority, std::chrono::milliseconds limit);
Failure idleFailure(const QByteArray& authority, std::chrono::milliseconds limit);

} // namespace http
