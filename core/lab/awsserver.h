// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The AWS security token service as far as AssumeRoleWithWebIdentity and GetCallerIdentity: query protocol, XML, version
/// 2011-06-15 (downstream.md section 2). Several targets of a setup may share the address: each is a role of its own.
http::ServerResponse awsServer(World& world, const QList<const setup::Target*>& targets, const http::ServerRequest& request);

} // namespace lab
