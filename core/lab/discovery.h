// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"

namespace lab {

/// The documents of the authority (entra.md section 1). Each has the same signature, so that the tenant's
/// routes are a table.
http::ServerResponse discoveryV2(const TenantCall& call);
http::ServerResponse discoveryV1(const TenantCall& call);
http::ServerResponse keySet(const TenantCall& call);
/// /common/discovery/instance
http::ServerResponse instanceDiscovery(const TenantCall& call);

/// Discovery and keys of an outside issuer; `path` is what stands after the issuer's own path.
http::ServerResponse outsideIssuer(World& world, const setup::Issuer& issuer, const QByteArray& path);

} // namespace lab
