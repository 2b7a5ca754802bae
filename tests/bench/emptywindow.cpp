// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The least a window costs: a main window with a menu and a status bar, to its first paint.

#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

class EmptyWindow : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent* event) override
    {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, qApp, &QApplication::quit);
    }
};

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    EmptyWindow window;
    window.resize(1280, 800);
    window.menuBar()->addMenu(u"File"_s);
    window.statusBar()->showMessage(u"Ready"_s);
    window.show();
    return QApplication::exec();
}
