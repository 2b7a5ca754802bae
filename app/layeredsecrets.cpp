// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "layeredsecrets.h"

namespace app {

void LayeredSecrets::read(const setup::SecretKey& key, QObject* context, ReadDone done)
{
    if (isInMemory(key))
        m_memory.read(key, context, std::move(done));
    else
        m_keychain.read(key, context, std::move(done));
}

void LayeredSecrets::write(const setup::SecretKey& key, base::Secret secret, QObject* context, Done done)
{
    m_keychain.write(key, std::move(secret), context, std::move(done));
}

void LayeredSecrets::remove(const setup::SecretKey& key, QObject* context, Done done)
{
    const bool kept = m_kept.erase(key) > 0;
    if (kept)
        m_memory.remove(key, context, std::move(done));
    else
        m_keychain.remove(key, context, std::move(done));
}

void LayeredSecrets::keepInMemory(const setup::SecretKey& key, base::Secret secret)
{
    m_memory.put(key, std::move(secret));
    m_kept.insert(key);
}

void LayeredSecrets::forget(const QString& setupId, QObject* context, std::function<void(base::Result<qsizetype>)> done)
{
    std::erase_if(m_kept, [&](const setup::SecretKey& key) {
        const bool ours = key.setup == setupId;
        if (ours)
            m_memory.remove(key, context, [](const base::Result<void>&) { });
        return ours;
    });
    m_keychain.removeAll(setupId, context, std::move(done));
}

} // namespace app
