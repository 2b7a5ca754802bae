// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// Secrets of a Key Vault (Microsoft: Key Vault REST API, secrets): challenge, read, list, set, update, soft delete, recover, purge. `path` is
/// what stands behind the vault's own.
http::ServerResponse vaultServer(World& world, const setup::Target& vault, const http::ServerRequest& request, const QByteArray& path);

} // namespace lab
