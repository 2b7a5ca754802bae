// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "unescape_p.h"

#include <QString>

#include <cstring>

namespace http {

namespace {

/// A byte within a character of UTF-8.
bool isContinuation(char c) { return (uchar(c) & 0xC0) == 0x80; }

/// How many bytes the character that begins with `c` has.
qsizetype lengthOf(char c)
{
    const auto u = uchar(c);
    return u >= 0xF0 ? 4 : u >= 0xE0 ? 3 : u >= 0xC0 ? 2 : 1;
}

/// Four hexadecimal digits; -1 when they are not.
int codeUnit(QByteArrayView digits)
{
    if (digits.size() < 4)
        return -1;
    int code = 0;
    for (const char c : digits.first(4)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

char simpleEscape(char c)
{
    switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

void put(char*& to, QByteArrayView bytes)
{
    std::memcpy(to, bytes.data(), size_t(bytes.size()));
    to += bytes.size();
}

/// Writes what the escape at the beginning of `rest` stands for; how much of it was used, 0 when it is none.
qsizetype takeEscape(char*& to, QByteArrayView rest)
{
    if (rest.size() < 2)
        return 0;
    if (const char simple = simpleEscape(rest[1])) {
        *to++ = simple;
        return 2;
    }
    const int first = rest[1] == 'u' ? codeUnit(rest.sliced(2)) : -1;
    if (first < 0)
        return 0;
    if (!QChar::isSurrogate(char32_t(first))) {
        put(to, QString(QChar(char16_t(first))).toUtf8());
        return 6;
    }
    const int second = rest.size() >= 12 && rest[6] == '\\' && rest[7] == 'u' ? codeUnit(rest.sliced(8)) : -1;
    if (!QChar::isHighSurrogate(char32_t(first)) || second < 0 || !QChar::isLowSurrogate(char32_t(second)))
        return 0;
    const char16_t pair[] {char16_t(first), char16_t(second)};
    put(to, QStringView(pair, 2).toUtf8());
    return 12;
}

/// Without a character of UTF-8 that is not whole.
QByteArrayView wholeCharacters(QByteArrayView text)
{
    qsizetype start = text.size();
    while (start > 0 && text.size() - start < 4 && isContinuation(text[start - 1]))
        --start;
    if (start == 0 || uchar(text[start - 1]) < 0x80)
        return text;
    --start;
    return text.size() - start < lengthOf(text[start]) ? text.first(start) : text;
}

} // namespace

QByteArray unescaped(QByteArrayView raw, bool cut)
{
    constexpr qsizetype longestEscape = 12; // a surrogate pair
    if (cut)
        raw = wholeCharacters(raw);
    QByteArray out(raw.size(), Qt::Uninitialized); // no escape is shorter than what it stands for
    char* to = out.data();
    while (!raw.isEmpty()) {
        const auto* slash = static_cast<const char*>(std::memchr(raw.data(), '\\', size_t(raw.size())));
        const qsizetype plain = slash ? slash - raw.data() : raw.size();
        put(to, raw.first(plain));
        raw = raw.sliced(plain);
        if (raw.isEmpty())
            break;
        qsizetype used = takeEscape(to, raw);
        if (used == 0 && cut && raw.size() < longestEscape)
            break;
        if (used == 0)
            *to++ = raw[used++];
        raw = raw.sliced(used);
    }
    out.truncate(to - out.constData());
    return out;
}

} // namespace http
