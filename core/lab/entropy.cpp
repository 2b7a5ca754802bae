// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "entropy.h"

#include "core/jose/base64url.h"
#include "core/jose/key.h"

#include <QtEndian>

namespace lab {

namespace {

/// The system's generator costs a call into the kernel; a thread fetches a page of it at a time.
QByteArray fromSystem(int count)
{
    static constexpr int page = 4096;
    thread_local QByteArray stock;
    if (count > page)
        return jose::randomBytes(count);
    if (stock.size() < count)
        stock = jose::randomBytes(page);
    const QByteArray out = stock.last(count);
    stock.chop(count);
    return out;
}

} // namespace

Entropy::Entropy(const QByteArray& seed)
    : m_seeded(!seed.isEmpty())
    , m_key(m_seeded ? jose::sha256(QByteArray("trustwalk lab " + seed)) : jose::randomBytes(32))
{
}

QByteArray Entropy::bytes(int count) const
{
    if (!m_seeded)
        return fromSystem(count);
    QByteArray out;
    while (out.size() < count)
        out += jose::hmacSha256(m_key, QByteArray("stream " + QByteArray::number(m_count++)));
    return out.first(count);
}

QByteArray Entropy::text(int count) const { return jose::base64url(bytes(count)); }

QByteArray Entropy::guid() const { return guidText(bytes(16)); }

int Entropy::below(int bound) const
{
    const QByteArray drawn = bytes(8);
    return int(qFromLittleEndian<quint64>(drawn.constData()) % quint64(bound));
}

QByteArray Entropy::derived(QByteArrayView label) const
{
    return jose::hmacSha256(m_key, QByteArray("derived " + label.toByteArray()));
}

QByteArray Entropy::seedFor(QByteArrayView label) const { return m_seeded ? derived(label) : QByteArray(); }

QByteArray guidText(QByteArray bytes)
{
    bytes[6] = char((bytes[6] & 0x0f) | 0x40); // version 4, variant 1 (RFC 9562 section 5.4)
    bytes[8] = char((bytes[8] & 0x3f) | 0x80);
    QByteArray text = bytes.first(16).toHex();
    for (const int at : {20, 16, 12, 8})
        text.insert(at, '-');
    return text;
}

} // namespace lab
