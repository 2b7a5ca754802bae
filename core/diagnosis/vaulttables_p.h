// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/expected_p.h"

namespace diagnosis {

std::span<const Rule> vaultRules();
std::span<const Rule> sidecarRules();

/// What a vault will make of the flow's caller: token, role, and the secret as the setup lists it.
void addVaults(const Case& c, const setup::FlowSpec& spec, QList<Expected>& out);

/// A vault judges tokens by itself, as an API does.
inline constexpr unsigned AboutVault = AboutApi;

} // namespace diagnosis
