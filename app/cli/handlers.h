// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/cli/arguments.h"

/// What each command does; the table in commands.cpp names them.
namespace cli {

int walkCommand(const Arguments&);
int flowsCommand(const Arguments&);
int samplesCommand(const Arguments&);
int faultsCommand(const Arguments&);
int inspectCommand(const Arguments&);
int matchCommand(const Arguments&);
int checkCommand(const Arguments&);
int labCommand(const Arguments&);
int secretCommand(const Arguments&);
int reportCommand(const Arguments&);

} // namespace cli
