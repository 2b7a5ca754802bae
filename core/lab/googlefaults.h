// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

/// Faults of a workload identity provider and of the policies behind it, as those in setupfaults.h.
namespace lab {

base::Result<setup::Setup> googleProviderDisabled(const setup::Setup& setup);
base::Result<setup::Setup> googleAudienceUriOnly(const setup::Setup& setup);
base::Result<setup::Setup> googleIssuerSlash(const setup::Setup& setup);
base::Result<setup::Setup> googleKeysStale(const setup::Setup& setup);
base::Result<setup::Setup> googleIssuerV1(const setup::Setup& setup);
base::Result<setup::Setup> googleConditionCase(const setup::Setup& setup);
base::Result<setup::Setup> googleConditionFunction(const setup::Setup& setup);
base::Result<setup::Setup> googleSubjectLong(const setup::Setup& setup);
base::Result<setup::Setup> googleSubjectUnmapped(const setup::Setup& setup);
base::Result<setup::Setup> googleProjectId(const setup::Setup& setup);
base::Result<setup::Setup> googleImpersonationDenied(const setup::Setup& setup);
base::Result<setup::Setup> googleMemberCase(const setup::Setup& setup);
base::Result<setup::Setup> googleCallDenied(const setup::Setup& setup);

} // namespace lab
