// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QSize>
#include <QStringList>

#include <functional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace app {

/// What the window was asked for on the command line: a setup, and what tests, benches and demonstrations steer it by.
struct Drive
{
    QString setup {};            ///< file or sample; empty: the last one, else the first sample
    QString flow {};
    QString compare {};          ///< a run, bundle or archive to show beside `setup`: another such file, or a setup once it was run
    QStringList faults {};
    QString signIn {};           ///< the lab's user signs in by itself
    QString screenshots {};      ///< folder: one picture after every step, and of every tab at the end
    QString settings {};         ///< other settings file than the user's own
    QSize size {};               ///< of the window; empty: as remembered
    bool runAll = false;
    bool quitWhenDone = false;   ///< exit code as `walk` has it
    bool quitAfterFirstPaint = false;

    static base::Result<Drive> parse(const QStringList& arguments);
};

/// Calls back once, after the window has painted itself whole and the event loop turned.
void afterFirstPaint(QWidget& window, std::function<void()> then);

} // namespace app
