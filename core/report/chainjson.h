// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/jsonwriter.h"
#include "core/chain/chain.h"

namespace report {

/// The members `chain`, `audiences` and `auditPrincipals` of a run.
void writeChain(json::Writer& out, const chain::Chain& chain);

QString linkStateName(chain::State state); ///< "accepted", ..., "notReached"

} // namespace report
