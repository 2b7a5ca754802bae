// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

struct WorkloadDecision
{
    base::Verdict verdict {};
    QString audience {};  ///< as asked; empty: the platform writes its own
};

/// What an outside platform decides before it signs a token for one of its workloads (downstream.md 7): the header that no
/// browser sends, the workload's own credential, an audience. `credentialHolds`: whether the request's bearer or signature
/// is right; nothing where only the platform knows.
WorkloadDecision decideWorkloadToken(const setup::Issuer& issuer, const http::Request& request, std::optional<bool> credentialHolds,
    const Knowledge& knowledge);

} // namespace trust
