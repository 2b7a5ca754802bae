// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recipes.h"

#include "roots.h"

#include "core/federation/api.h"

namespace catalog {

using namespace Qt::StringLiterals;

/// A workload proves itself to Entra as an app, without a user, and calls an API: certificate, secret, managed identity or
/// a token of its own platform.
base::Result<flow::Flow> workload(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    const auto tenant = cast.tenant();
    const auto app = cast.app(spec.middleTier, "middleTier");
    const auto target = cast.target(spec.target, "target");
    for (const auto* error : {tenant ? nullptr : &tenant.error(), app ? nullptr : &app.error(), target ? nullptr : &target.error()})
        if (error)
            return tl::unexpected(*error);
    const auto resource = cast.resourceOf(**target);
    if (!resource)
        return tl::unexpected(resource.error());
    auto steps = rootSteps(cast, cast.proof(), {});
    if (!steps)
        return tl::unexpected(steps.error());
    auto token = entra::tokenAsApp(setup, **tenant, **app, cast.proof(), **resource, {}, cast.witness());
    if (!token)
        return tl::unexpected(token.error());
    steps->append(std::move(*token));
    steps->append(federation::callApi(**target, entra::party(**app), u"T1"_s, {}));
    return flow::Flow {.steps = std::move(*steps), .keys = tenantKeys(**tenant) + rootKeys(cast, cast.proof(), {})};
}

} // namespace catalog
