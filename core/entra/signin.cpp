// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signin.h"

#include "core/flow/demands.h"

namespace entra {

using namespace Qt::StringLiterals;
using flow::Expectation;
using flow::Made;

namespace {

QString scopeText(const SignIn& s)
{
    const QString resource = s.resource.identifierUris.isEmpty() ? s.resource.clientId : s.resource.identifierUris.front();
    QStringList scopes {u"openid"_s, u"profile"_s, u"offline_access"_s};
    for (const QString& scope : s.scopes)
        scopes.append(resource + u'/' + scope);
    return scopes.join(u' ');
}

flow::Value scopeValue(const SignIn& s)
{
    return flow::fromSetup(scopeText(s), s.resource.pointer + u"/delegatedScopes"_s);
}

/// The Entra authority names itself in every answer of the authorize endpoint (RFC 9207).
QList<Expectation> answerChecks(const SignIn& s)
{
    return {
        {.on = Expectation::On::Reply, .name = u"/state"_s, .how = Expectation::How::Equals, .value = flow::made(Made::State),
            .id = u"state"_s, .title = u"State"_s, .source = u"RFC 6749, 10.12"_s},
        {.on = Expectation::On::Reply, .name = u"/iss"_s, .how = Expectation::How::EqualsIfPresent,
            .value = flow::fromSetup(s.tenant.issuerV2(), s.tenant.pointer + u"/authority"_s),
            .id = u"iss"_s, .title = u"Issuer of the answer"_s, .source = u"RFC 9207, 2.4"_s},
    };
}

} // namespace

flow::Step signIn(const SignIn& s, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"sign-in"_s);
    step.title = u"Sign in"_s;
    step.shortTitle = u"Sign in"_s;
    step.explain = u"sign-in"_s;
    step.group = frame.group;
    step.from = s.user ? party(*s.user) : flow::Party {flow::PartyKind::User, u"user"_s, u"User"_s};
    step.to = entraParty();
    step.becomes = {flow::PartyKind::Issuer, u"sign-in-page"_s, u"Sign-in page"_s};
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"sign-in"_s}};
    step.contract = {u"entra.authorize"_s, s.tenant.pointer};
    step.contractKind = u"app registration"_s;
    step.contractName = title(s.client);
    step.method = "GET";
    step.interactive = true;
    step.url = flow::fromSetup(s.tenant.authorizeEndpoint(), s.tenant.pointer + u"/authority"_s);
    step.query = {
        {"client_id", flow::fromSetup(s.client.clientId, s.client.pointer + u"/clientId"_s)},
        {"response_type", flow::literal("code")},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"response_mode", flow::literal("query")},
        {"scope", scopeValue(s)},
        {"state", flow::made(Made::State)},
        {"nonce", flow::made(Made::Nonce)},
        {"code_challenge", flow::made(Made::Challenge)},
        {"code_challenge_method", flow::literal("S256")},
    };
    if (s.user)
        step.query.append({"login_hint", flow::fromSetup(s.user->username, s.user->pointer + u"/username"_s)});
    step.yields = {{.pointer = u"/code"_s, .slot = frame.slot(u"code"_s)}};
    step.expects = answerChecks(s);
    return step;
}

flow::Step redeem(const SignIn& s, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(s.tenant, "authorization_code", s.client);
    step.id = frame.id(u"redeem"_s);
    step.title = u"Redeem the code"_s;
    step.shortTitle = u"Redeem code"_s;
    step.explain = u"redeem"_s;
    step.group = frame.group;
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"code and verifier"_s}};
    step.contractKind = u"code and PKCE"_s;
    step.contractName = title(s.client);
    step.body.append({
        {"code", flow::fromReply(frame.slot(u"code"_s))},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"code_verifier", flow::made(Made::Verifier)},
        {"scope", scopeValue(s)},
    });
    step.audienceAsked = scopeText(s).section(u' ', 3);
    const flow::Party speaker = s.user ? party(*s.user) : flow::Party {flow::PartyKind::User, u"user"_s, u"User"_s};
    step.yields = {
        {.pointer = u"/access_token"_s, .slot = frame.slot(u"Tc"_s), .token = true, .speaker = speaker},
        {.pointer = u"/id_token"_s, .slot = frame.slot(u"Ti"_s), .token = true, .use = flow::TokenUse::Id, .required = false, .speaker = speaker},
        {.pointer = u"/refresh_token"_s, .slot = frame.slot(u"Tr"_s), .token = true, .use = flow::TokenUse::Refresh, .required = false, .speaker = speaker},
    };
    step.expects.append({
        {.on = Expectation::On::TokenClaim, .slot = frame.slot(u"Ti"_s), .name = u"nonce"_s, .how = Expectation::How::Equals,
            .value = flow::made(Made::Nonce), .id = u"nonce"_s, .title = u"Nonce in the id token"_s, .source = u"OpenID Connect Core, 3.1.3.7"_s},
        flow::idTokenOf(frame.slot(u"Ti"_s), flow::fromSetup(s.client.clientId, s.client.pointer + u"/clientId"_s)),
    });
    return step;
}

} // namespace entra
