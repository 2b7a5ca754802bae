// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace catalog {

class Cast;

/// The agent's token for a resource, slot `T2`, from what roots its blueprint.
base::Result<QList<flow::Step>> agentSteps(const Cast& cast, const setup::App& resource);

/// A user's token exchanged for one of another audience; nobody sees who asked.
base::Result<flow::Flow> tokenExchange(const setup::Setup& setup, const setup::FlowSpec& spec);
/// The same with the agent's own token beside it: the new token names user and agent.
base::Result<flow::Flow> tokenExchangeDelegation(const setup::Setup& setup, const setup::FlowSpec& spec);
/// An agent's token as the grant: no user takes part.
base::Result<flow::Flow> jwtGrant(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
