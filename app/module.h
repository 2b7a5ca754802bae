// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace app {

/// Loads a library that ships with the program and runs it on `arguments` (without the program's name). It is looked for
/// beside the program's own file and where an installation puts it, never in the working folder or on a search path.
/// Returns the exit. `argc` and `argv` are those of main() and outlive the call.
/// Error `module-missing`: the file is not there, or is of another build; the text names it and says why.
base::Result<int> runModule(const QString& name, int& argc, char** argv, const QStringList& arguments);

/// What each such library exports under the name `trustwalkModule`.
using ModuleEntry = int (*)(int& argc, char** argv, const QStringList& arguments);

} // namespace app
