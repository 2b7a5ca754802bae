// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "projectfiles.h"

#include "output.h"

#include "core/diagnosis/trackedfiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::SourceFile;
using diagnosis::Tracking;

constexpr qint64 longest = 2 << 20;
constexpr qsizetype most = 50000;

/// The folder that ignore rules and an index count from, with both.
struct Repository
{
    QString root {};                               ///< absolute, with a slash at its end
    bool found = false;                            ///< there is a .git
    std::optional<QSet<QString>> tracked {};
    diagnosis::IgnoreRules ignores {};

    void addIgnores(const QString& folder)
    {
        QFile file(root + folder + u".gitignore"_s);
        if (file.open(QIODevice::ReadOnly))
            ignores.add(folder, file.readAll());
    }
};

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A worktree's .git is a file that says where the folder is.
QString gitFolder(const QString& root)
{
    const QString git = root + u".git"_s;
    if (QFileInfo(git).isDir())
        return git;
    const QString there = QString::fromUtf8(contentOf(git)).section(u"gitdir:"_s, 1).trimmed();
    return there.isEmpty() ? QString() : QDir(root).absoluteFilePath(there);
}

Repository repositoryOf(const QString& folder)
{
    QDir at(folder);
    do {
        const QString root = at.absolutePath() + (at.isRoot() ? QString() : u"/"_s);
        if (const QString git = gitFolder(root); !git.isEmpty()) {
            Repository found {.root = root, .found = true, .tracked = diagnosis::trackedPaths(contentOf(git + u"/index"_s))};
            found.ignores.add({}, contentOf(git + u"/info/exclude"_s));
            return found;
        }
    } while (at.cdUp());
    return {.root = QDir(folder).absolutePath() + u'/'};
}

class Reader
{
public:
    base::Result<void> add(const QString& name)
    {
        const QFileInfo info(name);
        if (!info.exists())
            return base::fail(u"unreadable"_s, u"%1 is not there."_s.arg(name));
        const QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
        m_repository = repositoryOf(folder);
        m_known = info.isDir() || m_repository.found;
        addOuterIgnores(folder);
        m_ignored = info.isDir() && m_repository.ignores.ignores(inside(name) + u"/"_s);
        return info.isDir() ? addFolder(name) : addFile(name);
    }
    ProjectFiles out {};

private:
    /// Of the folders between the root and where reading begins.
    void addOuterIgnores(const QString& folder)
    {
        const QString inside = QDir(m_repository.root).relativeFilePath(folder);
        m_repository.addIgnores({});
        QString walked;
        for (const QString& part : inside.split(u'/', Qt::SkipEmptyParts)) {
            if (part == u"." || part == u"..")
                continue;
            walked += part + u'/';
            m_repository.addIgnores(walked);
        }
    }

    QString inside(const QString& name) const { return QDir(m_repository.root).relativeFilePath(QFileInfo(name).absoluteFilePath()); }

    base::Result<void> addFolder(const QString& name)
    {
        const QDir dir(name);
        for (const QFileInfo& entry : dir.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name)) {
            const QString path = name == u"." ? entry.fileName() : QDir::cleanPath(name + u'/' + entry.fileName());
            if (entry.isDir() && (entry.fileName() == u".git" || (!m_ignored && m_repository.ignores.ignores(inside(path) + u"/"_s))))
                continue;
            if (entry.isDir())
                m_repository.addIgnores(inside(path) + u'/');
            if (const auto done = entry.isDir() ? addFolder(path) : addFile(path); !done)
                return done;
        }
        return {};
    }

    Tracking trackingOf(const QString& path) const
    {
        if (!m_known)
            return Tracking::Unknown;
        if (m_repository.tracked && m_repository.tracked->contains(path))
            return Tracking::Tracked;
        if (m_repository.ignores.ignores(path))
            return Tracking::Ignored;
        return m_repository.tracked ? Tracking::Untracked : Tracking::Open;
    }

    base::Result<void> addFile(const QString& name)
    {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return base::fail(u"unreadable"_s, u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
        if (file.size() > longest || file.peek(8192).contains('\0') || out.files.size() >= most) {
            ++out.skipped;
            return {};
        }
        out.files.append({name, file.readAll(), trackingOf(inside(name))});
        return {};
    }

    Repository m_repository {};
    bool m_known = false;
    bool m_ignored = false; ///< the named folder is itself kept out: whoever names it wants it read
};

} // namespace

base::Result<ProjectFiles> readProject(const QStringList& names)
{
    Reader reader;
    for (const QString& name : names)
        if (const auto done = reader.add(name); !done)
            return tl::unexpected(done.error());
    return reader.out;
}

} // namespace cli
