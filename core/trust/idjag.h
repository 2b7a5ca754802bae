// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"

namespace trust {

struct TokenCase;

/// The first leg of enterprise-managed authorization, where an id token becomes an identity assertion (ID-JAG draft 4.3,
/// RFC 8693). The tenant plays an enterprise identity provider that knows it; a token exchange for anything else is not
/// known to Entra.
bool asksIdentityAssertion(const http::Form& form);
void checkIdentityAssertionRequest(TokenCase& c);

} // namespace trust
