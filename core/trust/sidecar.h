// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/setup/sidecarsettings.h"
#include "core/trust/knowledge.h"

namespace trust {

/// What the query of a call changes of the settings: optionsOverride.* (entra.md 8.2).
struct SidecarOverrides
{
    QStringList scopes {};
    std::optional<bool> appToken {};
    QString relativePath {};
    QString method {};
    QString tenant {};           ///< AcquireTokenOptions.Tenant
    QStringList others {};       ///< further ones by their names
};

/// On whose behalf an agent asks: its own user, by one of both.
struct SidecarAgentUser
{
    QString username {};
    QString objectId {};
    bool isThere() const { return !username.isEmpty() || !objectId.isEmpty(); }
};

/// A request to the Entra SDK for Agent ID (entra.md 8.1, 8.2).
struct SidecarCall
{
    bool validate = false;      ///< /Validate: what the caller's token says
    bool downstream = false;    ///< /DownstreamApi...: the sidecar makes the call itself
    bool anonymous = false;     ///< the ...Unauthenticated routes
    QString api {};
    QString agentIdentity {};   ///< query AgentIdentity
    SidecarAgentUser agentUser {}; ///< query AgentUsername, AgentUserId
    SidecarOverrides overrides {};
    QByteArray host {};         ///< header Host, as the caller wrote it
    QByteArray authorization {};
    bool known = false;         ///< a path of the sidecar at all
};
SidecarCall sidecarCall(QByteArrayView path, QByteArrayView query, const http::Headers& headers);

struct SidecarDecision
{
    base::Verdict verdict {};
    std::optional<setup::SidecarApi> api {}; ///< with what the call overrides
    QString agent {};                        ///< client id; empty: the token speaks for the blueprint
    SidecarAgentUser agentUser {};
    SidecarOverrides overrides {};           ///< those that count on this route
    jose::Jwt user {};                  ///< the caller's own token on the authenticated routes
};

/// What the sidecar looks at before it asks Entra: route, API, bearer token, whether the agent parameters count there. What
/// Entra answers to it afterwards is not decided here.
SidecarDecision decideSidecar(const setup::Setup& setup, const setup::Target& sidecar, const SidecarCall& call,
    const Knowledge& knowledge, base::Instant now);

} // namespace trust
