// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/key.h"
#include "core/lab/entropy.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace lab {

/// A private key with everything that is the same in each token it signs.
class Signer
{
public:
    Signer() = default;
    Signer(jose::Key key, QByteArrayView algorithm);

    const jose::Key& key() const { return m_key; }
    QByteArray algorithm() const { return m_algorithm->name; }

    /// Compact serialisation. A header with `x5t` is what v1.0 tokens have (entra.md 1.3).
    QByteArray compact(QByteArrayView payload, bool withThumbprint = false) const;
    /// The form of Graph tokens: what is signed is not what is sent, the `nonce` of the header is hashed on
    /// the way (entra.md 2.6).
    QByteArray compactForGraph(QByteArrayView payload, const QByteArray& nonce) const;

private:
    QByteArray header(bool withThumbprint, const QByteArray& nonce = {}) const;
    QByteArray signature(QByteArrayView input) const;

    jose::Key m_key {};
    const jose::Algorithm* m_algorithm = nullptr;
    QByteArray m_plainHeader {}; ///< base64url
    QByteArray m_thumbprintHeader {}; ///< base64url
};

/// The signing keys of one issuer and what it publishes of them. Signs with RS256; a tenant that was asked
/// for ES256 has both and uses the second for access tokens.
struct IssuerKeys
{
    Signer rsa {};
    Signer access {}; ///< for access tokens
    jose::KeySet published {}; ///< public parts
    QByteArray jwks {}; ///< as served
};

/// Slow: makes RSA keys. `algorithm` is "RS256" or "ES256"; `label` names the issuer for seeded runs,
/// `issuer` goes into the published keys when not empty.
IssuerKeys makeIssuerKeys(
    const Entropy& entropy, QByteArrayView label, QByteArrayView algorithm, const QString& issuer = {});

/// Keys that are made when the first one asks for them, from whichever thread: an RSA key takes a tenth of a second, and a walk
/// passes one or two of a setup's many issuers.
class LateKeys
{
public:
    explicit LateKeys(std::function<IssuerKeys()> make) : m_make(std::move(make)) {}
    const IssuerKeys& operator*() const
    {
        std::call_once(m_asked, [this] { m_made = m_make(); });
        return m_made;
    }
    const IssuerKeys* operator->() const { return &**this; }

private:
    std::function<IssuerKeys()> m_make;
    mutable std::once_flag m_asked {};
    mutable IssuerKeys m_made {};
};

/// The keys of an issuer over time. Read by the servers' threads while it is turned: an old generation stays
/// where it is, and its keys stay published.
class Keyring
{
public:
    /// A new generation, which signs from now on.
    void add(IssuerKeys keys);
    const IssuerKeys& current() const { return *m_current.load(std::memory_order_acquire); }

private:
    std::vector<std::unique_ptr<const IssuerKeys>> m_generations {};
    std::atomic<const IssuerKeys*> m_current {nullptr};
};

/// RSA-2048, from the run's seed if it has one.
jose::Key makeRsaKey(const Entropy& entropy, QByteArrayView label);

} // namespace lab
