// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runsecrets.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/jose/key.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

QString secretName(const setup::App& app, const setup::Credential& credential)
{
    return QString(app.clientId + u'/' + (credential.name.isEmpty() ? credential.secretId : credential.name));
}

bool isExpired(const setup::Credential& credential, base::Instant now)
{
    const auto end = base::fromRfc3339(credential.expires);
    return end && *end <= now;
}

} // namespace

/// Looks like what Entra hands out, so that whoever scans for secrets finds it: three characters, a digit,
/// "Q~", 34 more.
QByteArray clientSecret(const Entropy& entropy, const setup::App& app, const setup::Credential& credential)
{
    const QByteArray label = "secret " + secretName(app, credential).toUtf8();
    QByteArray text = jose::base64url(entropy.derived(label)).replace('-', '.');
    return "lab8Q~" + text.first(34);
}

/// Without a hyphen: the page would break the line there.
QByteArray password(const Entropy& entropy, const setup::User& user)
{
    return "lab" + entropy.derived(QByteArray("password " + user.objectId.toUtf8())).toHex().first(10);
}

QByteArray appServiceHeader(const Entropy& entropy)
{
    return entropy.derived("identity header").toHex().first(32);
}

QByteArray SecretHashes::hash(const QString& owner, QByteArrayView text) const
{
    return jose::hmacSha256(m_key, QByteArray(owner.toUtf8() + '\0' + text.toByteArray()));
}

SecretHashes::SecretHashes(const Entropy& entropy, const setup::Setup& setup)
    : m_key(entropy.derived("hashes of secrets"))
{
    for (const setup::App& app : setup.apps) {
        for (const setup::Credential& c : app.credentials) {
            if (c.type == setup::CredentialType::Secret)
                m_secrets.insert(secretName(app, c), hash(secretName(app, c), clientSecret(entropy, app, c)));
        }
    }
    for (const setup::User& user : setup.users)
        m_passwords.insert(user.objectId, hash(user.objectId, password(entropy, user)));
}

trust::SecretState SecretHashes::state(const setup::App& app, QByteArrayView secret, base::Instant now) const
{
    auto best = trust::SecretState::Wrong;
    for (const setup::Credential& c : app.credentials) {
        if (c.type != setup::CredentialType::Secret)
            continue;
        const QString name = secretName(app, c);
        const bool right = base::equalInConstantTime(hash(name, secret), m_secrets.value(name));
        if (right && !isExpired(c, now))
            return trust::SecretState::Right;
        if (right)
            best = trust::SecretState::Expired;
        else if (!c.secretId.isEmpty() && c.secretId.toUtf8() == secret)
            best = trust::SecretState::IsTheId;
    }
    return best;
}

bool SecretHashes::isPassword(const setup::User& user, QByteArrayView text) const
{
    return base::equalInConstantTime(hash(user.objectId, text), m_passwords.value(user.objectId));
}

} // namespace lab
