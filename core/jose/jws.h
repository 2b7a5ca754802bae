// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/jose/algorithm.h"
#include "core/jose/key.h"

namespace jose {

/// Raw signature bytes as RFC 7518 lays them out (r||s for ECDSA).
base::Result<QByteArray> sign(QByteArrayView input, const Key& key, const Algorithm& alg);
bool verifySignature(QByteArrayView input, QByteArrayView signature, const Key& key, const Algorithm& alg);
/// Compact serialisation of the two JSON texts.
base::Result<QByteArray> signCompact(QByteArrayView headerJson, QByteArrayView payloadJson, const Key& key, const Algorithm& alg);

} // namespace jose
