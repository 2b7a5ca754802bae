// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/contract.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// The verdict of whatever decides on this request, before it is sent or beside what was observed. The request is as it
/// would go on the wire; where a secret is not known its value is a placeholder and the check that needs it is not
/// evaluated. Nothing for a reference of an unknown or empty kind.
std::optional<base::Verdict> evaluate(const setup::ContractRef& contract, const setup::Setup& setup, const http::Request& request,
    const Knowledge& knowledge, base::Instant now);

} // namespace trust
