// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// The tenant of the path segment: its GUID or domain, case aside; for "common" and "organizations" the home tenant where
/// the grant is available there. nullptr when the check fails.
const setup::Tenant* checkTenant(Sheet& sheet, const setup::Setup& setup, const QString& segment, bool needsTenant);

/// The application of that client id in the tenant, not disabled. nullptr when it is not there.
const setup::App* checkClientKnown(Sheet& sheet, const setup::Setup& setup, const setup::Tenant* tenant, const QString& clientId);

} // namespace trust
