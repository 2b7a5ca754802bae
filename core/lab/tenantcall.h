// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// One request to the tenant's servers.
struct TenantCall
{
    World& world;
    const http::ServerRequest& request;
    QString segment {}; ///< the tenant as the path names it
    const setup::Tenant* tenant = nullptr; ///< nullptr: "common" and unknown ones
    base::Instant now {};

    /// Query parameters for GET, form fields for POST.
    http::Form parameters() const;
    /// "https://127.0.0.1:41000", as the client spelled it.
    QByteArray origin() const;
};

/// Whether a body's content type is application/x-www-form-urlencoded, parameters aside.
bool isForm(const http::Headers& headers);

} // namespace lab
