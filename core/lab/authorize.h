// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"
#include "core/trust/entratoken.h"

namespace lab {

/// /oauth2/v2.0/authorize: refuses on a page or by redirect, or shows the sign-in page (entra.md 2.1).
http::ServerResponse authorizeEndpoint(const TenantCall& call);
/// The credentials page was sent.
http::ServerResponse signInSent(const TenantCall& call);
/// The consent page was sent.
http::ServerResponse consentSent(const TenantCall& call);
/// There is nothing to end: the lab keeps no browser session.
http::ServerResponse logoutEndpoint(const TenantCall& call);
/// /error?code=700213: where error_uri leads.
http::ServerResponse errorLookup(const TenantCall& call);

} // namespace lab
