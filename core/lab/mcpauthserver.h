// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The authorization server that an MCP server brings along: RFC 8414 metadata, RFC 7591 registration, codes with PKCE,
/// rotating refresh tokens, `iss` in every answer (RFC 9207), identity assertions (downstream.md section 5).
/// `path` is what stands after the issuer.
http::ServerResponse mcpAuthServer(World& world, const QString& issuer, const http::ServerRequest& request, const QByteArray& path);

/// Its metadata, which stands before the path of the issuer (RFC 8414 section 3.1).
http::ServerResponse mcpAuthMetadata(World& world, const QString& issuer);

} // namespace lab
