// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// A protected MCP server over streamable HTTP: JSON-RPC in a POST, plain JSON back, challenges for what is not allowed
/// (downstream.md section 5).
http::ServerResponse mcpServer(World& world, const setup::Target& target, const http::ServerRequest& request);

/// Where a client finds its RFC 9728 document: the challenge says, or only the address before the server's path, or only the root
/// does (`metadataAt` of the target's settings: "challenge", "path", "root").
enum class McpMetadataPlace { Challenge, Path, Root };
McpMetadataPlace mcpMetadataPlace(const setup::Target& target);

/// Its RFC 9728 document.
http::ServerResponse mcpResourceMetadata(const setup::Target& target);

/// Where that document is: before the path of the server's URL (RFC 9728 section 3.1).
QString mcpMetadataUrl(const QString& url);

} // namespace lab
