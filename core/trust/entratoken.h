// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

struct TokenRequest
{
    QString tenant {};               ///< the path segment: GUID, domain, "common"
    http::Form form {};
    QByteArray authorization {};     ///< Authorization header, for Basic
};

enum class Grant { Unknown, AuthorizationCode, RefreshToken, ClientCredentials, OnBehalfOf };
enum class ClientAuthentication { None, Secret, Certificate, Federated, Parent };

/// What Entra's token endpoint decides, and what follows for the token it issues.
struct TokenDecision
{
    base::Verdict verdict {};
    Grant grant = Grant::Unknown;
    ClientAuthentication authentication = ClientAuthentication::None;
    const setup::Tenant* tenant = nullptr;
    const setup::App* client = nullptr;
    const setup::App* parent = nullptr;      ///< blueprint of an agent
    const setup::App* resource = nullptr;    ///< nullptr when only OpenID scopes were asked
    QString resourceAsked {};                ///< identifier as the request spells it
    QStringList scopes {};                   ///< granted scope names, without resource
    bool openid = false;
    bool offline = false;
    QString fmiPath {};                      ///< agent the exchange token is for
    QString userObjectId {};                 ///< empty for app-only
    const setup::ManagedIdentity* assertedIdentity = nullptr; ///< whose token was the client assertion
    std::optional<CodeGrant> code {};
};

/// All checks the v2.0 token endpoint makes, in its order: tenant, grant, application, client authentication, then what
/// the grant asks for (entra.md 2.2, 3.2, 4, 6, 7). Every check is reported; the first failing one gives the refusal.
TokenDecision decideToken(const setup::Setup& setup, const TokenRequest& request, const Knowledge& knowledge, base::Instant now);

struct AuthorizeDecision
{
    base::Verdict verdict {};
    bool redirectTrusted = false;            ///< false: show the error on a page, never redirect
    const setup::Tenant* tenant = nullptr;
    const setup::App* client = nullptr;
    const setup::App* resource = nullptr;
    QStringList scopes {};                   ///< names, of the resource
    bool openid = false;
    bool offline = false;
    bool consentNeeded = false;
};
/// The authorize endpoint, before anyone signs in: tenant, client, redirect URI (entra.md 2.4), response type, PKCE S256,
/// scopes.
AuthorizeDecision decideAuthorize(const setup::Setup& setup, const QString& tenant, const http::Form& query,
    const Knowledge& knowledge, base::Instant now);

/// Whether a redirect URI is registered: exact, but the port is free for loopback.
bool redirectMatches(QStringView asked, const QStringList& registered);

} // namespace trust
