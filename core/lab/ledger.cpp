// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "ledger.h"

#include "core/jose/key.h"

namespace lab {

namespace {

QByteArray keyOf(QByteArrayView handedOut) { return jose::sha256(handedOut); }

QByteArray jtiKey(const QString& issuer, QByteArrayView jti)
{
    return jose::sha256(QByteArray(issuer.toUtf8() + '\0' + jti.toByteArray()));
}

QString consentKey(
    const setup::App& client, const setup::App& resource, const QString& scope, const QString& user)
{
    return QString(client.clientId + u'/' + resource.clientId + u'/' + user + u'/' + scope);
}

} // namespace

QByteArray Ledger::addCode(const trust::CodeGrant& grant, const SessionId& session)
{
    const QByteArray code = "1.lab." + m_entropy.text(48);
    const std::scoped_lock lock(m_mutex);
    m_codes.insert(keyOf(code), {grant, session});
    return code;
}

std::optional<trust::CodeGrant> Ledger::code(QByteArrayView code)
{
    const std::scoped_lock lock(m_mutex);
    const Code* found = m_codes.find(keyOf(code));
    return found ? std::optional(found->grant) : std::nullopt;
}

SessionId Ledger::sessionOfCode(QByteArrayView code)
{
    const std::scoped_lock lock(m_mutex);
    const Code* found = m_codes.find(keyOf(code));
    return found ? found->session : SessionId();
}

bool Ledger::spendCode(QByteArrayView code)
{
    const std::scoped_lock lock(m_mutex);
    Code* found = m_codes.find(keyOf(code));
    if (!found)
        return false;
    if (found->grant.spent)
        m_revoked.insert(found->session, 0);
    return !std::exchange(found->grant.spent, true);
}

QByteArray Ledger::addRefresh(const trust::RefreshGrant& grant, const SessionId& session)
{
    const QByteArray token = "1.lab-refresh." + m_entropy.text(96);
    const std::scoped_lock lock(m_mutex);
    m_refresh.insert(keyOf(token), {grant, session});
    return token;
}

std::optional<trust::RefreshGrant> Ledger::refresh(QByteArrayView token)
{
    const std::scoped_lock lock(m_mutex);
    const Refresh* found = m_refresh.find(keyOf(token));
    if (!found)
        return std::nullopt;
    trust::RefreshGrant grant = found->grant;
    grant.revoked = grant.revoked || m_revoked.contains(found->session);
    return grant;
}

SessionId Ledger::sessionOfRefresh(QByteArrayView token)
{
    const std::scoped_lock lock(m_mutex);
    const Refresh* found = m_refresh.find(keyOf(token));
    return found ? found->session : SessionId();
}

bool Ledger::isRevoked(const SessionId& session)
{
    const std::scoped_lock lock(m_mutex);
    return m_revoked.contains(session);
}

QByteArray Ledger::addOpaque(QByteArrayView prefix, const trust::OpaqueGrant& grant)
{
    const QByteArray token = prefix.toByteArray() + m_entropy.text(64);
    const std::scoped_lock lock(m_mutex);
    m_opaque.insert(keyOf(token), grant);
    return token;
}

void Ledger::keepOpaque(QByteArrayView handedOut, const trust::OpaqueGrant& grant)
{
    const std::scoped_lock lock(m_mutex);
    m_opaque.insert(keyOf(handedOut), grant);
}

std::optional<trust::OpaqueGrant> Ledger::opaque(QByteArrayView token)
{
    const std::scoped_lock lock(m_mutex);
    const trust::OpaqueGrant* found = m_opaque.find(keyOf(token));
    return found ? std::optional(*found) : std::nullopt;
}

bool Ledger::useJti(const QString& issuer, QByteArrayView jti)
{
    const std::scoped_lock lock(m_mutex);
    return m_jti.insert(jtiKey(issuer, jti), 0);
}

bool Ledger::jtiUsed(const QString& issuer, QByteArrayView jti)
{
    const std::scoped_lock lock(m_mutex);
    return m_jti.contains(jtiKey(issuer, jti));
}

void Ledger::consent(
    const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& user)
{
    const std::scoped_lock lock(m_mutex);
    for (const QString& scope : scopes)
        m_consents.insert(consentKey(client, resource, scope, user));
}

bool Ledger::consented(
    const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& user)
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::all_of(scopes,
        [&](const QString& scope) { return m_consents.contains(consentKey(client, resource, scope, user)); });
}

} // namespace lab
