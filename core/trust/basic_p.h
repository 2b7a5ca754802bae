// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace trust {

struct Basic
{
    QByteArray user {};
    QByteArray password {};
};

/// An Authorization header of the scheme Basic as clients of a token endpoint write it: both halves form-encoded, joined
/// with a colon, base64 (RFC 6749 section 2.3.1). Nothing for any other header.
std::optional<Basic> readBasic(QByteArrayView header);

} // namespace trust
