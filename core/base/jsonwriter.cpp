// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "jsonwriter.h"

#include "json.h"

#include <cmath>

namespace json {

void Writer::before(const char* name)
{
    if (!m_filled.isEmpty()) {
        if (m_filled.back())
            m_text += ',';
        m_filled.back() = true;
        m_text += '\n';
        m_text += QByteArray(m_filled.size() * 2, ' ');
    }
    if (name) {
        m_text += '"';
        m_text += name;
        m_text += "\": ";
    }
}

Writer& Writer::beginObject(const char* name)
{
    before(name);
    m_text += '{';
    m_filled.append(false);
    return *this;
}

Writer& Writer::endObject()
{
    if (m_filled.takeLast())
        m_text += '\n' + QByteArray(m_filled.size() * 2, ' ');
    m_text += '}';
    return *this;
}

Writer& Writer::beginArray(const char* name)
{
    before(name);
    m_text += '[';
    m_filled.append(false);
    return *this;
}

Writer& Writer::endArray()
{
    if (m_filled.takeLast())
        m_text += '\n' + QByteArray(m_filled.size() * 2, ' ');
    m_text += ']';
    return *this;
}

Writer& Writer::text(const char* name, const QString& value) { return raw(name, quoted(value)); }
Writer& Writer::textIf(const char* name, const QString& value) { return value.isEmpty() ? *this : text(name, value); }
Writer& Writer::number(const char* name, qint64 value) { return raw(name, QByteArray::number(value)); }
Writer& Writer::number(const char* name, double value) { return std::isfinite(value) ? raw(name, QByteArray::number(value, 'g', 12)) : null(name); }
Writer& Writer::flag(const char* name, bool value) { return raw(name, value ? "true" : "false"); }
Writer& Writer::null(const char* name) { return raw(name, "null"); }

Writer& Writer::texts(const char* name, const QStringList& values)
{
    QByteArrayList quotedValues;
    for (const QString& value : values)
        quotedValues.append(quoted(value));
    return raw(name, '[' + quotedValues.join(", ") + ']');
}

Writer& Writer::raw(const char* name, const QByteArray& json)
{
    before(name);
    m_text += json;
    return *this;
}

Writer& Writer::element(const QString& value) { return raw(nullptr, quoted(value)); }

} // namespace json
