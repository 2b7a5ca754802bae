// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "text.h"

#include "core/base/codepoints_p.h"

#include <QChar>
#include <QStringConverter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace base {

namespace {

bool invisible(char32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    // Letters and marks by category that draw nothing: fillers, joiners, variation selectors, the empty
    // Braille cell.
    return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c == 0x2800
        || c == 0x3164 || c == 0xffa0 || (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0100 && c <= 0xe01ef);
}

} // namespace

QString codePoint(char32_t c)
{
    return u"U+"_s + QString::number(uint(c), 16).toUpper().rightJustified(4, u'0');
}

QString visible(QStringView text)
{
    // Nearly everything is printable ASCII.
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c <= u'~'; }))
        return text.toString();
    QString out;
    out.reserve(text.size());
    for (char32_t c : codePoints(text)) {
        if (invisible(c))
            out += u'[' + codePoint(c) + u']';
        else
            out += QChar::fromUcs4(c);
    }
    return out;
}

QByteArray asUtf8(QByteArray bytes)
{
    using Encoding = QStringConverter::Encoding;
    const bool little = bytes.startsWith("\xff\xfe"), big = bytes.startsWith("\xfe\xff");
    if (bytes.startsWith("\xef\xbb\xbf"))
        return bytes.sliced(3);
    if (!little && !big)
        return bytes;
    QStringDecoder decoder(little ? Encoding::Utf16LE : Encoding::Utf16BE, QStringConverter::Flag::Stateless);
    const QString text = decoder(QByteArrayView(bytes).sliced(2)); // what is no character becomes U+FFFD
    return text.toUtf8();
}

QString elidedMiddle(const QString& text, qsizetype length)
{
    if (text.size() <= length)
        return text;
    if (length <= 1)
        return length == 1 ? u"…"_s : QString();
    qsizetype head = length / 2;
    qsizetype tail = text.size() - (length - 1 - head);
    // Never cut a surrogate pair in two.
    if (text.at(head - 1).isHighSurrogate())
        --head;
    if (tail < text.size() && text.at(tail).isLowSurrogate())
        ++tail;
    return text.first(head) + u'…' + text.sliced(tail);
}

} // namespace base
