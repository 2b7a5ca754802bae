// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"
#include "core/setup/saasprofile.h"

namespace lab {

/// One request at one provider.
struct SaasCall
{
    World& world;
    const setup::Target& target;
    const http::ServerRequest& request;

    const setup::SaasProfile& profile() const { return setup::saasProfile(target); }
};

// saaspages.cpp: the browser's part
http::ServerResponse saasAuthorize(const SaasCall& call);
http::ServerResponse saasLogin(const SaasCall& call);
// saastokens.cpp: the token endpoint
http::ServerResponse saasTokenEndpoint(const SaasCall& call);

/// Where the sign-in form is sent, on the origin of the authorize endpoint.
inline constexpr auto saasLoginPath = "/lab/login";

} // namespace lab
