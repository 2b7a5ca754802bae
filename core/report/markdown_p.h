// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/text.h"

namespace report {

/// A text from outside, without what Markdown would take as a sign of its own.
inline QString escapedMarkdown(const QString& text)
{
    QString out;
    for (const QChar c : base::visible(text)) {
        if (QStringView(u"\\`*_[]<>|#").contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

} // namespace report
