// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secrets.h"

#include <QMetaObject>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// Parts are joined by slashes, so a slash inside one may not pass for a joint.
QString part(const QString& text)
{
    QString out = text;
    return out.replace(u'%', u"%25"_s).replace(u'/', u"%2F"_s);
}

/// From the event loop, and not at all when the context is gone by then.
template <typename Done, typename Answer>
void later(QObject* context, Done done, Answer answer)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); },
        Qt::QueuedConnection);
}

} // namespace

QString SecretKey::entry() const
{
    return QStringList{part(setup), part(tenant), part(clientId), part(credential)}.join(u'/');
}

SecretKey secretKey(const Setup& setup, const App& app, const Credential& credential)
{
    const Tenant* tenant = setup.tenantOf(app);
    return {.setup = setup.id,
        .tenant = tenant ? tenant->id : QString(),
        .clientId = app.clientId,
        .credential = credential.name};
}

void MemorySecrets::put(const SecretKey& key, base::Secret secret)
{
    m_secrets.insert_or_assign(key, std::move(secret));
}

void MemorySecrets::clear() { m_secrets.clear(); }

void MemorySecrets::read(const SecretKey& key, QObject* context, ReadDone done)
{
    const auto found = m_secrets.find(key);
    base::Result<base::Secret> answer;
    if (found != m_secrets.end())
        answer = found->second.clone();
    else
        answer = base::fail(u"secret-missing"_s,
            u"No secret is kept for \"%1\". Enter it, and it stays until you quit."_s.arg(key.credential),
            key.entry());
    later(context, std::move(done), std::move(answer));
}

void MemorySecrets::write(const SecretKey& key, base::Secret secret, QObject* context, Done done)
{
    put(key, std::move(secret));
    later(context, std::move(done), base::Result<void>{});
}

void MemorySecrets::remove(const SecretKey& key, QObject* context, Done done)
{
    m_secrets.erase(key);
    later(context, std::move(done), base::Result<void>{});
}

base::Result<void> mayStoreSecret(const Setup& setup)
{
    if (setup.environment == Environment::Lower)
        return {};
    return base::fail(u"secret-in-higher"_s,
        u"Setups marked higher store no client secret. Use a federated credential instead."_s,
        u"/environment"_s);
}

} // namespace setup
