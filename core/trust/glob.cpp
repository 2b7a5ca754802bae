// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "glob.h"

namespace trust {

namespace {

bool sameLetter(QChar a, QChar b, Qt::CaseSensitivity sensitivity)
{
    return a == b || (sensitivity == Qt::CaseInsensitive && a.toCaseFolded() == b.toCaseFolded());
}

} // namespace

bool globMatches(QStringView text, QStringView pattern, Qt::CaseSensitivity sensitivity)
{
    qsizetype t = 0, p = 0;
    qsizetype star = -1, resume = 0; // last `*`, and where in the text it may have to take one more
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == u'?' || sameLetter(pattern[p], text[t],
            sensitivity))) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

} // namespace trust
