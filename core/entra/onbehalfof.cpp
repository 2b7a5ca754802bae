// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "onbehalfof.h"

namespace entra {

using namespace Qt::StringLiterals;

base::Result<flow::Step> onBehalfOf(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& middleTier, Proof proof,
    const setup::App& resource, const QString& scope, const flow::Frame& frame, const Witness& witness)
{
    flow::Step step = tokenRequest(tenant, jwtBearer, middleTier);
    step.id = frame.id(u"on-behalf-of"_s);
    step.title = u"On behalf of the user"_s;
    step.shortTitle = u"On behalf of"_s;
    step.explain = u"on-behalf-of"_s;
    step.group = frame.group;
    step.body.append({
        {"scope", flow::fromSetup(scope, resource.pointer + u"/identifierUris/0"_s)},
        {"requested_token_use", flow::literal("on_behalf_of")},
        {"assertion", flow::fromToken(frame.slot(u"Tc"_s))},
    });
    step.presents = {{.slot = frame.slot(u"Tc"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"Tc"_s)}};
    if (auto done = authenticate(step, setup, middleTier, proof, frame, witness); !done)
        return tl::unexpected(done.error());
    step.contractKind = u"audience and consent"_s;
    step.contractName = title(middleTier);
    step.audienceAsked = scope;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T1"_s), .token = true, .speaker = party(middleTier)}};
    return step;
}

} // namespace entra
