// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// The setup that the world plays, with the keys of its own issuers where a receiver's key set is given inline and empty: no setup
/// can know what the lab will sign with. A set that holds keys stays as it is, and the lab decides with it.
base::Result<setup::Setup> withGivenKeys(const World& world);

} // namespace lab
