// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

/// Faults of how workloads prove themselves: certificates, outside issuers, identities of a host.
namespace lab {

base::Result<setup::Setup> certificateExpired(const setup::Setup& setup);
base::Result<setup::Setup> assertionAudience(const setup::Setup& setup);

base::Result<setup::Setup> githubImmutable(const setup::Setup& setup);
base::Result<setup::Setup> kubernetesSlash(const setup::Setup& setup);
base::Result<setup::Setup> spiffeNoIssuer(const setup::Setup& setup);
base::Result<setup::Setup> workloadAudience(const setup::Setup& setup);

base::Result<setup::Setup> clientIdUnpinned(const setup::Setup& setup);

/// What a new deployment of the host does: every system-assigned identity is a new one, with another object id and client
/// id; user-assigned ones stay what they are. The window's button and the fault `redeploy` are this same function.
base::Result<setup::Setup> redeployed(const setup::Setup& setup);

base::Result<setup::Setup> wrongTenant(const setup::Setup& setup);
base::Result<setup::Setup> agentDisabled(const setup::Setup& setup);
base::Result<setup::Setup> oneRuleArchived(const setup::Setup& setup);

} // namespace lab
