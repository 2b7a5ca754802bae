// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"

#include <QList>
#include <QString>

#include <mutex>
#include <vector>

namespace lab {

/// The last entries of a log, oldest overwritten first: memory does not grow with the number of requests.
template <typename Entry>
class Ring
{
public:
    explicit Ring(std::size_t limit)
        : m_limit(limit)
    {
    }

    void add(Entry entry)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_entries.size() < m_limit)
            m_entries.push_back(std::move(entry));
        else
            std::swap(m_entries[m_next], entry); // the old one dies with the argument, after the lock
        m_next = (m_next + 1) % m_limit;
    }
    /// Oldest first.
    QList<Entry> entries() const
    {
        const std::scoped_lock lock(m_mutex);
        QList<Entry> out;
        out.reserve(qsizetype(m_entries.size()));
        const std::size_t start = m_entries.size() < m_limit ? 0 : m_next;
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            out.append(m_entries[(start + i) % m_entries.size()]);
        return out;
    }

private:
    std::size_t m_limit;
    mutable std::mutex m_mutex {};
    std::vector<Entry> m_entries {};
    std::size_t m_next = 0;
};

/// A line of the tenant's sign-in log: one for each answer of the token endpoint and the metadata service.
struct AuditEntry
{
    base::Instant at {};
    QString client {}; ///< client id
    QString resource {}; ///< client id of the resource, empty when there was none
    QString user {}; ///< object id; empty for app-only
    QByteArray token {}; ///< `uti` of what was issued; empty when refused
    QString code {}; ///< "AADSTS7000215"; empty when issued
};

} // namespace lab
