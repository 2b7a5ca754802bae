// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

#include <chrono>
#include <functional>

namespace setup {

/// Asks the desktop's Secret Service whether it is there and whether its default collection is unlocked; a
/// service without a default collection counts as locked, because nothing can be kept there without the
/// system's dialog. Unknown: no answer within the limit. QtKeychain alone cannot tell: it reports an entry in
/// a locked collection as not there. Where the system has no such service (Windows, macOS), its keychain is
/// taken as ready.
void askSecretService(
    QObject* context, std::chrono::milliseconds limit, std::function<void(KeychainState)> done);

} // namespace setup
