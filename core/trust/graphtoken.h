// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/trust/assertion_p.h"

namespace trust {

/// Whether the header carries the proprietary `nonce` of tokens that Microsoft's own resources alone can verify.
bool hasHeaderNonce(const jose::Jwt& token);

/// The signature of a token whose header has a nonce: it was made over a header in which the nonce is replaced by its
/// SHA-256. Where that does not hold either, a prediction leaves the check open: the token is meant for Graph alone.
void checkGraphSignature(Sheet& sheet, const jose::Jwt& token, const QString& issuer, const Knowledge& knowledge, const TokenDemand& demand);

} // namespace trust
