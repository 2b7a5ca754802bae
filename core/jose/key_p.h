// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/key.h"
#include "core/jose/openssl_p.h"

#include <array>
#include <span>
#include <vector>

namespace jose {

/// A curve that JOSE names, and what OpenSSL calls it.
struct Curve
{
    const char* name; ///< JWK `crv`
    const char* group; ///< OpenSSL group or key type
    KeyType type;
    int size; ///< bytes of a coordinate, or of an OKP key
};
std::span<const Curve> curves();
const Curve* curve(QByteArrayView name);

/// A number of an RSA key: its JWK member and its OpenSSL name.
struct RsaNumber
{
    const char* jwk;
    const char* openssl;
};
inline constexpr std::array rsaPublic {
    RsaNumber {"n", OSSL_PKEY_PARAM_RSA_N}, RsaNumber {"e", OSSL_PKEY_PARAM_RSA_E}};
inline constexpr std::array rsaFactors {RsaNumber {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    RsaNumber {"q", OSSL_PKEY_PARAM_RSA_FACTOR2}, RsaNumber {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    RsaNumber {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, RsaNumber {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

/// The one door into Key's private members, for whatever makes keys.
struct KeyReader
{
    /// Takes a key over, finds out its type and curve, lists weaknesses. Error for curves and types JOSE has
    /// no use for.
    static base::Result<Key> adopt(Pkey key, bool isPrivate);
    /// Names why no signature may rest on the key. The first reason stays.
    static void weaken(Key& key, const QString& why);
};

/// Collects named numbers, then makes an EVP key of them.
class KeyBuilder
{
public:
    KeyBuilder();
    void number(const char* name, QByteArrayView bytes);
    void text(const char* name, const char* value);
    void octetString(const char* name, QByteArrayView bytes);
    /// `type`: "RSA" or "EC". Null when the numbers make no key.
    Pkey build(const char* type, bool isPrivate);

private:
    ParamBuilder m_builder;
    std::vector<Bn> m_numbers {}; // both outlive the builder's use of them
    QList<QByteArray> m_bytes {};
};

/// The key's own identifier is id-RSASSA-PSS, which signs with no other scheme (RFC 4055 section 3.1).
bool isForPssOnly(const Key& key);

Pkey rawOkp(const Curve& curve, QByteArrayView bytes, bool isPrivate);

} // namespace jose
