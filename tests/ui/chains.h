// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"

/// Chains as values, of every shape the samples have, for layout and models.
namespace chains {

chain::Chain federated(bool walked = false); ///< managed identity, blueprint, agent, Anthropic
chain::Chain refused();                      ///< the same, stopped at the federated credential
chain::Chain secret();                       ///< rooted in a secret on disk
chain::Chain forUser();                      ///< user row above, two pieces of evidence into the agent, two targets
chain::Chain patterns();                     ///< secret and federated as groups A and B
/// A row of `count` agents, each vouching for the next.
chain::Chain row(int count);

base::Instant now();

} // namespace chains
