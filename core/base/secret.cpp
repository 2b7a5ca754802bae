// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secret.h"

#include <cstring>
#include <utility>

/// The program's own, where there is one.
extern "C" [[gnu::weak]] void trustwalkWipeWhatIsFreed() noexcept;

namespace base {

void wipeWhatIsFreed()
{
    if (trustwalkWipeWhatIsFreed)
        trustwalkWipeWhatIsFreed();
}

Secret::Secret(QByteArrayView bytes)
    : m_bytes(bytes.isEmpty() ? nullptr : std::make_unique<char[]>(size_t(bytes.size())))
    , m_size(bytes.size())
{
    wipeWhatIsFreed();
    if (m_size > 0)
        std::memcpy(m_bytes.get(), bytes.data(), size_t(m_size));
}

Secret::Secret(Secret&& other) noexcept
    : m_bytes(std::move(other.m_bytes))
    , m_size(std::exchange(other.m_size, 0))
{
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

Secret::~Secret() { wipe(); }

void Secret::wipe() noexcept
{
    // A volatile write per byte: the compiler may not drop it although the memory is freed right after.
    volatile char* bytes = m_bytes.get();
    for (qsizetype i = 0; i < m_size; ++i)
        bytes[i] = 0;
    m_size = 0;
    m_bytes.reset();
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    volatile unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = difference | static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace base
