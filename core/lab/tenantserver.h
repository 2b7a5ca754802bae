// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// Everything under an authority's origin: documents, authorize, pages, token endpoint.
http::ServerResponse tenantServer(World& world, const http::ServerRequest& request);

} // namespace lab
