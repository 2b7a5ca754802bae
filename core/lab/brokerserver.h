// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

#include <QJsonObject>

namespace lab {

/// A credential broker as Descope documents its hub (downstream.md 4.1): the token endpoint for workloads and exchanges, in
/// JSON and as a form, the connection tokens, its keys. Every issuance goes into the agent record.
http::ServerResponse brokerServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path);

/// The target as a trust of the manifest: its first workload, and what a client has to know. Nothing for a broker that pins
/// no workload.
QJsonObject brokerTrust(const World& world, const setup::Target& target);

} // namespace lab
