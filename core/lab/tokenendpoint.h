// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"

namespace lab {

/// /oauth2/v2.0/token: asks core/trust, then issues what was decided (entra.md 0.3, 2.2, 3, 4, 7).
http::ServerResponse tokenEndpoint(const TenantCall& call);

} // namespace lab
