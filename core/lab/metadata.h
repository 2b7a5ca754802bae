// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"
#include "core/trust/managedidentity.h"

namespace lab {

/// The instance metadata service (entra.md 5.1); `path` is what stands after its origin.
http::ServerResponse instanceMetadata(
    World& world, const http::ServerRequest& request, const QByteArray& path);
/// The token of the identity a decision found, or its refusal; `imds` chooses between the two shapes.
http::ServerResponse identityReply(World& world, const trust::IdentityDecision& decision, bool imds);
/// The token endpoint of App Service and its kin (entra.md 5.2).
http::ServerResponse appServiceToken(World& world, const http::ServerRequest& request);

} // namespace lab
