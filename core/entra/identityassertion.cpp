// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "identityassertion.h"

#include "core/flow/demands.h"

namespace entra {

using namespace Qt::StringLiterals;

base::Result<flow::Step> identityAssertion(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& client, Proof proof,
    const AssertionFor& wanted, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(tenant, "urn:ietf:params:oauth:grant-type:token-exchange", client);
    step.id = frame.id(u"mcp-identity-assertion"_s);
    step.title = u"Ask for an identity assertion"_s;
    step.shortTitle = u"Assertion"_s;
    step.explain = u"mcp-identity-assertion"_s;
    step.group = frame.group;
    step.body.append({
        {"requested_token_type", flow::literal("urn:ietf:params:oauth:token-type:id-jag")},
        {"audience", flow::fromSetup(wanted.server, wanted.serverPointer)},
        {"resource", flow::fromSetup(wanted.resource, wanted.resourcePointer)},
        {"scope", flow::fromSetup(wanted.scopes, wanted.scopesPointer)},
        {"subject_token", flow::fromToken(frame.slot(u"Ti"_s))},
        {"subject_token_type", flow::literal("urn:ietf:params:oauth:token-type:id_token")},
    });
    step.presents = {{.slot = frame.slot(u"Ti"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"Ti"_s)}};
    if (auto done = authenticate(step, setup, client, proof, frame); !done)
        return tl::unexpected(done.error());
    step.contractKind = u"id token and policy"_s;
    step.contractName = title(client);
    step.audienceAsked = wanted.server;
    // What is issued is no access token (RFC 8693, 2.2.1).
    step.expects = {flow::tokenType("N_A")};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"Tj"_s), .token = true, .use = flow::TokenUse::Assertion, .speaker = party(client)}};
    return step;
}

} // namespace entra
