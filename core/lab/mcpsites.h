// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/sites.h"

namespace lab {

/// The MCP servers at this origin, each with its metadata, and their own authorization servers, each once.
void mountMcp(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin);

} // namespace lab
