// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

#include <set>

namespace app {

/// Live secrets: what the user chose to keep in memory for this session, else the system's keychain.
class LayeredSecrets : public setup::SecretStore
{
public:
    explicit LayeredSecrets(setup::Keychain& keychain) : m_keychain(keychain) { }

    void read(const setup::SecretKey& key, QObject* context, ReadDone done) override;
    void write(const setup::SecretKey& key, base::Secret secret, QObject* context, Done done) override;
    void remove(const setup::SecretKey& key, QObject* context, Done done) override;

    /// Never written to disk, gone when the program ends.
    void keepInMemory(const setup::SecretKey& key, base::Secret secret);
    /// Everything kept for a setup, in memory and in the keychain; how many entries of the keychain there were.
    void forget(const QString& setupId, QObject* context, std::function<void(base::Result<qsizetype>)> done);
    bool isInMemory(const setup::SecretKey& key) const { return m_kept.contains(key); }

private:
    setup::Keychain& m_keychain;
    setup::MemorySecrets m_memory {};
    std::set<setup::SecretKey> m_kept {};
};

} // namespace app
