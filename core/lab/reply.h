// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/jsontext.h"

namespace lab {

/// One more header at the end.
void addHeader(http::ServerResponse& reply, QByteArray name, QByteArray value);

/// Answers as the services write them. Nothing that carries a token or an error may be stored.
http::ServerResponse jsonReply(int status, QByteArray body);
/// Documents that may be kept: discovery, key sets.
http::ServerResponse documentReply(QByteArray body);
/// A metadata document, with one more member that says that a lab wrote it: `trustwalk_lab`. Readers ignore members they do
/// not know (OpenID Connect Discovery 1.0 section 4.2, RFC 8414 section 3.2, RFC 9728 section 3.2).
http::ServerResponse metadataReply(JsonText json);
inline constexpr auto labMember = "trustwalk_lab";
http::ServerResponse htmlReply(int status, QByteArray body, QByteArrayView scriptHash = {});
http::ServerResponse redirectReply(QByteArray location);
http::ServerResponse textReply(int status, QByteArray body);
/// A path that leads nowhere.
http::ServerResponse notFound();

} // namespace lab
