// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace base {

/// Bytes that do not print, convert, stream or copy by accident. Wiped when destroyed. `reveal()` is the only way in,
/// and easy to search for.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    bool isEmpty() const { return m_size == 0; }
    qsizetype size() const { return m_size; }

    /// The bytes themselves; the view dies with the secret.
    QByteArrayView reveal() const { return {m_bytes.get(), m_size}; }
    /// A second secret with the same bytes: copying is on purpose or not at all.
    Secret clone() const { return Secret(reveal()); }

private:
    void wipe() noexcept;

    std::unique_ptr<char[]> m_bytes {};
    qsizetype m_size = 0;
};

/// From here on the program wipes what it frees (app/wiping.cpp; nothing where that is not linked in). The first secret turns it
/// on, and so does who keeps one in another form: what never sees a secret does not pay for it.
void wipeWhatIsFreed();

/// Compares without telling by its duration how much is equal. Lengths are not hidden.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace base
