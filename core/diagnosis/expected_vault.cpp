// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/vaulttables_p.h"
#include "core/jose/base64url.h"
#include "core/trust/keyvault.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Who will call a vault in a flow, by object id; empty where the setup does not say.
QString callerOf(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    for (const QString& name : {spec.agent, spec.middleTier})
        if (const setup::App* app = setup.app(name))
            return app->objectId;
    const setup::ManagedIdentity* identity = setup.managedIdentity(spec.managedIdentity);
    return identity ? identity->objectId : QString();
}

struct Asked
{
    QLatin1StringView recipe;
    QLatin1StringView suffix; ///< of the secret's name
    trust::VaultAction action;
};
constexpr std::array asked {
    Asked {"vault-secret"_L1, ""_L1, trust::VaultAction::GetSecret},
    Asked {"vault-key"_L1, ""_L1, trust::VaultAction::GetSecret},
    Asked {"vault-rotation"_L1, ""_L1, trust::VaultAction::SetSecret},
    Asked {"vault-blue-green"_L1, "-primary"_L1, trust::VaultAction::GetSecret},
};

/// The token the caller will bring, as far as the setup decides it; nobody checks its signature.
QByteArray draft(const setup::Setup& setup, const setup::Target& vault, const QString& oid)
{
    const setup::Tenant& home = *setup.home();
    const setup::App* resource = setup.app(vault.resource);
    const bool v1 = resource && resource->requestedAccessTokenVersion == 1;
    const QString aud = resource ? v1 ? resource->identifierUris.value(0) : resource->clientId : QString();
    const QByteArray claims = "{\"iss\":" + json::quoted(v1 ? home.issuerV1() : home.issuerV2()) + ",\"aud\":" + json::quoted(aud) + ",\"oid\":" + json::quoted(oid) + '}';
    return "Bearer " + jose::base64url(R"({"alg":"RS256","typ":"JWT"})") + '.' + jose::base64url(claims) + ".AA";
}

bool isDecidedBySetup(const base::Check& check)
{
    return check.id == u"issuer" || check.id == u"audience" || check.id == u"role" || check.id == u"secret.enabled";
}

} // namespace

void addVaults(const Case& c, const setup::FlowSpec& spec, QList<Expected>& out)
{
    const setup::Target* vault = c.setup.target(spec.via.isEmpty() ? spec.target : spec.via);
    const QString oid = callerOf(c.setup, spec);
    if (!vault || vault->kind != u"key-vault" || oid.isEmpty() || !c.setup.home())
        return;
    for (const Asked& row : asked) {
        if (spec.recipe != row.recipe)
            continue;
        const trust::VaultCall call {row.action, QString(spec.secret + row.suffix), {}};
        // Blue-green lives with a disabled primary.
        const auto state = row.suffix.isEmpty() ? trust::stateInSetup(*vault, call) : trust::VaultSecretState {};
        const auto verdict = trust::decideVault(c.setup, *vault, call, state, draft(c.setup, *vault, oid), {}, c.now);
        Expected expected {u"key-vault"_s, titleOf(*vault), titleOf(*vault), {}, vault->pointer};
        std::ranges::copy_if(verdict.checks, std::back_inserter(expected.checks), isDecidedBySetup);
        out.append(expected);
    }
}

} // namespace diagnosis
