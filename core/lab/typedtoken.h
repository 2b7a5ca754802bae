// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/signingkeys.h"

namespace lab {

/// A token with another `typ` than "JWT": "at+jwt" (RFC 9068), "oauth-id-jag+jwt".
QByteArray typedToken(const Signer& signer, const QByteArray& payload, const QByteArray& type);

} // namespace lab
