// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "module.h"

#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// The program's own file, with symbolic links followed. Before there is an application, Qt cannot say.
QString programFile(const char* calledAs)
{
#if defined(Q_OS_LINUX)
    if (const QString self = QFileInfo(u"/proc/self/exe"_s).symLinkTarget(); !self.isEmpty())
        return self;
#endif
    return QFileInfo(QString::fromLocal8Bit(calledAs)).canonicalFilePath();
}

QString moduleFile(const QString& name, const QDir& programFolder)
{
#if defined(Q_OS_WIN)
    const QString file = name + u".dll"_s;
#elif defined(Q_OS_MACOS)
    const QString file = name + u".dylib"_s;
#else
    const QString file = name + u".so"_s;
#endif
    const QString beside = programFolder.absoluteFilePath(file);
    return QFileInfo::exists(beside) ? beside : QDir::cleanPath(programFolder.absoluteFilePath(QLatin1String(TRUSTWALK_MODULES) + u'/' + file));
}

} // namespace

base::Result<int> runModule(const QString& name, int& argc, char** argv, const QStringList& arguments)
{
    QLibrary library(moduleFile(name, QFileInfo(programFile(argv[0])).absoluteDir()));
    library.setLoadHints(QLibrary::PreventUnloadHint);
    const auto entry = reinterpret_cast<ModuleEntry>(library.resolve("trustwalkModule"));
    if (!entry)
        return base::fail(u"module-missing"_s, u"A part of Trustwalk is missing: %1"_s.arg(library.errorString()));
    return entry(argc, argv, arguments);
}

} // namespace app
