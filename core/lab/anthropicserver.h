// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The Anthropic API as far as /v1/oauth/token and /v1/messages (downstream.md section 1). Several targets of
/// a setup may share the address: the rule a request names tells them apart.
http::ServerResponse anthropicServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path);

} // namespace lab
