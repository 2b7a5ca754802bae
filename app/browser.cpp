// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "browser.h"

#include <QProcess>
#include <QStandardPaths>
#include <QStringList>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// $BROWSER first, as the user said so; then the desktop's opener, then browsers by name.
QStringList openers()
{
    QStringList names = qEnvironmentVariable("BROWSER").split(u':', Qt::SkipEmptyParts);
#if defined(Q_OS_MACOS)
    names << u"open"_s;
#else
    names << u"xdg-open"_s << u"sensible-browser"_s << u"x-www-browser"_s << u"firefox"_s << u"chromium"_s;
#endif
    return names;
}

} // namespace

base::Result<void> openInBrowser(const QByteArray& url)
{
    for (const QString& name : openers()) {
        const QString program = QStandardPaths::findExecutable(name);
        if (program.isEmpty())
            continue;
        QProcess opener;
        opener.setProgram(program);
        opener.setArguments({QString::fromUtf8(url)});
        opener.setStandardInputFile(QProcess::nullDevice());
        opener.setStandardOutputFile(QProcess::nullDevice());
        opener.setStandardErrorFile(QProcess::nullDevice());
        if (opener.startDetached())
            return {};
    }
    return base::fail(u"no-browser"_s, u"The browser did not open. Copy the address and open it yourself."_s);
}

} // namespace app
