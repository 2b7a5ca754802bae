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
    Role {"Key Vault Certificate User"_L1, "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba"_L1, reading}, // a certificate's private key is a secret
    Role {"Key Vault Certificates Officer"_L1, "a4417e6f-fecd-4de8-b567-7b0420556985"_L1, nothing},
    Role {"Key Vault Crypto Officer"_L1, "14b46e9e-c2b7-41b4-b07b-48a6ebf60603"_L1, nothing},
    Role {"Key Vault Crypto User"_L1, "12338af0-0e69-4776-bea7-57ae8d297424"_L1, nothing},
    Role {"Key Vault Crypto Service Encryption User"_L1, "e147488a-f6f5-4113-8e2d-b22465e65bf6"_L1, nothing},
    Role {"Key Vault Crypto Service Release User"_L1, "08bbd89e-9f13-488c-ac41-acfcb10c90ab"_L1, nothing},
    Role {"Key Vault Data Access Administrator"_L1, "8b54135c-b56d-4d72-a534-26097cfdc8d8"_L1, nothing},
    Role {"User Access Administrator"_L1, "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"_L1, nothing},
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

/// Whether `part` is where `whole` lies, or `whole` itself.
bool liesIn(const QStringList& whole, const QStringList& part)
{
    return part.size() <= whole.size()
        && std::ranges::equal(part, whole.first(part.size()), [](const QString& a, const QString& b) { return a.compare(b, Qt::CaseInsensitive) == 0; });
}

bool isNamed(const QStringList& segments, qsizetype at, QLatin1StringView name)
{
    return at >= 0 && at < segments.size() && segments[at].compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

/// An assignment holds at its scope and below, nowhere else (Microsoft: "Understand scope for Azure RBAC"). Without the vault's own
/// resource id every Azure scope is taken to hold it.
VaultScope scopeOf(const setup::RoleAssignment& assignment, const setup::Target& vault)
{
    QStringList segments = assignment.scope.split(u'/', Qt::SkipEmptyParts);
    VaultScope out;
    if (isNamed(segments, segments.size() - 2, "secrets"_L1)) {
        out.secret = segments.takeLast();
        out.reach = VaultReach::OneSecret;
        segments.removeLast();
    }
    if (segments.isEmpty())
        return out;
    if (isNamed(segments, 1, "Microsoft.Management"_L1)) {
        out.reach = VaultReach::Wider; // which subscriptions a management group holds is not known here
        return out;
    }
    const QStringList own = vault.settings.root()["resourceId"].text().split(u'/', Qt::SkipEmptyParts);
    out.here = isNamed(segments, 0, "subscriptions"_L1) && (own.isEmpty() || liesIn(own, segments));
    if (out.secret.isEmpty() && isNamed(segments, 0, "subscriptions"_L1) && segmentAfter(segments, "vaults"_L1).isEmpty())
        out.reach = VaultReach::Wider;
    return out;
}

std::optional<bool> allows(QStringView role, VaultAction action)
{
    const Role* known = roleNamed(role);
    return known ? std::optional((known->actions & is(action)) != 0) : std::nullopt;
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
