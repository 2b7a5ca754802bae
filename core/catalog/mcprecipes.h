// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace catalog {

/// A tool of an MCP server, with Entra as authorization server and a client it knows.
base::Result<flow::Flow> mcpTool(const setup::Setup& setup, const setup::FlowSpec& spec);
/// The same at the server's own authorization server, where the client registers itself.
base::Result<flow::Flow> mcpRegistered(const setup::Setup& setup, const setup::FlowSpec& spec);
/// The same with a client that nobody registers: its id is the address of its own metadata document (`clientId` of the target).
base::Result<flow::Flow> mcpDocumented(const setup::Setup& setup, const setup::FlowSpec& spec);
/// A tool that needs more than the first sign-in asked for.
base::Result<flow::Flow> mcpStepUp(const setup::Setup& setup, const setup::FlowSpec& spec);

/// Enterprise-managed authorization: no sign-in at the server, the identity provider's assertion opens it.
base::Result<flow::Flow> mcpEnterprise(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
