// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Flows in which the agent asks a sidecar (`via`) in place of Entra; `settings.api` names the API in its settings.
namespace catalog {

base::Result<flow::Flow> sidecarAutonomous(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> sidecarForUser(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
