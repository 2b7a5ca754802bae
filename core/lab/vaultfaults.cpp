// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "vaultfaults.h"

#include "core/lab/setupedits.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::Setup;

/// The vaults that flows read from, each once.
QList<const setup::Target*> vaultsOf(const Setup& setup)
{
    QList<const setup::Target*> out;
    for (const setup::Target& target : setup.targets)
        if (target.kind == "key-vault"_L1)
            out.append(&target);
    return out;
}

/// The edits for each role assignment of each vault.
base::Result<Setup> editAssignments(const Setup& setup, const char16_t* member, const QString& value)
{
    QList<Edit> edits;
    for (const setup::Target* vault : vaultsOf(setup))
        for (const setup::RoleAssignment& assignment : vault->roleAssignments)
            edits.append({assignment.pointer + u'/' + QString::fromUtf16(member), jsonText(value)});
    return withEdits(setup, edits);
}

/// A member of the free settings, which may not be there yet.
Edit inSettings(const setup::Target& target, const QString& member, const QByteArray& json)
{
    const QString at = target.pointer + u"/settings"_s;
    if (target.settings.root())
        return {at + u'/' + member, json};
    return {at, '{' + json::quoted(member) + ':' + json + '}'};
}

} // namespace

/// What a rotation that forgot its readers leaves behind.
base::Result<Setup> vaultSecretDisabled(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* vault : vaultsOf(setup))
        for (const setup::VaultSecret& secret : vault->secrets)
            edits.append({secret.pointer + u"/enabled"_s, "false"});
    return withEdits(setup, edits);
}

base::Result<Setup> vaultOtherTenant(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* vault : vaultsOf(setup))
        edits.append(inSettings(*vault, u"tenantId"_s, jsonText(u"11111111-2222-4333-8444-555555555555"_s)));
    return withEdits(setup, edits);
}

/// The setup says that another app stands for the vault's audience, so tokens are asked for that one.
base::Result<Setup> vaultOtherResource(const Setup& setup)
{
    const setup::App* other = setup.appByAudience(setup::graphUri);
    QList<Edit> edits;
    for (const setup::Target* vault : vaultsOf(setup))
        if (other && other->name != vault->resource)
            edits.append({vault->pointer + u"/resource"_s, jsonText(other->name)});
    return withEdits(setup, edits);
}

base::Result<Setup> vaultRoleControlPlane(const Setup& setup) { return editAssignments(setup, u"role", u"Contributor"_s); }

base::Result<Setup> vaultRoleElsewhere(const Setup& setup) { return editAssignments(setup, u"scope", u"/secrets/another-secret"_s); }

base::Result<Setup> vaultKeysDisabled(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target& target : setup.targets)
        if (target.kind == "anthropic"_L1 && target.settings.root()["apiKeySecret"])
            edits.append(inSettings(target, u"apiKeys"_s, jsonText(u"disabled"_s)));
    return withEdits(setup, edits);
}

} // namespace lab
