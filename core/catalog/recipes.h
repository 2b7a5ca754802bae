// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Each flow as a list of step functions: reads like a table of contents.
namespace catalog {

base::Result<flow::Flow> signInApi(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> onBehalfOf(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> agentAutonomous(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> agentForUser(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> agentTwoPatterns(const setup::Setup& setup, const setup::FlowSpec& spec);
base::Result<flow::Flow> workload(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
