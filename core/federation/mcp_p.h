// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/federation/mcp.h"

namespace federation {

/// A step that an MCP client takes, with what all of them share.
flow::Step mcpStep(const McpWalk& walk, const QString& id, const QString& title, const QString& shortTitle, const flow::Frame& frame);
flow::Party mcpAuthorizationParty(const McpWalk& walk);
/// The server's URL as a value that points into the setup.
flow::Value mcpUrl(const McpWalk& walk);
flow::Value mcpClientId(const McpWalk& walk, const flow::Frame& frame);

} // namespace federation
