// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Flows around a vault. The vault is `via`, else `target`; who reads is the agent, else the middle tier, else the managed
/// identity; `secret` names what is read.
namespace catalog {

base::Result<flow::Flow> vaultSecret(const setup::Setup& setup, const setup::FlowSpec& spec);
/// `<secret>-primary`, and `<secret>-secondary` only where that one is disabled or missing.
base::Result<flow::Flow> vaultBlueGreen(const setup::Setup& setup, const setup::FlowSpec& spec);
/// A new version, then the one that the setup lists last is disabled.
base::Result<flow::Flow> vaultRotation(const setup::Setup& setup, const setup::FlowSpec& spec);
/// The fallback where nothing is federated: a static key out of the vault, sent to Anthropic.
base::Result<flow::Flow> vaultKey(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
