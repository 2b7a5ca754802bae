// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// What Agent ID can do beside acting for itself and for a user.
namespace catalog {

/// The agent speaks as its own agent user (grant `user_fic`).
base::Result<flow::Flow> agentUser(const setup::Setup& setup, const setup::FlowSpec& spec);
/// One managed identity token seeds two federations side by side: by the blueprint to the own API (A), and to a cloud (B).
/// Option 1 shows the cloud the managed identity's own token, option 2 the agent's. `settings.hostTarget` names the target
/// whose rule trusts the managed identity; `alsoTarget` the one whose rule trusts the agent.
base::Result<flow::Flow> twoFederations(const setup::Setup& setup, const setup::FlowSpec& spec);
/// Two children of one blueprint, one after the other: `settings.sibling` with `alsoTarget` first (A), then `agent` with
/// `target` (B). What is taken from the second does not touch the first.
base::Result<flow::Flow> siblings(const setup::Setup& setup, const setup::FlowSpec& spec);

/// The host's own token at a cloud that trusts the managed identity itself: no blueprint, no agent takes part.
base::Result<flow::Flow> hostToCloud(const setup::Setup& setup, const setup::FlowSpec& spec);

/// The flow of the setup that differs from this one by its option: the same recipe if there is one, else the only flow with that
/// option; this one where it has the option already. Empty when there is none.
QString flowOfOption(const setup::Setup& setup, const QString& flowId, int option);
/// Whether the flow can be walked both ways, by another flow of the setup or by itself.
bool hasOptions(const setup::Setup& setup, const QString& flowId);

/// The setup with the flow's option switched: 1, the managed identity is federated to the cloud; 2, the agent identity is.
/// Nothing else changes. Errors: "flow-object" when there is no such flow, "flow-member" for another number.
base::Result<setup::Setup> withOption(const setup::Setup& setup, const QString& flowId, int option);

} // namespace catalog
