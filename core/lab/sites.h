// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

#include <functional>
#include <vector>

namespace lab {

/// A server of the setup under a path of an origin.
struct Mount
{
    QByteArray prefix {}; ///< without a closing slash; empty: the whole origin
    std::function<http::ServerResponse(World&, const http::ServerRequest&, const QByteArray& rest)> answer {};
    bool isTenants = false; ///< the tenant and the metadata service go by the tenant's clock
};

/// One origin the lab plays: whatever of the setup lives there, longest path first.
struct Site
{
    QString real {};
    QString bound {};
    int port = 0;
    std::vector<Mount> mounts {};
};

/// Which parts of the setup, already bound, are at this origin.
std::vector<Mount> mountsAt(const setup::Setup& played, const QString& origin);

/// Counts, lets faults happen, and passes the request to the mount it belongs to.
http::ServerResponse serve(World& world, const Site& site, const http::ServerRequest& request);

/// Path of the App Service token endpoint that every metadata service of the lab has beside its own.
inline constexpr auto appServicePath = "/msi/token";

} // namespace lab
