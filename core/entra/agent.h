// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// Leg 1: the blueprint gets the exchange token T1 that only the named agent can use (`fmi_path`).
base::Result<flow::Step> exchangeAsBlueprint(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& blueprint,
    const setup::App& agent, Proof proof, const flow::Frame& frame, const Witness& witness = {});
/// Leg 2, autonomous: the agent presents T1 and gets a token for the resource. Slot `T2`.
flow::Step tokenAsAgent(const setup::Tenant& tenant, const setup::App& agent, const setup::App& resource, const flow::Frame& frame);
/// Leg 2, for a user: T1 proves the agent, Tc brings the user. The token lands in `slot`.
flow::Step agentForUser(const setup::Tenant& tenant, const setup::App& agent, const setup::App& resource, const QString& scope,
    const setup::User& user, const QString& slot, const flow::Frame& frame);

} // namespace entra
