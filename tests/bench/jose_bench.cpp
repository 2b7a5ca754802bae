// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// jose_bench ALG raw|full|decode PASSES FOLDER: tokens per second, one thread, on what gentok.mjs wrote.
// raw is the anchor: OpenSSL alone, one context, input and signature prepared beforehand.

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/jwt.h"
#include "core/jose/openssl_p.h"

#include <QFile>

#include <openssl/hmac.h>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

struct Prepared
{
    QByteArray input;
    QByteArray signature; ///< as OpenSSL takes it
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

QByteArray der(const QByteArray& raw)
{
    const auto integer = [](QByteArray number) {
        while (number.size() > 1 && number.front() == '\0')
            number.remove(0, 1);
        if (uchar(number.front()) & 0x80)
            number.prepend('\0');
        return QByteArray("\x02" + QByteArray(1, char(number.size())) + number);
    };
    const QByteArray body = integer(raw.first(raw.size() / 2)) + integer(raw.last(raw.size() / 2));
    return "\x30" + QByteArray(1, char(body.size())) + body;
}

/// The plain loop everybody writes with OpenSSL.
class Anchor
{
public:
    Anchor(const jose::Key& key, const jose::Algorithm& alg)
        : m_key(key)
        , m_alg(alg)
    {
    }

    bool verify(const Prepared& token)
    {
        const auto* in = jose::octets(token.input);
        const auto* sig = jose::octets(token.signature);
        if (m_alg.family == jose::Family::Hmac) {
            uchar mac[64];
            unsigned size = 0;
            const QByteArrayView secret = m_key.secretBytes();
            HMAC(EVP_sha256(), secret.data(), int(secret.size()), in, size_t(token.input.size()), mac, &size);
            return qsizetype(size) == token.signature.size() && CRYPTO_memcmp(mac, sig, size) == 0;
        }
        EVP_MD_CTX_reset(m_ctx.get());
        EVP_PKEY_CTX* ctx = nullptr;
        EVP_DigestVerifyInit(
            m_ctx.get(), &ctx, m_alg.digest ? EVP_sha256() : nullptr, nullptr, m_key.handle());
        if (m_alg.family == jose::Family::RsaPss) {
            EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING);
            EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, 32);
        }
        return EVP_DigestVerify(
                   m_ctx.get(), sig, size_t(token.signature.size()), in, size_t(token.input.size()))
            == 1;
    }

private:
    const jose::Key& m_key;
    const jose::Algorithm& m_alg;
    jose::MdCtx m_ctx {EVP_MD_CTX_new()};
};

struct Bench
{
    QList<QByteArray> tokens;
    jose::KeySet keys;
    const jose::Algorithm* alg;
    int passes;

    template <typename Items, typename Each>
    int run(const Items& items, Each each) const
    {
        qsizetype good = 0;
        const auto start = std::chrono::steady_clock::now();
        for (int pass = 0; pass < passes; ++pass) {
            for (const auto& item : items)
                good += each(item);
        }
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        const qsizetype all = items.size() * passes;
        if (good != all) {
            std::fprintf(stderr, "only %lld of %lld hold\n", qlonglong(good), qlonglong(all));
            return 1;
        }
        std::printf("%.0f\n", double(all) / took.count());
        return 0;
    }

    int raw() const
    {
        QList<Prepared> prepared;
        for (const QByteArray& token : tokens) {
            const jose::Jwt jwt = jose::decode(token);
            prepared.append({jwt.signingInput().toByteArray(),
                alg->family == jose::Family::Ecdsa ? der(jwt.signature) : jwt.signature});
        }
        Anchor anchor(keys.keys.first(), *alg);
        return run(prepared, [&](const Prepared& token) { return anchor.verify(token); });
    }

    int full() const
    {
        const jose::Expectation expected {
            .issuer = u"https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0"_s,
            .audiences = {u"fb60f99c-7a34-4190-8149-302f77469936"_s},
            .algs = {alg->name},
            .now = base::systemNow(),
            .keySource = u"bench"_s};
        return run(tokens, [&](const QByteArray& token) {
            return jose::verify(jose::decode(token), keys, expected).outcome == jose::Verified::Verified;
        });
    }

    int decode() const
    {
        return run(tokens, [](const QByteArray& token) { return bool(jose::decode(token).claim("exp")); });
    }
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5)
        qFatal("usage: jose_bench ALG raw|full|decode PASSES FOLDER");
    const QByteArray alg = argv[1];
    const QByteArrayView mode = argv[2];
    const QString folder = QString::fromLocal8Bit(argv[4]) + u'/';
    Bench bench {contents(folder + u"tokens-"_s + QString::fromLatin1(alg) + u".txt"_s).trimmed().split('\n'),
        {}, jose::algorithm(alg), atoi(argv[3])};
    bench.keys.keys = {bench.alg->family == jose::Family::Hmac
            ? jose::Key::fromSecret(contents(folder + u"hs.key"_s))
            : jose::Key::fromPem(contents(folder + QString::fromLatin1(alg) + u".pub.pem"_s)).value()};
    bench.keys.keys.first().kid = "k-" + alg;
    return mode == "raw" ? bench.raw() : mode == "full" ? bench.full() : bench.decode();
}
