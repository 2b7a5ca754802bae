// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Secrets of a Key Vault (Microsoft: Key Vault REST API, secrets).
namespace federation {

/// Who talks to which vault about which secret, with which token.
struct VaultTalk
{
    const setup::Target& vault;
    flow::Party asker {};
    QString secret {};
    QString tokenSlot {};
    QString version {};   ///< empty: the current one
};

/// The first request, without a token: the 401 names tenant and resource. Slots "vault-authority" and "vault-resource".
flow::Step vaultChallenge(const VaultTalk& talk, const flow::Frame& frame);
/// GET of the secret; its value lands in `slot`.
flow::Step readSecret(const VaultTalk& talk, const QString& slot, const flow::Frame& frame);
/// The same as the second half of blue-green: only after the step `primary` was answered 403 or 404.
flow::Step readTwin(const VaultTalk& talk, const QString& slot, const QString& primary, const flow::Frame& frame);
/// PUT of a new version with a value made here.
flow::Step newVersion(const VaultTalk& talk, const flow::Frame& frame);
/// PATCH that disables the version which the talk names.
flow::Step disableVersion(const VaultTalk& talk, const flow::Frame& frame);
/// The disabled version is asked for once more: a 403 is what this step is for.
flow::Step confirmDisabled(const VaultTalk& talk, const flow::Frame& frame);

} // namespace federation
