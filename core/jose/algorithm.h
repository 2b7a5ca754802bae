// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace jose {

enum class KeyType { Rsa, Ec, Okp, Oct };
enum class Family { RsaPkcs1, RsaPss, Ecdsa, Eddsa, Hmac };

/// Everything known about a signature algorithm (RFC 7518 section 3, RFC 8037).
struct Algorithm
{
    const char* name;      ///< "RS256"
    Family family;
    KeyType keyType;
    const char* digest;    ///< OpenSSL name; nullptr for EdDSA
    const char* curve;     ///< JWK `crv`; nullptr where none
    int signatureSize;     ///< bytes; 0 = as long as the RSA modulus
    int digestSize;        ///< bytes; PSS salt and least HMAC key
};

std::span<const Algorithm> algorithms();
/// By exact name; nullptr for anything else, "none" in any spelling included.
const Algorithm* algorithm(QByteArrayView name);

} // namespace jose
