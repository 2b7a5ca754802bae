// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <optional>

/// RFC 4648 section 5 without padding, as RFC 7515 section 2 uses it.
namespace jose {

QByteArray base64url(QByteArrayView bytes);

/// Canonical only: this alphabet, no padding, no blanks, unused bits zero.
std::optional<QByteArray> fromBase64urlStrict(QByteArrayView text);

struct Base64Reading
{
    QByteArray bytes {};
    QStringList problems {}; ///< "padded", "the alphabet of plain base64", "a blank at 17", ...
};
/// Whatever can be read, with a line for each thing that is not as it should be.
Base64Reading readBase64url(QByteArrayView text);

} // namespace jose
