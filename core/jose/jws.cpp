// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/jws.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/jose/key_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

MacCtx hmacWith(const EVP_MAC* mac, const char* digest)
{
    MacCtx ctx(EVP_MAC_CTX_new(const_cast<EVP_MAC*>(mac)));
    const OSSL_PARAM params[] {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digest), 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(ctx.get(), params);
    return ctx;
}

bool setPadding(EVP_PKEY_CTX* ctx, const Algorithm& alg);

/// A context ready to verify any number of digests with one key: making it costs a tenth of an RSA
/// verification.
struct Verifier
{
    Pkey key {}; ///< held, so that its address names no other key meanwhile
    const Algorithm* alg = nullptr;
    PkeyCtx ctx {};
};

/// OpenSSL objects that are costly to look up by name, kept per thread.
struct Tools
{
    struct Digest
    {
        Md md;
        MacCtx hmac;
    };
    // Two, because a context that has signed takes a plain digest for more of the same.
    MdCtx signing {EVP_MD_CTX_new()};
    MdCtx digesting {EVP_MD_CTX_new()};
    Mac hmac {EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    Digest sha256 = digestNamed("SHA256");
    Digest sha384 = digestNamed("SHA384");
    Digest sha512 = digestNamed("SHA512");
    std::array<Verifier, 4> verifiers {};
    size_t next = 0; ///< the verifier to give up for another key

    Digest digestNamed(const char* name) const
    {
        return {Md(EVP_MD_fetch(nullptr, name, nullptr)), hmacWith(hmac.get(), name)};
    }

    const Digest& digest(const Algorithm& alg) const
    {
        return alg.digestSize == 32 ? sha256 : alg.digestSize == 48 ? sha384 : sha512;
    }

    const EVP_MD* messageDigest(const Algorithm& alg) const
    {
        return alg.digest ? digest(alg).md.get() : nullptr;
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
    if (key.isNull() || key.type() != alg.keyType || (isForPssOnly(key) && alg.family != Family::RsaPss))
        return false;
    return alg.curve == nullptr || key.curve() == alg.curve;
}

QByteArray hmac(QByteArrayView input, const Key& key, const Algorithm& alg)
{
    EVP_MAC_CTX* ctx = tools().digest(alg).hmac.get();
    const QByteArrayView secret = key.secretBytes();
    QByteArray out(alg.digestSize, Qt::Uninitialized);
    size_t size = 0;
    const bool done = EVP_MAC_init(ctx, octets(secret), size_t(secret.size()), nullptr) == 1
        && EVP_MAC_update(ctx, octets(input), size_t(input.size())) == 1
        && EVP_MAC_final(ctx, octets(out), &size, size_t(out.size())) == 1;
    return done && qsizetype(size) == out.size() ? out : QByteArray();
}

/// RFC 7518 section 3.3: PKCS #1 v1.5; section 3.5: PSS with a salt exactly as long as the hash. Never what the key
/// would choose by itself.
bool setPadding(EVP_PKEY_CTX* ctx, const Algorithm& alg)
{
    if (alg.family == Family::RsaPkcs1)
        return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
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

/// r||s (RFC 7518 section 3.4) as OpenSSL wants it. Empty for anything but two numbers of the right length,
/// not zero; that they are below the order is checked by the verification itself.
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

PkeyCtx verifying(const Key& key, const Algorithm& alg)
{
    PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle(), nullptr));
    const bool ready = EVP_PKEY_verify_init(ctx.get()) == 1 && setPadding(ctx.get(), alg)
        && EVP_PKEY_CTX_set_signature_md(ctx.get(), tools().messageDigest(alg)) == 1;
    return ready ? std::move(ctx) : PkeyCtx();
}

/// The thread's context for a public key, made when it is not there yet.
EVP_PKEY_CTX* keptVerifier(const Key& key, const Algorithm& alg)
{
    Tools& own = tools();
    for (const Verifier& verifier : own.verifiers) {
        if (verifier.key.get() == key.handle() && verifier.alg == &alg)
            return verifier.ctx.get();
    }
    EVP_PKEY_up_ref(key.handle());
    Verifier& verifier = own.verifiers.at(own.next++ % own.verifiers.size());
    verifier = {Pkey(key.handle()), &alg, verifying(key, alg)};
    return verifier.ctx.get();
}

/// RSA and ECDSA: the digest first, then the key.
bool holdsForDigest(QByteArrayView input, QByteArrayView signature, const Key& key, const Algorithm& alg)
{
    uchar digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_MD_CTX* md = tools().digesting.get();
    if (EVP_DigestInit_ex2(md, tools().messageDigest(alg), nullptr) != 1
        || EVP_DigestUpdate(md, input.data(), size_t(input.size())) != 1
        || EVP_DigestFinal_ex(md, digest, &size) != 1)
        return false;
    // Private keys are not kept longer than their owner keeps them.
    const PkeyCtx once = key.isPrivate() ? verifying(key, alg) : PkeyCtx();
    EVP_PKEY_CTX* ctx = key.isPrivate() ? once.get() : keptVerifier(key, alg);
    return ctx && EVP_PKEY_verify(ctx, octets(signature), size_t(signature.size()), digest, size) == 1;
}

bool holds(QByteArrayView input, QByteArrayView signature, const Key& key, const Algorithm& alg)
{
    if (alg.digest)
        return holdsForDigest(input, signature, key, alg);
    EVP_MD_CTX* ctx = tools().signing.get();
    EVP_MD_CTX_reset(ctx);
    return EVP_DigestVerifyInit(ctx, nullptr, nullptr, nullptr, key.handle()) == 1
        && EVP_DigestVerify(
               ctx, octets(signature), size_t(signature.size()), octets(input), size_t(input.size()))
        == 1;
}

base::Result<QByteArray> signed_(QByteArrayView input, const Key& key, const Algorithm& alg)
{
    EVP_MD_CTX* ctx = tools().signing.get();
    EVP_MD_CTX_reset(ctx);
    EVP_PKEY_CTX* keyCtx = nullptr;
    size_t size = size_t(EVP_PKEY_get_size(key.handle()));
    QByteArray out(qsizetype(size), Qt::Uninitialized);
    if (EVP_DigestSignInit(ctx, &keyCtx, tools().messageDigest(alg), nullptr, key.handle()) != 1
        || !setPadding(keyCtx, alg)
        || EVP_DigestSign(ctx, octets(out), &size, octets(input), size_t(input.size())) != 1)
        return base::fail(
            u"sign-failed"_s, u"The key cannot sign with %1."_s.arg(QLatin1StringView(alg.name)));
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
