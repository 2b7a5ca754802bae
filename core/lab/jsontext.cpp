// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "jsontext.h"

namespace lab {

namespace {

void appendEscaped(QByteArray& out, char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (uchar(c) < 0x20) {
        out += "\\u00";
        out += digits[uchar(c) >> 4];
        out += digits[uchar(c) & 15];
    } else {
        out += c;
    }
}

void appendString(QByteArray& out, QByteArrayView utf8)
{
    out += '"';
    qsizetype plain = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        if (c != '"' && c != '\\' && uchar(c) >= 0x20)
            continue;
        out += utf8.sliced(plain, i - plain);
        appendEscaped(out, c);
        plain = i + 1;
    }
    out += utf8.sliced(plain);
    out += '"';
}

} // namespace

void JsonText::begin(QByteArrayView name)
{
    if (m_text.size() > 1)
        m_text += ',';
    m_text += '"';
    m_text += name;
    m_text += "\":";
}

JsonText& JsonText::text(QByteArrayView name, QStringView value)
{
    return text(name, QByteArrayView(value.toUtf8()));
}

JsonText& JsonText::text(QByteArrayView name, QByteArrayView utf8)
{
    begin(name);
    appendString(m_text, utf8);
    return *this;
}

JsonText& JsonText::number(QByteArrayView name, qint64 value) { return raw(name, QByteArray::number(value)); }

JsonText& JsonText::flag(QByteArrayView name, bool value) { return raw(name, value ? "true" : "false"); }

JsonText& JsonText::list(QByteArrayView name, const QStringList& values)
{
    return raw(name, jsonList(values));
}

JsonText& JsonText::raw(QByteArrayView name, QByteArrayView json)
{
    begin(name);
    m_text += json;
    return *this;
}

QByteArray jsonList(const QStringList& values)
{
    QByteArray out = "[";
    for (const QString& value : values) {
        if (out.size() > 1)
            out += ',';
        appendString(out, value.toUtf8());
    }
    return out + ']';
}

QByteArray jsonArray(const QList<QByteArray>& json) { return '[' + json.join(',') + ']'; }

} // namespace lab
