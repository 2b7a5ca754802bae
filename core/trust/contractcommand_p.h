// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <QStringList>

namespace trust {

/// The vendor's command lines that make the one contract out of the other; none where the vendor has no such command.
QStringList contractCommands(const json::Value& before, const json::Value& after);

} // namespace trust
