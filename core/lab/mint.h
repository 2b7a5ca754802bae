// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// How the client proved itself, as `azpacr` tells it (entra.md section 9).
enum class Acr { Public = 0, Secret = 1, Assertion = 2 };

/// Who gets a token for what. Nothing is decided here any more.
struct Grantee
{
    const setup::Tenant* tenant = nullptr;
    const setup::App* resource = nullptr; ///< nullptr: only OpenID scopes, which stand for Graph
    QString resourceAsked {}; ///< as the request spells it
    const setup::App* client = nullptr; ///< nullptr for a managed identity
    const setup::App* parent = nullptr; ///< the agent's blueprint
    const setup::ManagedIdentity* identity = nullptr;
    const setup::User* user = nullptr; ///< nullptr: app-only
    QStringList scopes {};
    QString fmiPath {}; ///< agent an exchange token is for
    Acr acr = Acr::Public;
    SessionId session {}; ///< of the user's sign-in: claim sid
};

struct Minted
{
    QByteArray token {};
    QByteArray uti {};
    qint64 notBefore = 0;
    qint64 expires = 0; ///< Unix seconds
    qint64 expiresIn = 0; ///< from now; `iat` and `nbf` are five minutes earlier (entra.md 0.5)
};

/// An access token with the claims Entra gives to this kind of grantee (entra.md 2.5, 4.1, 5.6, 7.4, 7.5,
/// section 9).
Minted mintAccessToken(const World& world, const Grantee& grantee, base::Instant now);

/// An id token for the client.
QByteArray mintIdToken(const World& world, const Grantee& grantee, const QString& nonce, base::Instant now);

/// `sub` of a user's token: another one for each audience.
QByteArray pairwiseSubject(const setup::User& user, const QString& tenant, const QString& audience);

bool isGraph(const setup::App* resource);
bool isTokenExchange(const setup::App* resource);

} // namespace lab
