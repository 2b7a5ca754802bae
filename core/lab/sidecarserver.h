// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The HTTP interface of the Entra SDK for Agent ID (entra.md 8): it asks the lab's own metadata service and token endpoint,
/// as the real one asks Microsoft's. `path` is what stands behind the sidecar's own.
http::ServerResponse sidecarServer(World& world, const setup::Target& sidecar, const http::ServerRequest& request, const QByteArray& path);

} // namespace lab
