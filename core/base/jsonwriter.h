// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace json {

/// Writes one JSON text in the order it is told, laid out with two blanks a level. Names are ours, values are escaped.
class Writer
{
public:
    Writer& beginObject(const char* name = nullptr);
    Writer& endObject();
    Writer& beginArray(const char* name = nullptr);
    Writer& endArray();

    Writer& text(const char* name, const QString& value);
    /// Left out when empty.
    Writer& textIf(const char* name, const QString& value);
    Writer& number(const char* name, double value);
    Writer& number(const char* name, qint64 value);
    Writer& number(const char* name, int value) { return number(name, qint64(value)); }
    Writer& flag(const char* name, bool value);
    Writer& null(const char* name);
    Writer& texts(const char* name, const QStringList& values);
    /// JSON that stands already; taken as it is.
    Writer& raw(const char* name, const QByteArray& json);
    /// A bare element of an array.
    Writer& element(const QString& value);

    /// The text, with a closing line break.
    QByteArray done() const { return m_text + '\n'; }

private:
    void before(const char* name);
    QByteArray m_text {};
    QList<bool> m_filled {};
};

} // namespace json
