// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/jose/jwt.h"
#include "core/lab/world.h"

namespace lab {

/// Microsoft Graph, as far as /v1.0/me. `path` is what stands after the target's base URL.
http::ServerResponse graphServer(
    World& world, const setup::Target& target, const http::ServerRequest& request, const QByteArray& path);
/// A protected API that says who called (RFC 6750).
http::ServerResponse apiServer(World& world, const setup::Target& target, const http::ServerRequest& request);

/// The token of an Authorization header, taken apart.
jose::Jwt bearerOf(const http::ServerRequest& request);

} // namespace lab
