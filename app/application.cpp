// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "application.h"

#include "app/cli/output.h"
#include "app/drive.h"
#include "app/termination.h"
#include "app/windowparts.h"

#include "core/setup/file.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;

base::Result<void> canOpenWindow(const QStringList& arguments)
{
    const auto drive = Drive::parse(arguments);
    if (!drive)
        return tl::unexpected(drive.error());
    if (!drive->setup.isEmpty() && !QFileInfo::exists(drive->setup) && !setup::sampleIds().contains(drive->setup) && !drive->setup.startsWith(u"sample:"))
        return base::fail(u"usage"_s, u"%1 is neither a command, nor a file, nor a sample. trustwalk --help lists the commands, trustwalk samples the samples."_s.arg(drive->setup));
#if defined(Q_OS_LINUX)
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
    if (!display)
        return base::fail(u"no-display"_s, u"There is no display here. trustwalk walk SETUP needs none."_s);
#endif
    return {};
}

int runWindow(const QStringList& arguments)
{
    const auto drive = Drive::parse(arguments);
    if (!drive)
        return cli::fail(drive.error());
    WindowParts parts(*drive);
    parts.open();
    onTermination(&parts, [&parts](int) { parts.terminate(); });
    afterFirstPaint(parts.window(), [&parts, quit = drive->quitAfterFirstPaint] {
        if (quit)
            QApplication::quit();
        else
            parts.painted();
    });
    if (!drive->size.isEmpty())
        parts.window().resize(drive->size);
    parts.window().show();
    return QApplication::exec();
}

} // namespace app
