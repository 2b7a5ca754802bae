// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/tenantcall.h"
#include "core/trust/entratoken.h"

namespace lab {

/// An authorization request on its way through the pages.
struct AuthorizeCall
{
    const TenantCall& call;
    http::Form request {};
    trust::AuthorizeDecision decision {};
};

/// The parameters at the client's redirect URI, in the response mode that was asked for, with `state` byte
/// for byte and `iss` (RFC 9207).
http::ServerResponse authorizationResponse(const AuthorizeCall& a, http::Form parameters);
http::ServerResponse authorizationError(const AuthorizeCall& a, const base::Refusal& refusal);
/// A code for this user, and back to the client with it.
http::ServerResponse authorizationGranted(const AuthorizeCall& a, const setup::User& user);

} // namespace lab
