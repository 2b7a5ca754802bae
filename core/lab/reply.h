// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"

namespace lab {

/// One more header at the end.
void addHeader(http::ServerResponse& reply, QByteArray name, QByteArray value);

/// Answers as the services write them. Nothing that carries a token or an error may be stored.
http::ServerResponse jsonReply(int status, QByteArray body);
/// Documents that may be kept: discovery, key sets.
http::ServerResponse documentReply(QByteArray body);
http::ServerResponse htmlReply(int status, QByteArray body, QByteArrayView scriptHash = {});
http::ServerResponse redirectReply(QByteArray location);
http::ServerResponse textReply(int status, QByteArray body);
/// A path that leads nowhere.
http::ServerResponse notFound();

} // namespace lab
