// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>
#include <QStringView>

namespace lab {

/// A JSON object written member by member into one buffer: tokens and answers are made thousands of times a
/// second. Member names are ours and need no escapes.
class JsonText
{
public:
    JsonText()
    {
        m_text.reserve(512);
        m_text += '{';
    }

    JsonText& text(QByteArrayView name, QStringView value);
    JsonText& text(QByteArrayView name, QByteArrayView utf8);
    JsonText& number(QByteArrayView name, qint64 value);
    JsonText& flag(QByteArrayView name, bool value);
    JsonText& list(QByteArrayView name, const QStringList& values);
    /// JSON that stands already.
    JsonText& raw(QByteArrayView name, QByteArrayView json);

    QByteArray done() { return std::exchange(m_text, {}) + '}'; }

private:
    void begin(QByteArrayView name);

    QByteArray m_text {};
};

/// ["a","b"] of texts; [{...},{...}] of JSON texts.
QByteArray jsonList(const QStringList& values);
QByteArray jsonArray(const QList<QByteArray>& json);

} // namespace lab
