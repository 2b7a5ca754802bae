// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// What only a pasted artefact or an error text tells.
std::span<const Rule> intakeRules();

} // namespace diagnosis
