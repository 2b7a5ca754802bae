// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

/// Faults of a setup. Each finds its objects through the setup's flows (all objects of a kind where there are
/// no flows), and is an Error "fault-not-applicable" where there is nothing to break.
namespace lab {

using setup::Setup;

base::Result<Setup> apiAudienceUriOnly(const Setup& setup);
base::Result<Setup> apiScopeMissing(const Setup& setup);
base::Result<Setup> resourceAppV1(const Setup& setup);
base::Result<Setup> redirectPath(const Setup& setup);
base::Result<Setup> consentMissing(const Setup& setup);
base::Result<Setup> oboAudience(const Setup& setup);
base::Result<Setup> secretIdAsValue(const Setup& setup);
base::Result<Setup> secretExpired(const Setup& setup);
base::Result<Setup> ficSubjectCase(const Setup& setup);
base::Result<Setup> ficIssuerSlash(const Setup& setup);
base::Result<Setup> ficClientId(const Setup& setup);
base::Result<Setup> ficAudienceGuid(const Setup& setup);
base::Result<Setup> agentWrongParent(const Setup& setup);
base::Result<Setup> ruleSubjectCase(const Setup& setup);
base::Result<Setup> ruleAudienceUri(const Setup& setup);
base::Result<Setup> ruleTenantWrong(const Setup& setup);
base::Result<Setup> ruleArchived(const Setup& setup);
base::Result<Setup> ruleKeysStale(const Setup& setup);
base::Result<Setup> issuerLifetimeShort(const Setup& setup);

} // namespace lab
