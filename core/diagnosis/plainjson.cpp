// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/plainjson_p.h"

#include <QByteArrayView>

namespace diagnosis {

namespace {

/// The end of what begins at `at` and is no part of the data: a text in quotes or a comment; `at` itself elsewhere.
qsizetype endOf(QByteArrayView text, qsizetype at)
{
    const auto found = [&](QByteArrayView what, qsizetype from, qsizetype more) {
        const qsizetype end = text.indexOf(what, from);
        return end < 0 ? text.size() : end + more;
    };
    if (text.sliced(at).startsWith("//"))
        return found("\n", at, 0);
    if (text.sliced(at).startsWith("/*"))
        return found("*/", at + 2, 2);
    if (text[at] != '"')
        return at;
    for (qsizetype end = at + 1; end < text.size(); ++end) {
        if (text[end] == '\\')
            ++end;
        else if (text[end] == '"')
            return end + 1;
    }
    return text.size();
}

} // namespace

QByteArray plainJson(QByteArray text)
{
    qsizetype comma = -1; // the last one that nothing but blanks follows
    for (qsizetype at = 0; at < text.size();) {
        const char c = text[at];
        const qsizetype end = endOf(text, at);
        if (end > at && c == '/') {
            for (; at < end; ++at)
                if (text[at] != '\n')
                    text[at] = ' ';
            continue;
        }
        if (comma >= 0 && (c == '}' || c == ']'))
            text[comma] = ' ';
        if (c == ',')
            comma = at;
        else if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            comma = -1;
        at = std::max(end, at + 1);
    }
    return text;
}

} // namespace diagnosis
