// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/jsonfault_p.h"

#include <cstring>

namespace json {

namespace {

bool continuation(uchar c) { return (c & 0xc0) == 0x80; }

/// Length of the well-formed sequence at the front (RFC 3629: no overlong form, no surrogate, at most
/// U+10FFFF), or 0.
qsizetype sequenceLength(const uchar* s, qsizetype left)
{
    const uchar a = s[0];
    if (a < 0x80)
        return 1;
    if (a >= 0xc2 && a <= 0xdf)
        return left > 1 && continuation(s[1]) ? 2 : 0;
    if (a >= 0xe0 && a <= 0xef) {
        const bool whole = left > 2 && continuation(s[1]) && continuation(s[2]);
        return whole && !(a == 0xe0 && s[1] < 0xa0) && !(a == 0xed && s[1] > 0x9f) ? 3 : 0;
    }
    if (a >= 0xf0 && a <= 0xf4) {
        const bool whole = left > 3 && continuation(s[1]) && continuation(s[2]) && continuation(s[3]);
        return whole && !(a == 0xf0 && s[1] < 0x90) && !(a == 0xf4 && s[1] > 0x8f) ? 4 : 0;
    }
    return 0;
}

} // namespace

qsizetype firstInvalidUtf8(QByteArrayView bytes)
{
    const auto* s = reinterpret_cast<const uchar*>(bytes.data());
    const qsizetype size = bytes.size();
    for (qsizetype i = 0; i < size;) {
        quint64 block = 0;
        // ASCII by eights: nearly every document is nothing else.
        while (i + 8 <= size && (std::memcpy(&block, s + i, 8), (block & 0x8080808080808080u) == 0))
            i += 8;
        if (i >= size)
            break;
        const qsizetype length = sequenceLength(s + i, size - i);
        if (length == 0)
            return i;
        i += length;
    }
    return -1;
}

} // namespace json
