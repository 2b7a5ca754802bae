// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The program's side of the commands that need the network: they are run by the library trustwalk-online. So the program
// itself stands on QtCore and libcrypto alone, and what only computes (inspect, match, check) starts without loading
// twenty libraries more and binding their symbols.

#include "handover.h"

#include "app/cli/handlers.h"
#include "app/cli/output.h"
#include "app/module.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

int* count = nullptr;
char** values = nullptr;

int online()
{
    const auto code = app::runModule(u"trustwalk-online"_s, *count, values, QCoreApplication::arguments().mid(1));
    return code ? *code : cli::fail(code.error());
}

} // namespace

void app::rememberCall(int& argc, char** argv)
{
    count = &argc;
    values = argv;
}

namespace cli {

int walkCommand(const Arguments&) { return online(); }
int labCommand(const Arguments&) { return online(); }
int secretCommand(const Arguments&) { return online(); }
int inspectWithFetchedKeys(const Arguments&) { return online(); }

} // namespace cli
