// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// A third party with sign-in by code and PKCE: its pages, its token endpoint and one call of its API, each as the target's
/// profile has them (downstream.md 6.1). They may live at different origins; the path tells them apart.
http::ServerResponse saasServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path);

/// An access token of this provider for a user, as a broker that is connected to it holds one. It ends with the use of the
/// refresh token it comes with.
QByteArray saasToken(World& world, const setup::Target& target, const setup::User& user, const QStringList& scopes,
    QByteArrayView refresh = {});

} // namespace lab
