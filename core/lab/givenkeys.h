// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// The setup that the world plays, with the keys of its own issuers where a receiver's key set is given inline: no setup can know
/// what the lab will sign with, and what holds in the live system is to hold here. What cannot be read as a key set stays, and so
/// does formerKey(): a fault wants to be seen.
base::Result<setup::Setup> withGivenKeys(const World& world);

} // namespace lab
