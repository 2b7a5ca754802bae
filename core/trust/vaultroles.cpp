// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "vaultroles.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr unsigned is(VaultAction action) { return 1U << unsigned(action); }
constexpr unsigned nothing = 0;
constexpr unsigned metadata = is(VaultAction::ListSecrets) | is(VaultAction::ListVersions) | is(VaultAction::ListDeleted)
    | is(VaultAction::GetDeleted);
constexpr unsigned reading = metadata | is(VaultAction::GetSecret);
constexpr unsigned writing
    = reading | is(VaultAction::SetSecret) | is(VaultAction::UpdateSecret) | is(VaultAction::DeleteSecret)
    | is(VaultAction::RecoverSecret) | is(VaultAction::PurgeSecret);

struct Role
{
    QLatin1StringView name;
    QLatin1StringView id; ///< of the role definition
    unsigned actions;
};
// Microsoft: Azure built-in roles, security and general. Control plane roles have no data action at all.
constexpr std::array roles {
    Role {"Key Vault Secrets User"_L1, "4633458b-17de-408a-b874-0445c86b69e6"_L1, reading},
    Role {"Key Vault Secrets Officer"_L1, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"_L1, writing},
    Role {"Key Vault Administrator"_L1, "00482a5a-887f-4fb3-b363-3b7fe8e74483"_L1, writing},
    Role {"Key Vault Reader"_L1, "21090545-7ca7-4776-b22c-e363652d74d2"_L1, metadata},
    Role {"Key Vault Contributor"_L1, "f25e0fa2-a7c8-4377-a976-54943a77a395"_L1, nothing},
    Role {"Contributor"_L1, "b24988ac-6180-42a0-ab88-20f7382dd24c"_L1, nothing},
    Role {"Owner"_L1, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"_L1, nothing},
    Role {"Reader"_L1, "acdd72a7-3385-48ef-bd42-f606fba81ae7"_L1, nothing},
};

const Role* roleNamed(QStringView role)
{
    // A definition's ARM id ends with its GUID.
    const QStringView last = role.sliced(role.lastIndexOf(u'/') + 1);
    const auto it = std::ranges::find_if(roles, [&](const Role& r) {
        return role.compare(r.name, Qt::CaseInsensitive) == 0 || last.compare(r.id, Qt::CaseInsensitive) == 0;
    });
    return it == roles.end() ? nullptr : &*it;
}

/// The segment after `name`, without regard to case: Azure's resource ids are written both ways.
QString segmentAfter(const QStringList& segments, QLatin1StringView name)
{
    for (qsizetype i = 0; i + 1 < segments.size(); ++i)
        if (segments[i].compare(name, Qt::CaseInsensitive) == 0)
            return segments[i + 1];
    return {};
}

/// "kv-harbour" of "https://kv-harbour.vault.azure.net". In the lab the host is an address, so the setup's own resource id
/// goes first.
QString vaultName(const setup::Target& vault)
{
    const QString id = vault.settings.root()["resourceId"].text();
    return id.isEmpty() ? QString() : segmentAfter(id.split(u'/'), "vaults"_L1);
}

} // namespace

VaultScope scopeOf(const setup::RoleAssignment& assignment, const setup::Target& vault)
{
    const QStringList segments = assignment.scope.split(u'/', Qt::SkipEmptyParts);
    if (segments.isEmpty())
        return {};
    const QString secret = segmentAfter(segments, "secrets"_L1);
    const QString named = segmentAfter(segments, "vaults"_L1), own = vaultName(vault);
    VaultScope out {.secret = secret};
    out.here = named.isEmpty() || own.isEmpty() || named.compare(own, Qt::CaseInsensitive) == 0;
    const bool arm = segments.front().compare("subscriptions"_L1, Qt::CaseInsensitive) == 0;
    out.reach = !secret.isEmpty() ? VaultReach::OneSecret
        : arm && named.isEmpty()  ? VaultReach::Wider
                                  : VaultReach::Vault;
    return out;
}

std::optional<bool> allows(QStringView role, VaultAction action)
{
    const Role* known = roleNamed(role);
    return known ? std::optional((known->actions & is(action)) != 0) : std::nullopt;
}

bool isControlPlaneRole(QStringView role)
{
    const Role* known = roleNamed(role);
    return known && known->actions == nothing;
}

bool mayWrite(QStringView role)
{
    const Role* known = roleNamed(role);
    return known && (known->actions & is(VaultAction::SetSecret));
}

QString leastRole(VaultAction action)
{
    if (is(action) & metadata)
        return u"Key Vault Reader"_s;
    return action == VaultAction::GetSecret ? u"Key Vault Secrets User"_s : u"Key Vault Secrets Officer"_s;
}

bool covers(const VaultScope& scope, const VaultCall& call)
{
    if (!scope.here)
        return false;
    // A list of all secrets is about the vault, not about one secret of it.
    return scope.reach != VaultReach::OneSecret || scope.secret.compare(call.secret, Qt::CaseInsensitive) == 0;
}

QString shown(const setup::RoleAssignment& assignment)
{
    const QString scope = assignment.scope.isEmpty() || assignment.scope == "/"_L1 ? u"the whole vault"_s : assignment.scope;
    return u"%1 at %2"_s.arg(assignment.role, scope);
}

} // namespace trust
