// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// Who acts by this token, outermost first: `sub` of `act` and of every `act` nested in it (RFC 8693 section 4.1). Only the
/// first one counts for a decision, the others are history.
QStringList actorsIn(const jose::Jwt& token);

/// An API that says `"requireActor": true` in its settings takes no token that hides who acts for the subject.
void checkActor(Sheet& sheet, const jose::Jwt& token, const setup::Target& target, const Answer& denied);

} // namespace trust
