// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

/// Names of the secrets that belong to a host or an outside platform rather than to an app.
namespace setup {

/// What a platform gives a running job so that it can ask for its own token: GitHub's request token, a pod's bearer token.
inline SecretKey requestTokenKey(const Setup& setup, const Issuer& issuer)
{
    return {setup.id, QStringLiteral("issuer"), issuer.name, QStringLiteral("request-token")};
}

/// A token that was pasted, or what a platform's tool printed.
inline SecretKey pastedTokenKey(const Setup& setup, const Issuer& issuer)
{
    return {setup.id, QStringLiteral("issuer"), issuer.name, QStringLiteral("token")};
}

/// The value of IDENTITY_HEADER on App Service and its kin.
inline SecretKey identityHeaderKey(const Setup& setup, const ManagedIdentity& identity)
{
    return {setup.id, QStringLiteral("host"), identity.clientId, QStringLiteral("identity-header")};
}

} // namespace setup
