// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "settingsjson.h"

#include <algorithm>

namespace setup {

namespace {

/// Behind the string that begins at `at`; the end of the text where it is not closed.
qsizetype endOfString(const QByteArray& text, qsizetype at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

/// Behind the comment that begins at `at`; `at` itself where none does, or where it is not closed.
qsizetype endOfComment(const QByteArray& text, qsizetype at)
{
    const QByteArrayView two = QByteArrayView(text).sliced(at).first(std::min<qsizetype>(2, text.size() - at));
    if (two == "//") {
        const qsizetype end = text.indexOf('\n', at);
        return end < 0 ? text.size() : end;
    }
    const qsizetype end = two == "/*" ? text.indexOf("*/", at + 2) : -1;
    return end < 0 ? at : end + 2;
}

void blank(QByteArray& text, qsizetype from, qsizetype to)
{
    std::replace_if(text.begin() + from, text.begin() + to, [](char c) { return c != '\n' && c != '\r'; }, ' ');
}

} // namespace

QByteArray plainJson(const QByteArray& settings)
{
    QByteArray text = settings.startsWith("\xEF\xBB\xBF") ? settings.sliced(3) : settings;
    qsizetype comma = -1; // behind which nothing but blanks came so far
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = endOfComment(text, at);
        const char c = text[at];
        if (end > at) {
            blank(text, at, end);
            at = end;
            continue;
        }
        if (comma >= 0 && (c == '}' || c == ']'))
            text[comma] = ' ';
        if (c == ',')
            comma = at;
        else if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            comma = -1;
        at = c == '"' ? endOfString(text, at) : at + 1;
    }
    return text;
}

} // namespace setup
