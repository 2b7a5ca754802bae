// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/cli/arguments.h"

namespace cli {

/// Settings of a sidecar: written from a setup, compared, or read from a file.
int settingsCommand(const Arguments&);

} // namespace cli
