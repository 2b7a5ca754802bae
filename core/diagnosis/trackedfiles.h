// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace diagnosis {

/// Rules of one ignore file and the folder they count from ("" or "a/b/").
struct IgnoreFile
{
    QString folder {};
    QByteArray text {};
};

/// Whether ignore rules keep a path out (gitignore(5)): the last pattern that fits decides, a folder that is out stays out.
/// Files in order, the outermost first.
bool ignoresPath(const QList<IgnoreFile>& files, const QString& path);

/// The paths a git index names (versions 2 to 4); nothing when it is not one.
std::optional<QSet<QString>> trackedPaths(const QByteArray& index);

} // namespace diagnosis
