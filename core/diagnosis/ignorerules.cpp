// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/trackedfiles.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

struct Pattern
{
    QRegularExpression fits {};
    bool keeps = false;     ///< "!": what fits stays in
    bool foldersOnly = false;
};

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

Pattern patternOf(QString line)
{
    Pattern out;
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

QList<Pattern> patternsOf(const QByteArray& text)
{
    QList<Pattern> out;
    for (QString line : QString::fromUtf8(text).split(u'\n')) {
        line = line.trimmed();
        if (!line.isEmpty() && !line.startsWith(u'#'))
            out.append(patternOf(line));
    }
    return out;
}

bool isOut(const QList<IgnoreFile>& files, const QString& path, bool folder)
{
    bool out = false;
    for (const IgnoreFile& file : files) {
        if (!path.startsWith(file.folder))
            continue;
        const QString inside = path.sliced(file.folder.size());
        for (const Pattern& pattern : patternsOf(file.text))
            if ((folder || !pattern.foldersOnly) && pattern.fits.match(inside).hasMatch())
                out = !pattern.keeps;
    }
    return out;
}

} // namespace

bool ignoresPath(const QList<IgnoreFile>& files, const QString& path)
{
    for (qsizetype slash = path.indexOf(u'/'); slash > 0; slash = path.indexOf(u'/', slash + 1))
        if (isOut(files, path.left(slash), true))
            return true;
    return path.endsWith(u'/') ? false : isOut(files, path, false);
}

} // namespace diagnosis
