// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"
#include "core/trust/entratoken.h"

namespace lab {

/// The identity assertion that the tenant, as an enterprise identity provider, gives for an id token (ID-JAG draft,
/// section 4.3.3): short-lived, for one MCP authorization server, one client, one resource.
http::ServerResponse identityAssertion(const TenantCall& call, const http::Form& form, const trust::TokenDecision& decision);

} // namespace lab
