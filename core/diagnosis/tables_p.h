// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// One table a file: what receivers were told to trust, the objects of the setup, what happened in the run,
/// secrets.
std::span<const Rule> trustRules();
std::span<const Rule> setupRules();
std::span<const Rule> runRules();
std::span<const Rule> secretRules();
std::span<const Rule> awsRules();

} // namespace diagnosis
