// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/setup/sidecarreading.h"

namespace diagnosis {

/// What is wrong with existing settings of a sidecar and of the container beside it, before any setup is made of them:
/// worst first, each with its file and line.
QList<base::Finding> lintSettings(const setup::SidecarReading& reading);

} // namespace diagnosis
