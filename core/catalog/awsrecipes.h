// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace catalog {

/// The managed identity's token as it is. AWS is reported to refuse it: the recipe is there to show that.
base::Result<flow::Flow> awsDirect(const setup::Setup& setup, const setup::FlowSpec& spec);
/// Managed identity, federated to an intermediary app, whose v1 token AWS takes (Option 1).
base::Result<flow::Flow> awsIntermediary(const setup::Setup& setup, const setup::FlowSpec& spec);
/// The agent identity itself is federated to AWS (Option 2).
base::Result<flow::Flow> awsAgent(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
