// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace base {

/// Like QStringView::toUcs4, but a lone surrogate stays what it is instead of becoming U+FFFD: it has to be
/// shown.
inline QList<char32_t> codePoints(QStringView text)
{
    QList<char32_t> out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            out.append(QChar::surrogateToUcs4(c, text[++i]));
        else
            out.append(c.unicode());
    }
    return out;
}

} // namespace base
