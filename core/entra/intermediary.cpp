// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "intermediary.h"

namespace entra {

using namespace Qt::StringLiterals;

base::Result<flow::Step> tokenAsIntermediary(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& app,
    const setup::App& resource, Proof proof, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, clientCredentials, app);
    step.id = frame.id(u"token-as-intermediary"_s);
    step.title = u"Token as the intermediary"_s;
    step.shortTitle = u"Intermediary"_s;
    step.explain = u"token-as-intermediary"_s;
    step.group = frame.group;
    step.body.append({"scope", defaultScope(resource)});
    if (auto done = authenticate(step, setup, app, proof, frame); !done)
        return tl::unexpected(done.error());
    step.audienceAsked = defaultScopeText(resource);
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T1"_s), .token = true, .speaker = party(app)}};
    return step;
}

} // namespace entra
