// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/entropy.h"
#include "core/setup/setup.h"
#include "core/trust/keyvault.h"

#include <QHash>

#include <mutex>

namespace lab {

/// One version of a secret in a vault of the lab.
struct SecretVersion
{
    QString name {};
    QString version {}; ///< 32 hex digits
    QByteArray given {}; ///< the value somebody put; empty where it is derived from the run's key
    QByteArray prefix {}; ///< what a derived value begins with
    bool enabled = true;
    base::Instant created {};
    base::Instant updated {};
    std::optional<base::Instant> expires {};
    std::optional<base::Instant> notBefore {};
    QString contentType {};
    QByteArray tags {}; ///< JSON; empty: none
};

/// A secret that was deleted and can still be recovered.
struct DeletedSecret
{
    QList<SecretVersion> versions {}; ///< oldest first, never empty
    base::Instant when {};
};

/// What somebody wants to set of a version; what is not there stays.
struct SecretChange
{
    std::optional<bool> enabled {};
    std::optional<base::Instant> expires {};
    std::optional<base::Instant> notBefore {};
    std::optional<QString> contentType {};
    QByteArray tags {};
};

/// What a setup lists of a vault, oldest first; nothing of it is secret until valueOf() is asked.
QList<SecretVersion> listedVersions(const Entropy& entropy, const setup::Setup& setup, const setup::Target& vault);
/// The newest version of each secret.
QList<SecretVersion> newestOf(const QList<SecretVersion>& versions);
/// What somebody put, else what is derived from the run's key.
QByteArray valueOf(const Entropy& entropy, const SecretVersion& version);

/// The secrets of the lab's vaults, by the vault's name in the setup. Values of the setup's own secrets are derived when
/// they are handed out; values that a client puts are kept for the lab's life. May be called from several threads.
class VaultStore
{
public:
    /// `empty`: without what the setup lists, a fault.
    VaultStore(const Entropy& entropy, const setup::Setup& setup, bool empty);

    /// An empty version is the newest.
    std::optional<SecretVersion> find(const QString& vault, const QString& secret, const QString& version);
    QList<SecretVersion> versions(const QString& vault, const QString& secret);
    /// The newest version of each secret.
    QList<SecretVersion> current(const QString& vault);
    SecretVersion add(const QString& vault, const QString& secret, const QByteArray& value, const SecretChange& change, base::Instant now);
    std::optional<SecretVersion> update(const QString& vault, const QString& secret, const QString& version, const SecretChange& change, base::Instant now);
    /// Soft delete: all versions of the secret move to the deleted ones, where its name stays taken.
    void remove(const QString& vault, const QString& secret, base::Instant now);
    std::optional<DeletedSecret> deleted(const QString& vault, const QString& secret);
    QList<DeletedSecret> allDeleted(const QString& vault);
    /// Back among the live ones; false when no such secret was deleted.
    bool recover(const QString& vault, const QString& secret);
    void purge(const QString& vault, const QString& secret);

    trust::VaultSecretState state(const QString& vault, const trust::VaultCall& call);

private:
    /// Where a deleted secret stands in its vault's list; -1: nowhere.
    qsizetype deletedAt(const QString& vault, const QString& secret);
    SecretVersion* at(const QString& vault, const QString& secret, const QString& version);

    static constexpr qsizetype most = 2000; ///< versions of one vault; the oldest goes

    const Entropy& m_entropy;
    std::mutex m_mutex {};
    QHash<QString, QList<SecretVersion>> m_vaults {}; ///< each oldest first
    QHash<QString, QList<DeletedSecret>> m_deleted {};
};

} // namespace lab
