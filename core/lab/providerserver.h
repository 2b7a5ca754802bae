// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// An OpenID provider that is no tenant: discovery, sign-in with PKCE, tokens (OpenID Connect Core 3.1, RFC
/// 7636). `path` is what stands after the issuer's own path.
http::ServerResponse providerServer(World& world, const setup::Provider& provider,
    const http::ServerRequest& request, const QByteArray& path);

} // namespace lab
