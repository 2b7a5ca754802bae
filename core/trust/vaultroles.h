// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"
#include "core/trust/keyvault.h"

namespace trust {

/// How far an assignment reaches: the narrower, the less a thief of the principal gets.
enum class VaultReach { OneSecret, Vault, Wider };

struct VaultScope
{
    VaultReach reach = VaultReach::Vault;
    QString secret {};   ///< OneSecret
    bool here = true;    ///< false: an ARM id of another vault
};
/// "/", "/secrets/<name>" or an ARM id of a vault, a secret, a resource group or a subscription.
VaultScope scopeOf(const setup::RoleAssignment& assignment, const setup::Target& vault);

/// Whether a built-in role, by name or by the GUID of its definition, allows the action on data. Nothing when the role is
/// not known here: a custom role's actions are not in the setup.
std::optional<bool> allows(QStringView role, VaultAction action);
/// Roles that may change secrets, not only read them.
bool mayWrite(QStringView role);
/// The least role that allows the action: "Key Vault Secrets User".
QString leastRole(VaultAction action);

/// Whether the assignment reaches what the call is about.
bool covers(const VaultScope& scope, const VaultCall& call);
/// "Key Vault Secrets User at /secrets/db-password"
QString shown(const setup::RoleAssignment& assignment);

} // namespace trust
