// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Flows to Google Cloud. Option 1 of a flow federates the managed identity itself, option 2 the agent identity.
namespace catalog {

base::Result<flow::Flow> googleDirect(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> googleImpersonation(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
