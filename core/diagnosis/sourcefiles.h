// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/setup/sidecarreading.h"

#include <optional>

namespace diagnosis {

/// Whether a version control system has a file. `Open`: no ignore rule covers it, and there is no index to ask.
enum class Tracking { Unknown, Tracked, Untracked, Ignored, Open };

/// A text file of a project as it was found.
struct SourceFile
{
    QString path {};
    QByteArray text {};
    Tracking tracking = Tracking::Unknown;
};

/// What a file is, told by its name and its text.
enum class FileKind { Other, Env, Compose, Manifest, Pipeline, Dockerfile, Ignore, Settings, ServiceAccount, ExternalAccount, AwsCredentials, PrivateKey, Policy, Source };
FileKind fileKind(const QString& path, const QByteArray& text);
/// "a compose file"; empty for Other.
QString fileKindName(FileKind kind);

/// A file with what its kind says: variables with their lines, a policy's trust entries.
struct ReadFile
{
    SourceFile file {};
    FileKind kind {};
    setup::SidecarReading reading {};        ///< holders with their variables; secrets' values were dropped
    QString name() const { return file.path.section(u'/', -1); }
};

/// Files that are judged together: an ignore rule of one is about another.
class SourceSet
{
public:
    SourceSet() = default;
    explicit SourceSet(const QList<SourceFile>& files);
    const QList<ReadFile>& files() const { return m_files; }
    /// Whether a text stands anywhere in them.
    bool mention(QByteArrayView text) const;
    const ReadFile* named(const QString& path) const;

private:
    QList<ReadFile> m_files {};
};

/// The rules that look at files, over these: worst first. No value of a secret is in what comes out.
QList<base::Finding> lintFiles(const SourceSet& files);

/// Adds what vendors' trust contracts among them say by themselves: each is imported alone, its findings are placed in the file.
void addContractFindings(const SourceSet& files, QList<base::Finding>& findings);

/// A place in a file. It travels in `part`, as "file:<path>:<line>".
struct FilePlace
{
    QString path {};
    int line = 1;
};
base::Place placeInFile(const QString& path, int line, const QString& claim = {});
std::optional<FilePlace> filePlace(const base::Place& place);

} // namespace diagnosis
