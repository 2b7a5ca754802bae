// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/entropy.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

#include <QHash>

namespace lab {

/// The lab's passwords and client secrets. None is kept: a value is derived from the run's key when it is
/// handed out, and the servers hold hashes.
QByteArray clientSecret(const Entropy& entropy, const setup::App& app, const setup::Credential& credential);
QByteArray password(const Entropy& entropy, const setup::User& user);
QByteArray appServiceHeader(const Entropy& entropy);

/// What the servers have to recognise, as HMAC-SHA-256 under a key of the run: who finds the table cannot search it for a
/// password, and two equal secrets do not look equal.
class SecretHashes
{
public:
    SecretHashes() = default;
    SecretHashes(const Entropy& entropy, const setup::Setup& setup);

    /// Constant time in the secret. `now` decides about expired ones.
    trust::SecretState state(const setup::App& app, QByteArrayView secret, base::Instant now) const;
    bool isPassword(const setup::User& user, QByteArrayView text) const;

private:
    QByteArray hash(const QString& owner, QByteArrayView text) const;

    QByteArray m_key {};
    QHash<QString, QByteArray> m_secrets {}; ///< by client id and credential
    QHash<QString, QByteArray> m_passwords {}; ///< by object id
};

} // namespace lab
