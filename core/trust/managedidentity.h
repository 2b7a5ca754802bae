// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

struct IdentityDecision
{
    base::Verdict verdict {};
    const setup::ManagedIdentity* identity = nullptr;
    const setup::App* resource = nullptr;
    QString resourceAsked {};
};

/// What the metadata service of a host decides (entra.md 5.1, 5.2): header, resource, at most one selector, an identity
/// that is attached. `appService` switches header and selector names.
IdentityDecision decideManagedIdentity(const setup::Setup& setup, bool appService, const http::Form& query,
    const http::Headers& headers, const Knowledge& knowledge, base::Instant now);

/// The same of the Azure Arc agent (entra.md 5.3), which has its server's system-assigned identity and no other. A request
/// without Authorization is not refused for it: it is answered with the challenge. `keyHolds`: whether the header carries
/// what stands in the key file; nothing where only the agent knows.
IdentityDecision decideArcIdentity(const setup::Setup& setup, const http::Form& query, const http::Headers& headers,
    std::optional<bool> keyHolds, const Knowledge& knowledge, base::Instant now);

} // namespace trust
