// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace http {

/// A JSON string's content as UTF-8 (RFC 8259 section 7). What is no escape, or one half of a surrogate pair, stays as it is
/// written. With `cut` the text ended in its middle: an escape or a character that is not whole at its end is left out.
QByteArray unescaped(QByteArrayView raw, bool cut);

} // namespace http
