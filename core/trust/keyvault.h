// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// What a request wants of a vault's secrets. Each is a data action of its own (Microsoft: Azure RBAC for Key Vault).
enum class VaultAction {
    Unknown, GetSecret, ListSecrets, ListVersions, SetSecret, UpdateSecret, DeleteSecret,
    ListDeleted, GetDeleted, RecoverSecret, PurgeSecret, ///< of "/deletedsecrets": what soft delete keeps
};

struct VaultCall
{
    VaultAction action = VaultAction::Unknown;
    QString secret {};
    QString version {}; ///< 32 hex digits; empty: the current one
};

/// The call behind a request: method and path below the vault's address, "/secrets/<name>/<version>" or "/deletedsecrets/<name>".
VaultCall vaultCall(QByteArrayView method, QByteArrayView path);

/// What is known about the version that is asked for. The lab looks into its vault, a prediction into the setup.
struct VaultSecretState
{
    enum class Kind { Unknown, Absent, Disabled, Enabled } kind = Kind::Unknown;
    std::optional<base::Instant> expires {};
};
VaultSecretState stateInSetup(const setup::Target& vault, const VaultCall& call);

/// A vault's answer to one call: token (issuer, audience, signature, time), role assignment, state of the secret
/// (downstream.md 6.2). The refusal's `error` is the outer code, `code` the inner one or the AKV number.
base::Verdict decideVault(const setup::Setup& setup, const setup::Target& vault, const VaultCall& call,
    const VaultSecretState& state, QByteArrayView authorization, const Knowledge& knowledge, base::Instant now);

/// Tenant id of the vault: `settings.tenantId`, as the vault's resource has it, else the home tenant's.
QString tenantIdOf(const setup::Setup& setup, const setup::Target& vault);
/// What the vault's challenge names: "<authority>/<tenant id>".
QString authorityOf(const setup::Setup& setup, const setup::Target& vault);

/// The resource whose tokens vaults take, and the client id of its first-party app.
inline constexpr QStringView vaultUri = u"https://vault.azure.net";
inline constexpr QStringView vaultGuid = u"cfa8b339-82a2-471a-a3c9-0fc0be7a4093";

} // namespace trust
