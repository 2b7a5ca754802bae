// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"

namespace lab {

/// /openid/userinfo (OpenID Connect Core section 5.3): takes a Graph token and says who signed in.
http::ServerResponse userInfo(const TenantCall& call);

} // namespace lab
