// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/lab/world.h"
#include "core/trust/sidecar.h"

namespace lab {

/// The token that a sidecar gets for a call that it takes: legs 1 and 2 of the agent flows with the credential of its
/// settings, on behalf of the caller where the route brings one, or as the agent's user (entra.md 7.2 to 7.4). An Error's text is Entra's own
/// "AADSTS..." description, its code "entra"; code "sidecar" when the sidecar itself cannot go on.
base::Result<QByteArray> sidecarToken(World& world, const setup::Target& sidecar, const trust::SidecarDecision& decision);

} // namespace lab
