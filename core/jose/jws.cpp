// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/jws.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/jose/key_p.h"

using namespace Qt::StringLiterals;

namespace jose {

namespace {

/// OpenSSL objects that are costly to look up by name, kept per thread.
struct Tools
{
    MdCtx md {EVP_MD_CTX_new()};
    Md sha256 {EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    Md sha384 {EVP_MD_fetch(nullptr, "SHA384", nullptr)};
    Md sha512 {EVP_MD_fetch(nullptr, "SHA512", nullptr)};
    Mac hmac {EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    MacCtx mac {EVP_MAC_CTX_new(hmac.get())};

    const EVP_MD* digest(const Algorithm& alg) const
    {
        switch (alg.digestSize) {
        case 32: return sha256.get();
        case 48: return sha384.get();
        case 64: return sha512.get();
        default: return nullptr;
        }
    }
};

Tools& tools()
{
    thread_local Tools perThread;
    return perThread;
}

/// The key's type and curve are those of the algorithm: the header's word alone never gets this far.
bool agree(const Key& key, const Algorithm& alg)
{
    if (key.isNull() || key.type() != alg.keyType)
        return false;
    return alg.curve == nullptr || key.curve() == alg.curve;
}

QByteArray hmac(QByteArrayView input, const Key& key, const Algorithm& alg)
{
    EVP_MAC_CTX* ctx = tools().mac.get();
    const OSSL_PARAM params[] {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(alg.digest), 0), OSSL_PARAM_construct_end()};
    const QByteArrayView secret = key.secretBytes();
    QByteArray out(alg.digestSize, Qt::Uninitialized);
    size_t size = 0;
    const bool done = EVP_MAC_init(ctx, octets(secret), size_t(secret.size()), params) == 1
        && EVP_MAC_update(ctx, octets(input), size_t(input.size())) == 1
        && EVP_MAC_final(ctx, octets(out), &size, size_t(out.size())) == 1;
    return done && qsizetype(size) == out.size() ? out : QByteArray();
}

/// RFC 7518 section 3.5: PSS with a salt exactly as long as the hash.
bool setPadding(EVP_PKEY_CTX* ctx, const Algorithm& alg)
{
    return alg.family != Family::RsaPss
        || (EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, alg.digestSize) == 1);
}

/// One ASN.1 INTEGER of a positive number in `size` bytes; false for zero, which no signature holds.
bool putInteger(QByteArray& der, QByteArrayView number)
{
    while (!number.isEmpty() && number.front() == '\0')
        number = number.sliced(1);
    if (number.isEmpty())
        return false;
    const bool high = uchar(number.front()) & 0x80;
    der += '\x02';
    der += char(number.size() + high);
    if (high)
        der += '\0';
    der.append(number.data(), number.size());
    return true;
}

/// r||s (RFC 7518 section 3.4) as OpenSSL wants it. Empty for anything but two numbers of the right length, not zero;
/// that they are below the order is checked by the verification itself.
QByteArray derOfRaw(QByteArrayView raw)
{
    QByteArray body;
    body.reserve(raw.size() + 8);
    const qsizetype half = raw.size() / 2;
    if (!putInteger(body, raw.first(half)) || !putInteger(body, raw.last(half)))
        return {};
    QByteArray der;
    der.reserve(body.size() + 3);
    der += '\x30';
    if (body.size() > 127)
        der += '\x81';
    der += char(body.size());
    return der += body;
}

/// Reads one ASN.1 INTEGER into `size` bytes.
QByteArray takeInteger(QByteArrayView& der, int size)
{
    const qsizetype length = uchar(der[1]);
    QByteArrayView number = der.sliced(2, length);
    der = der.sliced(2 + length);
    while (number.size() > 1 && number.front() == '\0')
        number = number.sliced(1);
    return QByteArray(size - number.size(), '\0') + number.toByteArray();
}

QByteArray rawOfDer(QByteArrayView der, const Algorithm& alg)
{
    der = der.sliced(uchar(der[1]) == 0x81 ? 3 : 2);
    const int half = alg.signatureSize / 2;
    const QByteArray r = takeInteger(der, half);
    return r + takeInteger(der, half);
}

bool holds(QByteArrayView input, QByteArrayView signature, const Key& key, const Algorithm& alg)
{
    EVP_MD_CTX* ctx = tools().md.get();
    EVP_MD_CTX_reset(ctx);
    EVP_PKEY_CTX* keyCtx = nullptr;
    return EVP_DigestVerifyInit(ctx, &keyCtx, tools().digest(alg), nullptr, key.handle()) == 1 && setPadding(keyCtx, alg)
        && EVP_DigestVerify(ctx, octets(signature), size_t(signature.size()), octets(input), size_t(input.size())) == 1;
}

base::Result<QByteArray> signed_(QByteArrayView input, const Key& key, const Algorithm& alg)
{
    EVP_MD_CTX* ctx = tools().md.get();
    EVP_MD_CTX_reset(ctx);
    EVP_PKEY_CTX* keyCtx = nullptr;
    size_t size = size_t(EVP_PKEY_get_size(key.handle()));
    QByteArray out(qsizetype(size), Qt::Uninitialized);
    if (EVP_DigestSignInit(ctx, &keyCtx, tools().digest(alg), nullptr, key.handle()) != 1 || !setPadding(keyCtx, alg)
        || EVP_DigestSign(ctx, octets(out), &size, octets(input), size_t(input.size())) != 1)
        return base::fail(u"sign-failed"_s, u"The key cannot sign with %1."_s.arg(QLatin1StringView(alg.name)));
    out.truncate(qsizetype(size));
    return alg.family == Family::Ecdsa ? rawOfDer(out, alg) : out;
}

} // namespace

base::Result<QByteArray> sign(QByteArrayView input, const Key& key, const Algorithm& alg)
{
    const QuietErrors quiet;
    if (!agree(key, alg))
        return base::fail(u"sign-key"_s, u"%1 needs another type of key."_s.arg(QLatin1StringView(alg.name)));
    if (!key.isPrivate())
        return base::fail(u"sign-public"_s, u"A public key cannot sign. Give the private one."_s);
    if (alg.family == Family::Hmac)
        return hmac(input, key, alg);
    return signed_(input, key, alg);
}

bool verifySignature(QByteArrayView input, QByteArrayView signature, const Key& key, const Algorithm& alg)
{
    if (!agree(key, alg) || signature.isEmpty())
        return false;
    if (alg.signatureSize > 0 && signature.size() != alg.signatureSize)
        return false;
    if (alg.family == Family::Hmac)
        return base::equalInConstantTime(hmac(input, key, alg), signature);
    const QuietErrors quiet;
    if (alg.family != Family::Ecdsa)
        return signature.size() == EVP_PKEY_get_size(key.handle()) && holds(input, signature, key, alg);
    const QByteArray der = derOfRaw(signature);
    return !der.isEmpty() && holds(input, der, key, alg);
}

base::Result<QByteArray> signCompact(
    QByteArrayView headerJson, QByteArrayView payloadJson, const Key& key, const Algorithm& alg)
{
    QByteArray token = base64url(headerJson) + '.' + base64url(payloadJson);
    const auto signature = sign(token, key, alg);
    if (!signature)
        return tl::unexpected(signature.error());
    return token += '.' + base64url(*signature);
}

} // namespace jose
