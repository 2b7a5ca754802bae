// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "algorithm.h"

#include <algorithm>
#include <array>

namespace jose {

namespace {

using enum Family;

// EdDSA is Ed25519 or Ed448, as the key is (RFC 8037 section 3.1): curve and size stand in the key.
constexpr std::array table {
    Algorithm {"RS256", RsaPkcs1, KeyType::Rsa, "SHA256", nullptr, 0, 32},
    Algorithm {"RS384", RsaPkcs1, KeyType::Rsa, "SHA384", nullptr, 0, 48},
    Algorithm {"RS512", RsaPkcs1, KeyType::Rsa, "SHA512", nullptr, 0, 64},
    Algorithm {"PS256", RsaPss, KeyType::Rsa, "SHA256", nullptr, 0, 32},
    Algorithm {"PS384", RsaPss, KeyType::Rsa, "SHA384", nullptr, 0, 48},
    Algorithm {"PS512", RsaPss, KeyType::Rsa, "SHA512", nullptr, 0, 64},
    Algorithm {"ES256", Ecdsa, KeyType::Ec, "SHA256", "P-256", 64, 32},
    Algorithm {"ES384", Ecdsa, KeyType::Ec, "SHA384", "P-384", 96, 48},
    Algorithm {"ES512", Ecdsa, KeyType::Ec, "SHA512", "P-521", 132, 64},
    Algorithm {"EdDSA", Eddsa, KeyType::Okp, nullptr, nullptr, 0, 0},
    Algorithm {"HS256", Hmac, KeyType::Oct, "SHA256", nullptr, 32, 32},
    Algorithm {"HS384", Hmac, KeyType::Oct, "SHA384", nullptr, 48, 48},
    Algorithm {"HS512", Hmac, KeyType::Oct, "SHA512", nullptr, 64, 64},
};

} // namespace

std::span<const Algorithm> algorithms() { return table; }

const Algorithm* algorithm(QByteArrayView name)
{
    const auto it
        = std::ranges::find_if(table, [name](const Algorithm& a) { return name == QByteArrayView(a.name); });
    return it == table.end() ? nullptr : &*it;
}

} // namespace jose
