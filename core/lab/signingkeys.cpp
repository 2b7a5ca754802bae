// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signingkeys.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/lab/certificate.h"

using namespace Qt::StringLiterals;

namespace lab {

Signer::Signer(jose::Key key, QByteArrayView algorithm)
    : m_key(std::move(key))
    , m_algorithm(jose::algorithm(algorithm))
    , m_plainHeader(header(false))
    , m_thumbprintHeader(header(true))
{
}

QByteArray Signer::header(bool withThumbprint, const QByteArray& nonce) const
{
    QByteArray json = R"({"typ":"JWT",)";
    if (!nonce.isEmpty())
        json += R"("nonce":")" + nonce + R"(",)";
    json += R"("alg":")" + algorithm() + '"';
    if (withThumbprint && !m_key.x5t.isEmpty())
        json += R"(,"x5t":")" + m_key.x5t + '"';
    json += R"(,"kid":")" + m_key.kid + R"("})";
    return jose::base64url(json);
}

QByteArray Signer::signature(QByteArrayView input) const
{
    const auto made = jose::sign(input, m_key, *m_algorithm);
    return made ? jose::base64url(*made) : QByteArray();
}

QByteArray Signer::compact(QByteArrayView payload, bool withThumbprint) const
{
    QByteArray token = withThumbprint ? m_thumbprintHeader : m_plainHeader;
    token += '.';
    token += jose::base64url(payload);
    const QByteArray signed_ = signature(token);
    token += '.';
    token += signed_;
    return token;
}

QByteArray Signer::compactForGraph(QByteArrayView payload, const QByteArray& nonce) const
{
    const QByteArray hashed = jose::base64url(jose::sha256(nonce));
    const QByteArray body = jose::base64url(payload);
    return header(true, nonce) + '.' + body + '.' + signature(QByteArray(header(true, hashed) + '.' + body));
}

jose::Key makeRsaKey(const Entropy& entropy, QByteArrayView label)
{
    const QByteArray seed = entropy.seedFor(QByteArray("key " + label.toByteArray()));
    if (seed.isEmpty())
        return jose::Key::generateRsa();
    auto key = jose::Key::fromSeed(jose::KeyType::Rsa, seed);
    return key ? std::move(*key) : jose::Key::generateRsa();
}

namespace {

jose::Key makeEcKey(const Entropy& entropy, QByteArrayView label)
{
    const QByteArray seed = entropy.seedFor(QByteArray("ec key " + label.toByteArray()));
    if (seed.isEmpty())
        return jose::Key::generateEc();
    auto key = jose::Key::fromSeed(jose::KeyType::Ec, seed);
    return key ? std::move(*key) : jose::Key::generateEc();
}

/// Classic Entra keys are named by the thumbprint of their certificate (entra.md 1.3).
jose::Key dressed(jose::Key key, const QString& issuer)
{
    key.use = "sig"_ba;
    key.issuer = issuer;
    if (key.type() == jose::KeyType::Rsa) {
        const QByteArray der = certify(key, "accounts.lab").der;
        key.x5c = {der};
        key.x5t = jose::x5t(der);
    }
    key.kid = key.x5t.isEmpty() ? key.thumbprint() : key.x5t;
    return key;
}

} // namespace

IssuerKeys makeIssuerKeys(
    const Entropy& entropy, QByteArrayView label, QByteArrayView algorithm, const QString& issuer)
{
    IssuerKeys made;
    made.rsa = Signer(dressed(makeRsaKey(entropy, label), issuer), "RS256");
    made.access
        = algorithm == "ES256" ? Signer(dressed(makeEcKey(entropy, label), issuer), "ES256") : made.rsa;
    made.published.keys = {made.rsa.key().publicPart()};
    if (algorithm == "ES256")
        made.published.keys += made.access.key().publicPart();
    made.jwks = jose::toJwks(made.published.keys);
    return made;
}

/// No token outlives a day and a lab seldom runs longer, so nothing is ever taken out.
void Keyring::add(IssuerKeys keys)
{
    if (!m_generations.empty()) {
        keys.published.keys += m_generations.back()->published.keys;
        keys.jwks = jose::toJwks(keys.published.keys);
    }
    m_generations.push_back(std::make_unique<const IssuerKeys>(std::move(keys)));
    m_current.store(m_generations.back().get(), std::memory_order_release);
}

} // namespace lab
