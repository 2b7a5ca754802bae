// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp_p.h"

#include "core/flow/demands.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;
using flow::Made;

namespace {

flow::Party userParty(const McpWalk& walk)
{
    if (!walk.user)
        return {flow::PartyKind::User, u"user"_s, u"User"_s};
    return {flow::PartyKind::User, walk.user->name, walk.user->displayName.isEmpty() ? walk.user->username : walk.user->displayName};
}

/// What is asked for: the scopes of the setup, or those of the challenge, word for word.
flow::Value scopesFor(const McpWalk& walk, bool again, const flow::Frame& frame)
{
    return again ? flow::fromReply(frame.slot(u"challenge scope"_s)) : flow::fromSetup(walk.scopes, walk.scopesPointer);
}

setup::ContractRef contractOf(const McpWalk& walk, const char16_t* atEntra, const char16_t* atOwn)
{
    return walk.tenant ? setup::ContractRef {QString::fromUtf16(atEntra), walk.tenant->pointer}
                       : setup::ContractRef {QString::fromUtf16(atOwn), walk.target.pointer};
}

QString codeSlot(bool again) { return again ? u"code again"_s : u"code"_s; }

Expectation issuerOfAnswer(const McpWalk& walk, const flow::Frame& frame)
{
    const QString pointer = walk.tenant ? walk.tenant->pointer + u"/authority"_s : walk.target.pointer + u"/authorizationServer"_s;
    return {.on = Expectation::On::Reply, .name = u"/iss"_s, .how = Expectation::How::EqualsIfPromised,
        .value = flow::fromSetup(walk.issuer(), pointer), .promisedBy = frame.slot(u"iss promised"_s), .id = u"mcp.iss"_s,
        .title = u"Issuer of the answer"_s, .source = u"RFC 9207, 2.4"_s};
}

} // namespace

flow::Step mcpSignIn(const McpWalk& walk, bool again, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, again ? u"mcp-sign-in-again"_s : u"mcp-sign-in"_s, again ? u"Ask the user for more"_s : u"Sign in"_s,
        again ? u"Step up"_s : u"Sign in"_s, frame);
    if (walk.documented)
        step.explain = u"mcp-sign-in.document"_s;
    step.from = userParty(walk);
    step.to = mcpAuthorizationParty(walk);
    step.becomes = {flow::PartyKind::Issuer, u"sign-in-page"_s, u"Sign-in page"_s};
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"sign-in"_s}};
    step.contract = contractOf(walk, u"entra.authorize", u"mcp.authorize");
    step.contractKind = u"client and resource"_s;
    step.contractName = mcpClientParty(walk).title;
    step.method = "GET";
    step.interactive = true;
    step.url = flow::fromReply(frame.slot(u"authorization_endpoint"_s));
    step.query = {
        {"client_id", mcpClientId(walk, frame)},
        {"response_type", flow::literal("code")},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"scope", scopesFor(walk, again, frame)},
        {"resource", mcpUrl(walk)},
        {"state", flow::made(Made::State)},
        {"code_challenge", flow::made(Made::Challenge)},
        {"code_challenge_method", flow::literal("S256")},
    };
    if (walk.user)
        step.query.append({"login_hint", flow::fromSetup(walk.user->username, walk.user->pointer + u"/username"_s)});
    step.yields = {{.pointer = u"/code"_s, .slot = frame.slot(codeSlot(again))}};
    step.expects = {
        {.on = Expectation::On::Reply, .name = u"/state"_s, .how = Expectation::How::Equals, .value = flow::made(Made::State), .id = u"state"_s,
            .title = u"State"_s, .source = u"RFC 6749, 10.12"_s},
        issuerOfAnswer(walk, frame),
    };
    return step;
}

flow::Step mcpRedeem(const McpWalk& walk, bool again, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, again ? u"mcp-redeem-again"_s : u"mcp-redeem"_s, again ? u"Redeem the second code"_s : u"Redeem the code"_s,
        u"Redeem code"_s, frame);
    step.to = mcpAuthorizationParty(walk);
    step.becomes = step.from;
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"code and verifier"_s}};
    step.contract = contractOf(walk, u"entra.token", u"mcp.token");
    step.contractKind = u"code and PKCE"_s;
    step.contractName = mcpClientParty(walk).title;
    step.url = flow::fromReply(frame.slot(u"token_endpoint"_s));
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Form;
    step.body = {
        {"grant_type", flow::literal("authorization_code")},
        {"client_id", mcpClientId(walk, frame)},
        {"code", flow::fromReply(frame.slot(codeSlot(again)))},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"code_verifier", flow::made(Made::Verifier)},
        {"resource", mcpUrl(walk)},
    };
    // Entra goes by the scope; the parameter resource alone it does not know (entra.md 2.5).
    step.audienceAsked = walk.tenant ? walk.scopes : walk.target.url;
    step.expects = {flow::tokenType()};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(again ? u"Ts"_s : u"Tc"_s), .token = true, .speaker = userParty(walk)}};
    return step;
}

flow::Step mcpRedeemAssertion(const setup::Setup& setup, const McpWalk& walk, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, u"mcp-redeem-assertion"_s, u"Redeem the assertion"_s, u"Redeem assertion"_s, frame);
    step.to = mcpAuthorizationParty(walk);
    step.becomes = step.from;
    step.presents = {{.slot = frame.slot(u"Tj"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"Tj"_s)}};
    step.contract = {u"mcp.token"_s, walk.target.pointer};
    step.contractKind = u"identity assertion"_s;
    step.contractName = walk.target.clientId;
    step.url = flow::fromReply(frame.slot(u"token_endpoint"_s));
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Form;
    step.body = {
        {"grant_type", flow::literal("urn:ietf:params:oauth:grant-type:jwt-bearer")},
        {"client_id", mcpClientId(walk, frame)},
        {"assertion", flow::fromToken(frame.slot(u"Tj"_s))},
    };
    if (!walk.target.settings.root()["publicClient"].boolean())
        step.body.append({"client_secret", flow::fromSecret({setup.id, walk.target.name, walk.target.clientId, u"client-secret"_s})});
    step.audienceAsked = walk.target.url;
    step.expects = {flow::tokenType()};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"Tm"_s), .token = true, .speaker = userParty(walk)}};
    return step;
}

} // namespace federation
