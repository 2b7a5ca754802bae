// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/setup/setup.h"

/// The fix as a member of the object it belongs to: `"subject": "7c1d9f3a-..."`. Empty where the fix has no value.
QString fixAsJson(const base::Check& check, const setup::Setup* setup);

/// The Azure CLI command that makes the fix on a federated credential; empty for other places. The whole credential is
/// written, as the command replaces what it is given (az ad app federated-credential update).
QString fixAsAz(const base::Check& check, const setup::Setup* setup);
