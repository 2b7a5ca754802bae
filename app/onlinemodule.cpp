// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The library trustwalk-online: the command line again, this time with the commands that need the network linked in.

#include "app/cli/cli.h"

#include <QtGlobal>

extern "C" Q_DECL_EXPORT int trustwalkModule(int&, char**, const QStringList& arguments) { return cli::run(arguments); }
