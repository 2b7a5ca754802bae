// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QSet>
#include <QString>

#include <optional>

namespace diagnosis {

/// Ignore rules (gitignore(5)): the last pattern that fits decides, and a folder that is out stays out.
class IgnoreRules
{
public:
    /// Those of one file and the folder they count from ("" or "a/b/"); the outermost file first.
    void add(const QString& folder, const QByteArray& text);
    /// Whether they keep a path out; a path with a slash at its end is a folder.
    bool ignores(const QString& path) const;

private:
    struct Pattern
    {
        QString folder {};
        QRegularExpression fits {};
        bool keeps = false;       ///< "!": what fits stays in
        bool foldersOnly = false;
    };
    static Pattern patternOf(const QString& folder, QString line);
    bool isOut(const QString& path, bool folder) const;
    QList<Pattern> m_patterns {};
};

/// The paths a git index names (versions 2 to 4); nothing when it is not one.
std::optional<QSet<QString>> trackedPaths(const QByteArray& index);

} // namespace diagnosis
