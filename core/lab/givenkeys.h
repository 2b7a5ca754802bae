// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// The setup that the world plays, with the keys of its own issuers where a receiver's key set is given inline: no setup can know
/// what the lab will sign with, and what holds in the live system is to hold here. What can be no key of the live issuer stays, for a
/// fault wants to be seen: what cannot be read, no key at all, a weak one, one that is not among those the setup's issuer
/// lists, and formerKey().
base::Result<setup::Setup> withGivenKeys(const World& world);

} // namespace lab
