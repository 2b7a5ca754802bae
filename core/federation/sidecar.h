// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"
#include "core/setup/sidecarsettings.h"

/// Calls to the Entra SDK for Agent ID, which holds the blueprint's credential so that the agent holds none (entra.md 8).
namespace federation {

/// GET /AuthorizationHeaderUnauthenticated/{api}: a token for the agent itself, in `slot`.
flow::Step askSidecar(const setup::Setup& setup, const setup::Target& sidecar, const setup::SidecarApi& api, const setup::App& agent,
    const QString& slot, const flow::Frame& frame);
/// GET /AuthorizationHeader/{api} with the user's token: the agent's token for that user.
flow::Step askSidecarForUser(const setup::Setup& setup, const setup::Target& sidecar, const setup::SidecarApi& api, const setup::App& agent,
    const QString& userSlot, const QString& slot, const flow::Frame& frame);

} // namespace federation
