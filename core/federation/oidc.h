// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Sign-in at any OpenID Connect issuer by its own metadata. Functions describe; they neither sign nor send.
namespace federation {

/// GET {issuer}/.well-known/openid-configuration (OpenID Connect Discovery 4); yields the endpoints.
flow::Step discover(const setup::Provider& provider, const flow::Frame& frame);
/// The authorization request, addressed as the metadata says (code flow, PKCE S256).
flow::Step signInAt(const setup::Provider& provider, const setup::User* user, const flow::Frame& frame);
/// The code for tokens: access token `Tc`, id token `Ti`.
flow::Step redeemAt(const setup::Provider& provider, const setup::User* user, const flow::Frame& frame);
/// Where the issuer's keys are: `jwks_uri` of its metadata.
flow::KeySource keysAt(const setup::Provider& provider, const flow::Frame& frame);

} // namespace federation
