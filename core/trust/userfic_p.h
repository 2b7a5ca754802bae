// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/tokencase_p.h"

namespace trust {

/// The grant `user_fic`: an agent identity speaks as its own agent user (entra.md 7.4).
void checkUserFic(TokenCase& c);

} // namespace trust
