// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/jose/key.h"
#include "core/setup/setup.h"

#include <QByteArrayView>

#include <functional>
#include <optional>

/// Contracts evaluated on what is presented. Pure: the same functions predict on screen and decide in the lab.
namespace trust {

enum class SecretState { Right, Wrong, Expired, IsTheId };

/// What a token endpoint remembers of an authorization code it gave out.
struct CodeGrant
{
    QString clientId {};
    QString redirectUri {};
    QString challenge {};      ///< S256 challenge; empty when none was sent
    QString userObjectId {};
    QString tenantId {};
    QStringList scopes {};     ///< as asked for
    QString nonce {};
    QString resource {};       ///< RFC 8707: the resource the authorization named
    QString target {};         ///< name of the target whose authorization server gave it; empty: the tenant
    base::Instant expires {};
    bool spent = false;
};

struct RefreshGrant
{
    QString clientId {};
    QString userObjectId {};
    QString tenantId {};
    QStringList scopes {};
    QString resource {};       ///< RFC 8707
    QString target {};         ///< as in CodeGrant
    base::Instant expires {};
    bool revoked = false;
};

/// A client that registered itself (RFC 7591), or that is known by its metadata document.
struct RegisteredClient
{
    QString clientId {};
    QString name {};
    QStringList redirectUris {};
    QStringList scopes {};
    QString authMethod {};     ///< token_endpoint_auth_method
    QByteArray secret {};      ///< of a confidential one
    QString target {};         ///< where it is registered
};

/// A bearer token that its issuer only knows by heart.
struct OpaqueGrant
{
    QString target {};       ///< name of the target that minted it
    QString principal {};
    QString scope {};
    base::Instant expires {};
    bool revoked = false;
    QString clientId {};     ///< to whom it was given
    QString audience {};     ///< for whom
    QString userObjectId {}; ///< of the user it speaks for; empty: nobody
    QByteArray secret {};    ///< AWS: the secret access key that goes with the access key id
    QByteArray session {};   ///< AWS: the session token that goes with it
    QString text {};         ///< AWS: the assumed role's ARN
};

/// What only the receiver knows. An empty function means "not known here": the checks that need it are not evaluated,
/// never assumed. The lab fills all of them; a prediction fills `keys` with what was fetched.
struct Knowledge
{
    std::function<SecretState(const setup::App&, QByteArrayView secret)> secret {};
    /// The keys an issuer publishes; nullptr when they are not known or cannot be fetched.
    std::function<const jose::KeySet*(const QString& issuer)> keys {};
    /// The keys at an address of their own, where a receiver was told one (Anthropic: `jwks` of type explicit_url); nothing
    /// where there are none. Not set: as the issuer's.
    std::function<std::optional<jose::KeySet>(const QString& url)> keysAt {};
    std::function<std::optional<CodeGrant>(QByteArrayView code)> code {};
    std::function<std::optional<RefreshGrant>(QByteArrayView token)> refresh {};
    std::function<std::optional<OpaqueGrant>(QByteArrayView token)> opaque {};
    /// Clients that registered themselves at a target.
    std::function<std::optional<RegisteredClient>(QByteArrayView clientId)> registered {};
    /// Whether this issuer's jti was presented before.
    std::function<bool(const QString& issuer, QByteArrayView jti)> jtiUsed {};
    /// Consent given on a page during this session, beside what the setup grants beforehand.
    std::function<bool(const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& userObjectId)> consented {};
    /// Header the App Service endpoint demands.
    std::optional<QByteArray> identityHeader {};
    /// These are the receiver's own eyes (the lab): an issuer whose keys are not here is refused, not left open.
    bool receiver = false;
    /// Codes of receiver-side faults that are switched on ("rule-archived", "account-not-in-workspace", ...).
    QStringList faults {};
};

} // namespace trust
