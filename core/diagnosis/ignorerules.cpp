// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/trackedfiles.h"

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// A glob as a regular expression: "*" stops at slashes, "**" does not.
QString expressionOf(const QString& glob)
{
    QString out;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QChar c = glob[i];
        if (glob.mid(i, 3) == u"**/") {
            out += u"(?:.*/)?"_s;
            i += 2;
        } else if (glob.mid(i, 2) == u"**") {
            out += u".*"_s;
            ++i;
        } else if (c == u'*') {
            out += u"[^/]*"_s;
        } else if (c == u'?') {
            out += u"[^/]"_s;
        } else if (const qsizetype end = c == u'[' ? glob.indexOf(u']', i + 2) : -1; end > 0) {
            QString set = glob.mid(i + 1, end - i - 1).replace(u'\\', u"\\\\"_s);
            out += u'[' + (set.startsWith(u'!') ? u'^' + set.mid(1) : set) + u']';
            i = end;
        } else {
            out += QRegularExpression::escape(c == u'\\' && i + 1 < glob.size() ? glob.mid(++i, 1) : QString(c));
        }
    }
    return out;
}

} // namespace

IgnoreRules::Pattern IgnoreRules::patternOf(const QString& folder, QString line)
{
    Pattern out {.folder = folder};
    out.keeps = line.startsWith(u'!');
    if (out.keeps)
        line.remove(0, 1);
    out.foldersOnly = line.endsWith(u'/');
    if (out.foldersOnly)
        line.chop(1);
    const bool anchored = line.contains(u'/');
    if (line.startsWith(u'/'))
        line.remove(0, 1);
    out.fits.setPattern(u"^"_s + (anchored ? QString() : u"(?:.*/)?"_s) + expressionOf(line) + u"$"_s);
    return out;
}

void IgnoreRules::add(const QString& folder, const QByteArray& text)
{
    for (const QString& raw : QString::fromUtf8(text).split(u'\n'))
        if (const QString line = raw.trimmed(); !line.isEmpty() && !line.startsWith(u'#'))
            m_patterns.append(patternOf(folder, line));
}

bool IgnoreRules::isOut(const QString& path, bool folder) const
{
    bool out = false;
    for (const Pattern& pattern : m_patterns)
        if (path.startsWith(pattern.folder) && (folder || !pattern.foldersOnly) && out == pattern.keeps && pattern.fits.match(path.sliced(pattern.folder.size())).hasMatch())
            out = !pattern.keeps;
    return out;
}

bool IgnoreRules::ignores(const QString& path) const
{
    for (qsizetype slash = path.indexOf(u'/'); slash > 0; slash = path.indexOf(u'/', slash + 1))
        if (isOut(path.left(slash), true))
            return true;
    return !path.endsWith(u'/') && isOut(path, false);
}

} // namespace diagnosis
