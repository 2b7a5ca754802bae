// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

/// Faults of AWS roles and their OIDC providers. Each is an Error "fault-not-applicable" where there is nothing to break.
namespace lab {

using setup::Setup;

base::Result<Setup> awsSubjectCase(const Setup& setup);
base::Result<Setup> awsAudienceUnlisted(const Setup& setup);
base::Result<Setup> awsAzpAsAud(const Setup& setup);
base::Result<Setup> awsKeySlash(const Setup& setup);
base::Result<Setup> awsActionMissing(const Setup& setup);
base::Result<Setup> awsProviderWrong(const Setup& setup);
base::Result<Setup> awsDirectToken(const Setup& setup);
base::Result<Setup> awsSessionPolicyBroken(const Setup& setup);
base::Result<Setup> awsSessionPolicyLarge(const Setup& setup);

} // namespace lab
