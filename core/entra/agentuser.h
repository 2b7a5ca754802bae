// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// The agent gets a token for the exchange audience itself, with which it will name its user (entra.md 7.4, second
/// request). Slot `T2`.
flow::Step agentExchangeToken(const setup::Tenant& tenant, const setup::App& agent, const flow::Frame& frame);
/// The agent speaks as its own agent user: grant `user_fic`, T1 as client assertion, T2 as the user's credential (third
/// request). The token lands in `slot`.
flow::Step tokenAsAgentUser(const setup::Tenant& tenant, const setup::App& agent, const setup::User& user, const setup::App& resource,
    const QString& scope, const QString& slot, const flow::Frame& frame);

} // namespace entra
