// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <atomic>

namespace lab {

/// Everything random in a lab: the system's generator, or, with a seed, the same values in the same order
/// each time. Safe to use from several threads at once.
class Entropy
{
public:
    explicit Entropy(const QByteArray& seed = {});

    QByteArray bytes(int count) const;
    /// base64url of that many bytes.
    QByteArray text(int count) const;
    /// A version 4 GUID in lower case.
    QByteArray guid() const;
    /// Evenly between 0 and bound - 1.
    int below(int bound) const;

    /// 32 bytes that belong to this label in this run and are the same each time they are asked for. Secrets
    /// of the lab are made this way, so that none has to be kept.
    QByteArray derived(QByteArrayView label) const;
    /// For key generation; empty without a seed.
    QByteArray seedFor(QByteArrayView label) const;

private:
    bool m_seeded;
    QByteArray m_key; ///< of the run
    mutable std::atomic<quint64> m_count {0};
};

/// "6a2f0c1e-1111-4222-8333-0123456789ab" of 16 bytes.
QByteArray guidText(QByteArray bytes);

} // namespace lab
