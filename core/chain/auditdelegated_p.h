// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/walk_p.h"

namespace chain {

/// Who an API sees behind a token that an exchange made, and what a broker writes down; nothing for other steps.
std::optional<AuditPrincipal> delegatedPrincipal(const Walk& walk, const flow::Step& step, const QString& shows);

} // namespace chain
