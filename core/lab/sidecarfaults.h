// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace lab {

// Setup faults in a sidecar's settings.
base::Result<setup::Setup> sidecarApiWithoutScopes(const setup::Setup& setup);
base::Result<setup::Setup> sidecarGateClosed(const setup::Setup& setup);

} // namespace lab
