// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "screens.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QWidget>

using namespace Qt::StringLiterals;

void screens::grab(QWidget& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("TRUSTWALK_SCREENS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QApplication::sendPostedEvents();
    window.grab().save(u"%1/%2.png"_s.arg(folder, name));
}
