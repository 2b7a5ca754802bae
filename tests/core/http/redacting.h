// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/redact.h"
#include "core/jose/base64url.h"

/// A secret, a token, and what shall stand where they stood.
namespace redacting {

inline const QByteArray secret = "s3cr3t~Value.0123456789-abcdefghijkl";
inline const QByteArray jwtHead = jose::base64url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.'
    + jose::base64url("{\"sub\":\"alice\"}") + '.';
inline const QByteArray jwtSignature(342, 'S');
inline const QByteArray jwt = jwtHead + jwtSignature;

inline QByteArray mark(const QByteArray& text) { return http::redactionMark(text).toLatin1(); }
inline QByteArray json(const QByteArray& text, bool keepClaims = true)
{
    return http::redactedBody(text, "application/json", keepClaims);
}
inline QByteArray form(const QByteArray& text)
{
    return http::redactedBody(text, "application/x-www-form-urlencoded; charset=utf-8");
}

} // namespace redacting
