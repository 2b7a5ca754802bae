// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace lab {

// Ways to break the setup of an MCP server. Each an Error "fault-not-applicable" where there is nothing to break.
base::Result<setup::Setup> mcpResourceSlash(const setup::Setup& setup);
base::Result<setup::Setup> mcpAudienceUriOnly(const setup::Setup& setup);
base::Result<setup::Setup> mcpAudienceSlash(const setup::Setup& setup);
base::Result<setup::Setup> mcpScopeMissing(const setup::Setup& setup);
base::Result<setup::Setup> mcpSharedKey(const setup::Setup& setup);
base::Result<setup::Setup> mcpPassthrough(const setup::Setup& setup);
base::Result<setup::Setup> idjagOtherClient(const setup::Setup& setup);

} // namespace lab
