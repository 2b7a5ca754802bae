// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringView>

namespace base {

/// Text from outside made safe to read: control, bidi, zero-width and other invisible characters become "U+202E"
/// marks. Letters of any script stay.
QString visible(QStringView text);
/// "U+0430"
QString codePoint(char32_t c);

/// A file's bytes as UTF-8. Windows PowerShell and Notepad write UTF-16 and mark it with a byte order mark (Unicode 15, 23.8), and
/// many a Windows program marks UTF-8 too: the mark is no part of the text. Everything else comes back as it is.
QByteArray asUtf8(QByteArray bytes);

/// The middle left out, both ends kept: "fb60f99c-7a3…02f77469936".
QString elidedMiddle(const QString& text, qsizetype length);

/// One run of an edit script from `presented` to `expected`.
struct Span
{
    enum class Kind { Same, Differs, OnlyPresented, OnlyExpected } kind {};
    QString presented {};
    QString expected {};

    bool operator==(const Span&) const = default;
};
/// Where two values part, aligned by edit script, so that one missing slash marks one place.
QList<Span> difference(QStringView presented, QStringView expected);

} // namespace base
