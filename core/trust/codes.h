// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"

namespace trust {

struct Answer;

/// The row of Entra's error table for this AADSTS number (class, status and basis as in entra.md section 10). A number
/// that is not in the table gives the row of 50000, a server error.
const Answer& aadsts(int number);

/// What Entra says with that number, for a receiver that has to refuse for a reason no check covers.
base::Refusal refusal(int number);

} // namespace trust
