// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace app {

/// What main() was called with, for commands that are handed over to a library.
void rememberCall(int& argc, char** argv);

} // namespace app
