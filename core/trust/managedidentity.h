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

} // namespace trust
