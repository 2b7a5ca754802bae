// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/parties.h"

namespace entra {

/// What a user signs in for.
struct SignIn
{
    const setup::Tenant& tenant;
    const setup::App& client;      ///< public client
    const setup::User* user;       ///< who is expected; nullptr: anybody
    const setup::App& resource;    ///< whose access token comes out
    QStringList scopes;            ///< names the resource exposes
};

/// The authorization request in the system browser: code flow, PKCE S256, state, nonce (RFC 6749 4.1.1, RFC 7636).
flow::Step signIn(const SignIn& signIn, const flow::Frame& frame);
/// The code for tokens (RFC 6749 4.1.3): access token into slot `Tc`, id token into `Ti`.
flow::Step redeem(const SignIn& signIn, const flow::Frame& frame);

} // namespace entra
