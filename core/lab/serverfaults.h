// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// What a target or the token endpoint does in place of answering, when a fault of the servers' behaviour is
/// on.
std::optional<http::ServerResponse> brokenTarget(const World& world);
std::optional<http::ServerResponse> brokenTokenEndpoint(const World& world);

/// A laptop has no metadata service: nothing answers there.
std::optional<http::ServerResponse> brokenMetadata(const World& world);

} // namespace lab
