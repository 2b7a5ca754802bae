// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// recording_bench rows|cancel FILE.har: milliseconds in the whole window.
//   rows     from choosing the file to its first steps painted      cancel   from pressing Cancel to the window being free

#include "app/walker.h"
#include "ui/mainwindow.h"
#include "ui/pages/filebar.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    if (argc != 3)
        return 2;
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    app::Walker walker;
    theme::install(theme::Appearance::Light);
    MainWindow window(walker.session(), {}, settings);
    window.show();
    QApplication::processEvents();

    QElapsedTimer timer;
    timer.start();
    window.inspectFile(QString::fromLocal8Bit(argv[2]));
    while (!walker.session().recording() && timer.elapsed() < 60'000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    window.repaint();
    if (!walker.session().recording())
        return 3;
    if (QByteArrayView(argv[1]) == "cancel") {
        timer.restart();
        emit window.findChild<FileBar*>()->cancelled();
        window.repaint();
    }
    std::printf("%.3f\n", double(timer.nsecsElapsed()) / 1e6);
    std::fflush(stdout);
    _Exit(0); // the reader's thread has a large file to give back
}
