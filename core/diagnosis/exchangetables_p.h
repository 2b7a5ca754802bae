// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

std::span<const Rule> exchangeRules(); ///< token exchange and brokers
std::span<const Rule> saasRules();     ///< third-party sign-in

} // namespace diagnosis
