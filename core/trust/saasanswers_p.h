// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// What can be wrong with a token request, whoever is asked.
enum class SaasFault { Grant, Client, Code, Redirect, VerifierMissing, VerifierWrong, Refresh };

/// What this provider answers then, in its own words (downstream.md 6.1).
const Answer& saasAnswer(const setup::Target& target, SaasFault fault);

} // namespace trust
