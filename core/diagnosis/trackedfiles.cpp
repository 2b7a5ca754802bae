// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/trackedfiles.h"

#include <QtEndian>

namespace diagnosis {

namespace {

constexpr qsizetype header = 12, fixed = 62; ///< bytes before the first entry, and of an entry before its name

/// git's variable width number: seven bits a byte, one added for each that follows.
std::optional<qsizetype> number(const QByteArray& bytes, qsizetype& at)
{
    qsizetype value = 0;
    for (int i = 0; i < 9 && at < bytes.size(); ++i) {
        const uchar byte = uchar(bytes[at++]);
        value = (i ? (value + 1) << 7 : 0) + (byte & 0x7f);
        if (!(byte & 0x80))
            return value;
    }
    return {};
}

} // namespace

std::optional<QSet<QString>> trackedPaths(const QByteArray& index)
{
    if (index.size() < header || !index.startsWith("DIRC"))
        return {};
    const auto version = qFromBigEndian<quint32>(index.constData() + 4), count = qFromBigEndian<quint32>(index.constData() + 8);
    if (version < 2 || version > 4)
        return {};
    QSet<QString> paths;
    QByteArray name;
    qsizetype at = header;
    for (quint32 i = 0; i < count; ++i) {
        if (at + fixed > index.size())
            return {};
        const bool extended = version >= 3 && (uchar(index[at + 60]) & 0x40);
        qsizetype from = at + fixed + (extended ? 2 : 0);
        if (version == 4) {
            const auto strip = number(index, from);
            if (!strip || *strip > name.size())
                return {};
            name.chop(*strip);
        } else {
            name.clear();
        }
        const qsizetype end = index.indexOf('\0', from);
        if (end < 0)
            return {};
        name += index.mid(from, end - from);
        paths.insert(QString::fromUtf8(name));
        // Entries are padded to eight bytes up to version 3, with at least one zero.
        at = version == 4 ? end + 1 : at + ((end - at + 8) & ~qsizetype(7));
    }
    return paths;
}

} // namespace diagnosis
