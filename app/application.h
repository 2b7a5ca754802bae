// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace app {

/// Whether there is a display, and the setup named is a file or a sample. Asked before the window's libraries wake up.
base::Result<void> canOpenWindow(const QStringList& arguments);

/// The window, until it is closed. Arguments: a setup file or sample, and what tests and benches steer it by
/// (`--quit-after-first-paint`, `--run-all`, `--quit-when-done`, `--screenshots DIR`, `--sign-in NAME`, `--fault ID`).
int runWindow(const QStringList& arguments);

} // namespace app
