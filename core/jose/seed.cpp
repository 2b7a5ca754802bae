// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key_p.h"

#include <array>

using namespace Qt::StringLiterals;

/// Keys made from a text, the same each time: for demonstrations that can be repeated, never for anything
/// secret.
namespace jose {

namespace {

/// An endless run of bytes: SHA-256 over purpose, seed and a counter.
class Stream
{
public:
    Stream(QByteArrayView purpose, QByteArrayView seed)
        : m_start("trustwalk seed " + purpose.toByteArray() + '\0' + seed.toByteArray() + '\0')
    {
    }

    QByteArray take(qsizetype count)
    {
        QByteArray out;
        while (out.size() < count)
            out += sha256(QByteArray(m_start + QByteArray::number(m_counter++)));
        return out.first(count);
    }

private:
    QByteArray m_start;
    int m_counter = 0;
};

base::Result<Key> seededOkp(QByteArrayView seed)
{
    return KeyReader::adopt(rawOkp(*curve("Ed25519"), Stream("Ed25519", seed).take(32), true), true);
}

base::Result<Key> seededEc(QByteArrayView seed)
{
    const BnCtx ctx(BN_CTX_new());
    const EcGroup group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const EcPoint point(EC_POINT_new(group.get()));
    Bn d;
    // A scalar is 1 to n-1; the stream misses that once in 2^32.
    for (Stream stream("P-256", seed);
         !d || BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0;)
        d = bignum(stream.take(32));
    QByteArray encoded(65, Qt::Uninitialized);
    EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, ctx.get());
    EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, octets(encoded),
        size_t(encoded.size()), ctx.get());
    KeyBuilder builder;
    builder.text(OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1");
    builder.octetString(OSSL_PKEY_PARAM_PUB_KEY, encoded);
    builder.number(OSSL_PKEY_PARAM_PRIV_KEY, bytesOf(d.get(), 32));
    return KeyReader::adopt(builder.build("EC", true), true);
}

constexpr BN_ULONG exponent = 65537;

/// The first prime from a seeded start on, with the two top bits set so that two of them make 2048 bits.
Bn seededPrime(Stream& stream, BN_CTX* ctx)
{
    QByteArray start = stream.take(128);
    start.front() = char(uchar(start.front()) | 0xc0);
    start.back() = char(uchar(start.back()) | 1);
    Bn prime = bignum(start);
    while (BN_mod_word(prime.get(), exponent) == 1 || BN_check_prime(prime.get(), ctx, nullptr) != 1)
        BN_add_word(prime.get(), 2);
    return prime;
}

base::Result<Key> seededRsa(QByteArrayView seed)
{
    const BnCtx ctx(BN_CTX_new());
    Stream stream("RSA-2048", seed);
    Bn p = seededPrime(stream, ctx.get());
    Bn q = seededPrime(stream, ctx.get());
    if (BN_cmp(p.get(), q.get()) < 0)
        std::swap(p, q);
    const Bn n(BN_new()), p1(BN_dup(p.get())), q1(BN_dup(q.get())), phi(BN_new()), e(BN_new()), dp(BN_new()),
        dq(BN_new());
    BN_sub_word(p1.get(), 1);
    BN_sub_word(q1.get(), 1);
    BN_set_word(e.get(), exponent);
    BN_mul(n.get(), p.get(), q.get(), ctx.get());
    BN_mul(phi.get(), p1.get(), q1.get(), ctx.get());
    const Bn d(BN_mod_inverse(nullptr, e.get(), phi.get(), ctx.get()));
    const Bn qi(BN_mod_inverse(nullptr, q.get(), p.get(), ctx.get()));
    BN_mod(dp.get(), d.get(), p1.get(), ctx.get());
    BN_mod(dq.get(), d.get(), q1.get(), ctx.get());
    KeyBuilder builder;
    const std::pair<const char*, const Bn&> numbers[] {{OSSL_PKEY_PARAM_RSA_N, n}, {OSSL_PKEY_PARAM_RSA_E, e},
        {OSSL_PKEY_PARAM_RSA_D, d}, {OSSL_PKEY_PARAM_RSA_FACTOR1, p}, {OSSL_PKEY_PARAM_RSA_FACTOR2, q},
        {OSSL_PKEY_PARAM_RSA_EXPONENT1, dp}, {OSSL_PKEY_PARAM_RSA_EXPONENT2, dq},
        {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi}};
    for (const auto& [name, number] : numbers)
        builder.number(name, bytesOf(number.get()));
    return KeyReader::adopt(builder.build("RSA", true), true);
}

} // namespace

base::Result<Key> Key::fromSeed(KeyType type, QByteArrayView seed)
{
    const QuietErrors quiet;
    switch (type) {
    case KeyType::Rsa:
        return seededRsa(seed);
    case KeyType::Ec:
        return seededEc(seed);
    case KeyType::Okp:
        return seededOkp(seed);
    case KeyType::Oct:
        return Key::fromSecret(Stream("oct", seed).take(32));
    }
    return base::fail(u"key-type"_s, u"There is no such type of key."_s);
}

} // namespace jose
