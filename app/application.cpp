// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "application.h"

#include "app/cli/output.h"
#include "app/drive.h"
#include "app/windowparts.h"

#include <QApplication>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;

int runWindow(const QStringList& arguments)
{
    const auto drive = Drive::parse(arguments);
    if (!drive)
        return cli::fail(drive.error());
    WindowParts parts(*drive);
    parts.open();
    if (drive->quitAfterFirstPaint)
        quitAfterFirstPaint(parts.window());
    parts.window().show();
    return QApplication::exec();
}

} // namespace app
