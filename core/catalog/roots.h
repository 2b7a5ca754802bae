// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cast.h"

#include "core/flow/step.h"

namespace catalog {

/// How a flow begins: the steps that bring the proof of a confidential client or blueprint, none for what it holds itself.
/// The token lands in slot `T0`.
base::Result<QList<flow::Step>> rootSteps(const Cast& cast, entra::Proof proof, const flow::Frame& frame);
/// Where the keys of that token's issuer are, beside the tenant's own.
QList<flow::KeySource> rootKeys(const Cast& cast, entra::Proof proof, const flow::Frame& frame);
/// v1 and v2 issuers of a tenant share one key set.
QList<flow::KeySource> tenantKeys(const setup::Tenant& tenant);

} // namespace catalog
