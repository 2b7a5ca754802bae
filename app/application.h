// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

namespace app {

/// The window, until it is closed. Arguments: a setup file or sample, and what tests and benches steer it by
/// (`--quit-after-first-paint`, `--run-all`, `--quit-when-done`, `--screenshots DIR`, `--sign-in NAME`, `--fault ID`).
int runWindow(const QStringList& arguments);

} // namespace app
