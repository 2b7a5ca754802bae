// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/entropy.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <mutex>

namespace lab {

/// A table that forgets the oldest entry when it is full. Its keys are hashes of what was handed out, so that
/// a copy of the memory opens nothing.
template <typename Value>
class BoundedTable
{
public:
    explicit BoundedTable(qsizetype limit)
        : m_limit(limit)
    {
    }

    bool insert(const QByteArray& key, Value value)
    {
        if (m_values.contains(key))
            return false;
        if (qsizetype(m_order.size()) >= m_limit) {
            m_values.remove(m_order.front());
            m_order.pop_front();
        }
        m_order.push_back(key);
        m_values.insert(key, std::move(value));
        return true;
    }
    Value* find(const QByteArray& key)
    {
        const auto it = m_values.find(key);
        return it == m_values.end() ? nullptr : &*it;
    }
    bool contains(const QByteArray& key) const { return m_values.contains(key); }

private:
    qsizetype m_limit;
    QHash<QByteArray, Value> m_values {};
    std::deque<QByteArray> m_order {};
};

/// One sign-in: what came of it can be revoked together.
using SessionId = QByteArray;

/// What the lab's servers remember between requests: codes, refresh tokens, opaque tokens, consents,
/// assertions seen. Every member may be called from several threads.
class Ledger
{
public:
    explicit Ledger(const Entropy& entropy)
        : m_entropy(entropy)
    {
    }

    QByteArray addCode(const trust::CodeGrant& grant, const SessionId& session);
    std::optional<trust::CodeGrant> code(QByteArrayView code);
    SessionId sessionOfCode(QByteArrayView code);
    /// It is used up. True the first time. Every later time the session is revoked (RFC 6749 section 4.1.2). Whether a refused
    /// attempt uses it up as well is each server's own: Entra's does not (entra.md 2.3).
    bool spendCode(QByteArrayView code);

    QByteArray addRefresh(const trust::RefreshGrant& grant, const SessionId& session);
    std::optional<trust::RefreshGrant> refresh(QByteArrayView token);
    SessionId sessionOfRefresh(QByteArrayView token);

    bool isRevoked(const SessionId& session);

    QByteArray addOpaque(QByteArrayView prefix, const trust::OpaqueGrant& grant);
    /// The same for something that has to be written otherwise: an access key id.
    void keepOpaque(QByteArrayView handedOut, const trust::OpaqueGrant& grant);
    std::optional<trust::OpaqueGrant> opaque(QByteArrayView token);

    /// True the first time this issuer's jti comes.
    bool useJti(const QString& issuer, QByteArrayView jti);
    bool jtiUsed(const QString& issuer, QByteArrayView jti);

    void consent(
        const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& user);
    bool consented(
        const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& user);

private:
    struct Code
    {
        trust::CodeGrant grant {};
        SessionId session {};
    };
    struct Refresh
    {
        trust::RefreshGrant grant {};
        SessionId session {};
    };

    const Entropy& m_entropy;
    std::mutex m_mutex {};
    BoundedTable<Code> m_codes {10'000};
    BoundedTable<Refresh> m_refresh {10'000};
    BoundedTable<trust::OpaqueGrant> m_opaque {10'000};
    BoundedTable<char> m_jti {100'000};
    BoundedTable<char> m_revoked {10'000};
    QSet<QString> m_consents {};
};

} // namespace lab
