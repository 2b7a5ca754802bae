// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// Google Cloud as far as a federated workload meets it (downstream.md section 3): the token exchange, access tokens of service
/// accounts, and one API that takes either token. The paths tell the services apart, whatever origin they are asked at.
http::ServerResponse googleServer(World& world, const QList<const setup::Target*>& targets, const http::ServerRequest& request,
    const QByteArray& path);

} // namespace lab
