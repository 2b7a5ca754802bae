// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key.h"

#include "core/jose/base64url.h"
#include "core/jose/key_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

constexpr std::array curveTable {
    Curve {"P-256", "prime256v1", KeyType::Ec, 32},
    Curve {"P-384", "secp384r1", KeyType::Ec, 48},
    Curve {"P-521", "secp521r1", KeyType::Ec, 66},
    Curve {"Ed25519", "ED25519", KeyType::Okp, 32},
    Curve {"Ed448", "ED448", KeyType::Okp, 57},
};

QByteArray groupName(const EVP_PKEY* key)
{
    if (!EVP_PKEY_is_a(key, "EC"))
        return EVP_PKEY_get0_type_name(key);
    // Parameters written out instead of named may describe a curve of somebody's own (CVE-2020-0601).
    int isExplicit = 0;
    EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit);
    char name[64] {};
    if (isExplicit || EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) != 1)
        return "explicit parameters";
    return name;
}

/// Which rule an RSA key breaks: RFC 7518 sections 3.3 and 3.5 for its size; a small or even exponent forges
/// or fails.
QString rsaWeakness(const EVP_PKEY* key)
{
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < 2048)
        return u"RSA with %1 bits is weaker than the 2048 bits that RFC 7518 section 3.3 demands"_s.arg(bits);
    const QByteArray e = numberOf(key, OSSL_PKEY_PARAM_RSA_E);
    const quint64 value = e.size() > 8 ? ~quint64(0) : e.toHex().toULongLong(nullptr, 16);
    if (e.isEmpty() || (uchar(e.back()) & 1) == 0)
        return u"the RSA exponent is even"_s;
    return value < 65537 ? u"the RSA exponent %1 is below 65537"_s.arg(value) : QString();
}

/// Points whose order divides the cofactor, in every way they are written but for the sign. A signature by such a key
/// fits any message (RFC 8032 section 5.1.7 leaves refusing them to the reader; RFC 8725 section 3.2 wants sound keys).
constexpr std::array smallOrder {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "fefffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff00",
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff00",
    "00000000000000000000000000000000000000000000000000000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff00",
};

bool isOfSmallOrder(const EVP_PKEY* key)
{
    uchar bytes[57] {};
    size_t size = sizeof bytes;
    if (EVP_PKEY_get_raw_public_key(key, bytes, &size) != 1)
        return false;
    bytes[size - 1] &= 0x7f; // the sign of x, beside the highest bits of y
    const QByteArray hex = QByteArrayView(bytes, qsizetype(size)).toByteArray().toHex();
    return std::ranges::any_of(smallOrder, [&hex](const char* point) { return hex == point; });
}

Key adoptOrNothing(EVP_PKEY* key) { return KeyReader::adopt(Pkey(key), true).value_or(Key()); }

} // namespace

std::span<const Curve> curves() { return curveTable; }

const Curve* curve(QByteArrayView name)
{
    const auto it
        = std::ranges::find_if(curveTable, [name](const Curve& c) { return name == QByteArrayView(c.name); });
    return it == curveTable.end() ? nullptr : &*it;
}

base::Result<Key> KeyReader::adopt(Pkey pkey, bool isPrivate)
{
    const QuietErrors quiet;
    if (!pkey)
        return base::fail(u"key-unreadable"_s, u"The numbers do not make a key."_s);
    Key key;
    key.m_private = isPrivate;
    if (EVP_PKEY_is_a(pkey.get(), "RSA") || EVP_PKEY_is_a(pkey.get(), "RSA-PSS")) {
        if (EVP_PKEY_get_bits(pkey.get()) > 16384)
            return base::fail(
                u"key-size"_s, u"An RSA key over 16384 bits is not used: checking with it takes too long."_s);
        key.m_type = KeyType::Rsa;
        weaken(key, rsaWeakness(pkey.get()));
    } else {
        const QByteArray group = groupName(pkey.get());
        const auto it = std::ranges::find_if(curveTable, [&](const Curve& c) { return group == c.group; });
        if (it == curveTable.end())
            return base::fail(u"key-curve"_s,
                u"The key is of the kind \"%1\", which signs nothing here. Use RSA, P-256, P-384, P-521, Ed25519 or Ed448."_s
                    .arg(QString::fromLatin1(group)));
        key.m_type = it->type;
        key.m_curve = it->name;
        if (it->type == KeyType::Okp && isOfSmallOrder(pkey.get()))
            weaken(key, u"the point has a small order, so that one signature fits any token"_s);
    }
    key.m_key = pkey.release();
    return key;
}

void KeyReader::weaken(Key& key, const QString& why)
{
    if (why.isEmpty())
        return;
    key.problems += why;
    if (key.m_weakness.isEmpty())
        key.m_weakness = why;
}

bool isForPssOnly(const Key& key) { return key.handle() && EVP_PKEY_is_a(key.handle(), "RSA-PSS"); }

KeyBuilder::KeyBuilder()
    : m_builder(OSSL_PARAM_BLD_new())
{
}

void KeyBuilder::number(const char* name, QByteArrayView bytes)
{
    m_numbers.push_back(bignum(bytes));
    OSSL_PARAM_BLD_push_BN(m_builder.get(), name, m_numbers.back().get());
}

void KeyBuilder::text(const char* name, const char* value)
{
    OSSL_PARAM_BLD_push_utf8_string(m_builder.get(), name, value, 0);
}

void KeyBuilder::octetString(const char* name, QByteArrayView bytes)
{
    m_bytes.append(bytes.toByteArray());
    OSSL_PARAM_BLD_push_octet_string(
        m_builder.get(), name, m_bytes.back().constData(), size_t(m_bytes.back().size()));
}

Pkey KeyBuilder::build(const char* type, bool isPrivate)
{
    const QuietErrors quiet;
    const Params params(OSSL_PARAM_BLD_to_param(m_builder.get()));
    const PkeyCtx ctx(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !ctx || EVP_PKEY_fromdata_init(ctx.get()) != 1
        || EVP_PKEY_fromdata(
               ctx.get(), &key, isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get())
            != 1) {
        EVP_PKEY_free(key);
        return {};
    }
    return Pkey(key);
}

Pkey rawOkp(const Curve& curve, QByteArrayView bytes, bool isPrivate)
{
    const QuietErrors quiet;
    const auto make = isPrivate ? EVP_PKEY_new_raw_private_key_ex : EVP_PKEY_new_raw_public_key_ex;
    return Pkey(make(nullptr, curve.group, nullptr, octets(bytes), size_t(bytes.size())));
}

Key::Key(const Key& other)
    : kid(other.kid)
    , alg(other.alg)
    , use(other.use)
    , x5t(other.x5t)
    , x5c(other.x5c)
    , issuer(other.issuer)
    , problems(other.problems)
    , m_key(other.m_key)
    , m_secret(other.m_secret)
    , m_type(other.m_type)
    , m_curve(other.m_curve)
    , m_weakness(other.m_weakness)
    , m_private(other.m_private)
{
    if (m_key)
        EVP_PKEY_up_ref(m_key);
}

Key::Key(Key&& other) noexcept { *this = std::move(other); }

Key& Key::operator=(const Key& other)
{
    if (this != &other)
        *this = Key(other);
    return *this;
}

Key& Key::operator=(Key&& other) noexcept
{
    kid.swap(other.kid);
    alg.swap(other.alg);
    use.swap(other.use);
    x5t.swap(other.x5t);
    x5c.swap(other.x5c);
    issuer.swap(other.issuer);
    problems.swap(other.problems);
    std::swap(m_key, other.m_key);
    m_secret.swap(other.m_secret);
    std::swap(m_type, other.m_type);
    m_curve.swap(other.m_curve);
    m_weakness.swap(other.m_weakness);
    std::swap(m_private, other.m_private);
    return *this;
}

Key::~Key()
{
    EVP_PKEY_free(m_key);
    // The last owner of the bytes leaves nothing behind.
    if (!m_secret.isEmpty() && m_secret.isDetached())
        OPENSSL_cleanse(m_secret.data(), size_t(m_secret.size()));
}

Key Key::fromSecret(QByteArrayView bytes)
{
    Key key;
    key.m_type = KeyType::Oct;
    key.m_private = true;
    key.m_secret = bytes.toByteArray();
    if (bytes.size() < 32)
        key.problems
            += u"an HMAC key of %1 bits is shorter than the 256 bits that RFC 7518 section 3.2 demands"_s.arg(
                bytes.size() * 8);
    return key;
}

Key Key::generateRsa(int bits) { return adoptOrNothing(EVP_RSA_gen(size_t(bits))); }

Key Key::generateEc(QByteArrayView name)
{
    const Curve* c = jose::curve(name);
    return c && c->type == KeyType::Ec ? adoptOrNothing(EVP_EC_gen(c->group)) : Key();
}

Key Key::generateEd25519() { return adoptOrNothing(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

int Key::bits() const { return m_key ? EVP_PKEY_get_bits(m_key) : int(m_secret.size() * 8); }

Key Key::publicPart() const
{
    if (!m_key)
        return {};
    OSSL_PARAM* params = nullptr;
    if (EVP_PKEY_todata(m_key, EVP_PKEY_PUBLIC_KEY, &params) != 1)
        return {};
    const Params owned(params);
    const PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key, nullptr));
    EVP_PKEY* out = nullptr;
    if (EVP_PKEY_fromdata_init(ctx.get()) != 1
        || EVP_PKEY_fromdata(ctx.get(), &out, EVP_PKEY_PUBLIC_KEY, params) != 1)
        return {};
    Key key(*this);
    EVP_PKEY_free(std::exchange(key.m_key, out));
    key.m_private = false;
    return key;
}

QByteArray Key::thumbprint() const { return base64url(sha256(thumbprintInput())); }

} // namespace jose
