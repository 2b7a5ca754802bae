// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/jose/algorithm.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

struct evp_pkey_st;

namespace jose {

/// A public, private or symmetric key with what a JWK says about it. Copies share the key material (reference counted
/// by the crypto library).
class Key
{
public:
    Key() = default;
    Key(const Key&);
    Key(Key&&) noexcept;
    Key& operator=(const Key&);
    Key& operator=(Key&&) noexcept;
    ~Key();

    /// One JWK object. Checks points, pairs private with public, refuses unknown kty. `problems` get weak sizes.
    static base::Result<Key> fromJwk(const json::Value& jwk);
    /// A PEM public key, PKCS#8 or traditional private key, or certificate.
    static base::Result<Key> fromPem(QByteArrayView pem);
    static Key fromSecret(QByteArrayView bytes); ///< kty oct

    static Key generateRsa(int bits = 2048);
    static Key generateEc(QByteArrayView curve = "P-256");
    static Key generateEd25519();
    /// The same key for the same text, for reproducible demonstrations only (Ed25519 and P-256 directly from a hash;
    /// RSA by a seeded search for primes).
    static base::Result<Key> fromSeed(KeyType type, QByteArrayView seed);

    bool isNull() const { return !m_key && m_secret.isEmpty(); }
    bool isPrivate() const { return m_private; }
    KeyType type() const { return m_type; }
    QByteArray curve() const { return m_curve; } ///< "P-256", "Ed25519"; empty for RSA and oct
    int bits() const;
    /// Why no signature may rest on this key (RSA under 2048 bits, exponent even or below 65537); empty when it may.
    QString weakness() const { return m_weakness; }

    QByteArray kid {};        ///< JWK `kid`
    QByteArray alg {};        ///< JWK `alg`; empty = any of its type
    QByteArray use {};        ///< JWK `use`
    QByteArray x5t {};        ///< base64url SHA-1 of the certificate, when there is one
    QList<QByteArray> x5c {}; ///< DER
    QString issuer {};        ///< Entra: `issuer` of a published key
    QStringList problems {};  ///< weak or odd, by name

    QByteArray toPublicJwk() const;   ///< one JSON object; public members only
    QByteArray toPrivateJwk() const;  ///< for tests and for handing out lab keys
    QByteArray toPublicPem() const;   ///< SPKI
    QByteArray toPrivatePem() const;  ///< PKCS#8
    /// RFC 7638, SHA-256, base64url.
    QByteArray thumbprint() const;
    Key publicPart() const;

    evp_pkey_st* handle() const { return m_key; } ///< null for oct keys
    QByteArrayView secretBytes() const { return m_secret; }

private:
    QByteArray thumbprintInput() const;

    evp_pkey_st* m_key = nullptr;
    QByteArray m_secret {};
    KeyType m_type {};
    QByteArray m_curve {};
    QString m_weakness {};
    bool m_private = false;
    friend struct KeyReader;
};

/// A JWK Set. Entries that cannot be read are left out and named in `problems`.
struct KeySet
{
    QList<Key> keys {};
    QStringList problems {};

    const Key* find(QByteArrayView kid) const;
};
/// JWKS, a single JWK, or PEM blocks; bounded to 1 MB and 100 keys.
base::Result<KeySet> readKeys(QByteArrayView text);
/// {"keys":[...]}, public members only.
QByteArray toJwks(const QList<Key>& keys);

/// base64url SHA-1 / SHA-256 of a DER certificate (RFC 7515 sections 4.1.7, 4.1.8).
QByteArray x5t(QByteArrayView der);
QByteArray x5tS256(QByteArrayView der);
QByteArray sha256(QByteArrayView bytes);
QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes);
/// From the system's generator.
QByteArray randomBytes(int count);
/// "9c41e07ab2d8f653": first 16 hex digits of SHA-256.
QByteArray fingerprint(QByteArrayView bytes);

} // namespace jose
