// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "base64url.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// A place of the quartet and a letter give the bits of the 24-bit group at once; what is no letter gives
// this.
constexpr quint32 noLetter = 0x01000000;

using Table = std::array<quint32, 256>;

constexpr Table shifted(int shift)
{
    Table table {};
    table.fill(noLetter);
    for (quint32 i = 0; i < 64; ++i)
        table[uchar(alphabet[i])] = i << shift;
    return table;
}

constexpr Table first = shifted(18);
constexpr Table second = shifted(12);
constexpr Table third = shifted(6);
constexpr Table fourth = shifted(0);

int sextet(char c)
{
    const quint32 value = fourth[uchar(c)];
    return value == noLetter ? -1 : int(value);
}

/// Reads whole quartets, then two or three letters left over. False when something is no letter or an unused
/// bit is set.
bool decode(const uchar* in, qsizetype size, char* out)
{
    quint32 seen = 0;
    for (; size >= 4; size -= 4, in += 4, out += 3) {
        const quint32 bits = first[in[0]] | second[in[1]] | third[in[2]] | fourth[in[3]];
        seen |= bits;
        out[0] = char(bits >> 16);
        out[1] = char(bits >> 8);
        out[2] = char(bits);
    }
    if (size == 2 || size == 3) {
        const quint32 bits = first[in[0]] | second[in[1]] | (size == 3 ? third[in[2]] : 0);
        seen |= bits;
        out[0] = char(bits >> 16);
        if (size == 3)
            out[1] = char(bits >> 8);
        if (bits & (size == 3 ? 0xffu : 0xffffu))
            return false;
    }
    return size != 1 && (seen & noLetter) == 0;
}

/// What readBase64url collects on its way; each kind of oddity is listed once, with its first place.
struct Oddities
{
    QByteArray letters {};
    qsizetype padding = 0;
    qsizetype blankAt = -1;
    qsizetype blanks = 0;
    qsizetype plainAt = -1;
    qsizetype foreignAt = -1;
    qsizetype foreign = 0;
    char foreignSign = 0;

    void take(char c, qsizetype at)
    {
        if (sextet(c) >= 0) {
            letters += c;
        } else if (c == '+' || c == '/') {
            letters += c == '+' ? '-' : '_';
            plainAt = plainAt < 0 ? at : plainAt;
        } else if (c == '=') {
            ++padding;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blankAt = blanks++ == 0 ? at : blankAt;
        } else if (foreign++ == 0) {
            foreignAt = at;
            foreignSign = c;
        }
    }

    QStringList lines() const
    {
        QStringList out;
        if (padding > 0)
            out += u"padded with \"=\""_s;
        if (plainAt >= 0)
            out += u"the alphabet of plain base64 at %1 (+ and / instead of - and _)"_s.arg(plainAt);
        if (blanks > 0)
            out += blanks == 1 ? u"a blank or line break at %1"_s.arg(blankAt)
                               : u"%1 blanks or line breaks, the first at %2"_s.arg(blanks).arg(blankAt);
        if (foreign > 0)
            out += u"the byte 0x%1 at %2 is not base64url"_s.arg(uint(uchar(foreignSign)), 2, 16, QChar(u'0'))
                       .arg(foreignAt);
        if (foreign > 1)
            out += u"%1 bytes in all are not base64url"_s.arg(foreign);
        return out;
    }
};

} // namespace

QByteArray base64url(QByteArrayView bytes)
{
    const qsizetype size = bytes.size();
    QByteArray out((size * 4 + 2) / 3, Qt::Uninitialized);
    const auto* in = reinterpret_cast<const uchar*>(bytes.data());
    char* to = out.data();
    qsizetype i = 0;
    for (; i + 3 <= size; i += 3) {
        const quint32 bits = quint32(in[i]) << 16 | quint32(in[i + 1]) << 8 | in[i + 2];
        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        *to++ = alphabet[bits >> 6 & 63];
        *to++ = alphabet[bits & 63];
    }
    if (i < size) {
        const quint32 bits = quint32(in[i]) << 16 | (i + 1 < size ? quint32(in[i + 1]) << 8 : 0);
        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        if (i + 1 < size)
            *to++ = alphabet[bits >> 6 & 63];
    }
    return out;
}

std::optional<QByteArray> fromBase64urlStrict(QByteArrayView text)
{
    QByteArray out(text.size() / 4 * 3 + std::max<qsizetype>(text.size() % 4 - 1, 0), Qt::Uninitialized);
    if (!decode(reinterpret_cast<const uchar*>(text.data()), text.size(), out.data()))
        return {};
    return out;
}

Base64Reading readBase64url(QByteArrayView text)
{
    if (auto strict = fromBase64urlStrict(text))
        return {std::move(*strict), {}};
    Oddities odd;
    for (qsizetype i = 0; i < text.size(); ++i)
        odd.take(text[i], i);
    Base64Reading reading {{}, odd.lines()};
    QByteArray letters = odd.letters;
    if (letters.size() % 4 == 1) {
        reading.problems += u"one letter too many or some missing: the end is cut off"_s;
        letters.chop(1);
    }
    if (const qsizetype rest = letters.size() % 4; rest > 0) {
        // The unused bits of the last letter carry nothing; a second spelling of the same bytes is not
        // canonical.
        const int unused = rest == 3 ? 3 : 15;
        const int last = sextet(letters.back());
        if (last & unused) {
            reading.problems += u"unused bits at the end are set: not the canonical spelling"_s;
            letters.back() = alphabet[last & ~unused];
        }
    }
    reading.bytes = fromBase64urlStrict(letters).value_or(QByteArray());
    return reading;
}

} // namespace jose
