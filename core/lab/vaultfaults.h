// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace lab {

// Setup faults around a vault; each changes what the vault or its owner was configured with.
base::Result<setup::Setup> vaultSecretDisabled(const setup::Setup& setup);
base::Result<setup::Setup> vaultOtherTenant(const setup::Setup& setup);
base::Result<setup::Setup> vaultOtherResource(const setup::Setup& setup);
base::Result<setup::Setup> vaultRoleControlPlane(const setup::Setup& setup);
base::Result<setup::Setup> vaultRoleElsewhere(const setup::Setup& setup);
base::Result<setup::Setup> vaultKeysDisabled(const setup::Setup& setup);

} // namespace lab
