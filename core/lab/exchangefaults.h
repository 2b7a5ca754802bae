// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace lab {

// Faults of token exchange and of JWT grants that lie in the setup.
base::Result<setup::Setup> exchangeTarget(const setup::Setup& setup);
base::Result<setup::Setup> exchangeAudience(const setup::Setup& setup);
base::Result<setup::Setup> exchangeSubject(const setup::Setup& setup);
base::Result<setup::Setup> exchangeActor(const setup::Setup& setup);
base::Result<setup::Setup> tokenPassedOn(const setup::Setup& setup);
base::Result<setup::Setup> grantConfusion(const setup::Setup& setup);

// The same for a broker.
base::Result<setup::Setup> agentRecordRevoked(const setup::Setup& setup);
base::Result<setup::Setup> brokerPolicy(const setup::Setup& setup);
base::Result<setup::Setup> brokerUser(const setup::Setup& setup);

} // namespace lab
