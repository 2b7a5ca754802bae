// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// The tenant of the path segment: its GUID or domain, case aside; for "common" and "organizations" the home tenant where
/// the grant is available there. nullptr when the check fails.
const setup::Tenant* checkTenant(Sheet& sheet, const setup::Setup& setup, const QString& segment, bool needsTenant);

/// No parameter twice (RFC 6749, 3.1 and 3.2); `resource` alone may be repeated (RFC 8707, 2).
void checkRepeats(Sheet& sheet, const http::Form& form);

/// The application of that client id in the tenant, not disabled. nullptr when it is not there.
const setup::App* checkClientKnown(Sheet& sheet, const setup::Setup& setup, const setup::Tenant* tenant, const QString& clientId);

} // namespace trust
