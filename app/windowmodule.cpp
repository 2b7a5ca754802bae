// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The library trustwalk-window: all that needs widgets, loaded when a window is asked for.

#include "app/application.h"
#include "app/cli/output.h"

#include <QApplication>

extern "C" Q_DECL_EXPORT int trustwalkModule(int& argc, char** argv, const QStringList& arguments)
{
    if (const auto usable = app::canOpenWindow(arguments); !usable)
        return cli::fail(usable.error());
    const QApplication widgets(argc, argv);
    return app::runWindow(arguments);
}
