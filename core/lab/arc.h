// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The token endpoint of the Azure Arc agent (entra.md 5.3): the first answer is 401 and names a key file, the second
/// request carries the file's content. `path` is what stands after its origin.
http::ServerResponse arcMetadata(World& world, const http::ServerRequest& request, const QByteArray& path);

/// Writes the key file that the challenge names into the lab's own folder, readable by its owner alone. Nothing where the
/// setup has no server that Azure Arc manages.
base::Result<void> writeArcKey(World& world, const QString& folder, QStringList& files);

} // namespace lab
