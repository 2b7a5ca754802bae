// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "oidc.h"

#include "core/flow/demands.h"
#include "core/http/message.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;
using flow::Made;

namespace {

flow::Party issuerParty(const setup::Provider& provider)
{
    // The host is what people recognise; the rest of the issuer stands in the request.
    const QString host = QString::fromUtf8(http::splitUrl(provider.issuer.toUtf8()).host);
    return {flow::PartyKind::Issuer, provider.name, provider.name == u"entra" ? u"Entra"_s : host};
}

flow::Party userParty(const setup::User* user)
{
    if (!user)
        return {flow::PartyKind::User, u"user"_s, u"User"_s};
    return {flow::PartyKind::User, user->name, user->displayName.isEmpty() ? user->username : user->displayName};
}

flow::Value scopes(const setup::Provider& provider) { return flow::fromSetup(provider.scopes.join(u' '), provider.pointer + u"/scopes"_s); }
flow::Value clientId(const setup::Provider& provider) { return flow::fromSetup(provider.clientId, provider.pointer + u"/clientId"_s); }
flow::Value issuer(const setup::Provider& provider) { return flow::fromSetup(provider.issuer, provider.pointer + u"/issuer"_s); }

flow::Step common(const setup::Provider& provider, const QString& id, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(id);
    step.explain = id;
    step.group = frame.group;
    step.to = issuerParty(provider);
    return step;
}

QString apiScopes(const setup::Provider& provider)
{
    QStringList rest;
    for (const QString& scope : provider.scopes)
        if (scope != u"openid" && scope != u"profile" && scope != u"email" && scope != u"offline_access")
            rest.append(scope);
    return rest.join(u' ');
}

QString baseUrl(const setup::Provider& provider)
{
    // A closing slash of the issuer is dropped before the well-known part is appended (OpenID Connect Discovery 4.1).
    return provider.issuer.endsWith(u'/') ? provider.issuer.chopped(1) : provider.issuer;
}

} // namespace

flow::Step discover(const setup::Provider& provider, const flow::Frame& frame)
{
    flow::Step step = common(provider, u"discover"_s, frame);
    step.title = u"Read the issuer's metadata"_s;
    step.shortTitle = u"Metadata"_s;
    step.from = {flow::PartyKind::Host, u"host"_s, u"Trustwalk"_s};
    step.becomes = step.to;
    step.method = "GET";
    step.url = flow::fromSetup(baseUrl(provider) + u"/.well-known/openid-configuration"_s, provider.pointer + u"/issuer"_s);
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.yields = {
        {.pointer = u"/authorization_endpoint"_s, .slot = frame.slot(u"authorization_endpoint"_s)},
        {.pointer = u"/token_endpoint"_s, .slot = frame.slot(u"token_endpoint"_s)},
        {.pointer = u"/jwks_uri"_s, .slot = frame.slot(u"jwks_uri"_s)},
        {.pointer = u"/authorization_response_iss_parameter_supported"_s, .slot = frame.slot(u"iss promised"_s), .required = false},
    };
    step.expects = {
        {.on = Expectation::On::Reply, .name = u"/issuer"_s, .how = Expectation::How::Equals, .value = issuer(provider),
            .id = u"issuer"_s, .title = u"Issuer of the metadata"_s, .source = u"OpenID Connect Discovery, 4.3"_s},
        {.on = Expectation::On::Reply, .name = u"/code_challenge_methods_supported"_s, .how = Expectation::How::ContainsIfPresent,
            .value = flow::literal("S256"), .id = u"code_challenge_method"_s, .title = u"PKCE with S256"_s, .source = u"RFC 7636, 4.2; RFC 8414, 2"_s},
    };
    return step;
}

flow::Step signInAt(const setup::Provider& provider, const setup::User* user, const flow::Frame& frame)
{
    flow::Step step = common(provider, u"sign-in"_s, frame);
    step.title = u"Sign in"_s;
    step.shortTitle = u"Sign in"_s;
    step.from = userParty(user);
    step.becomes = {flow::PartyKind::Issuer, u"sign-in-page"_s, u"Sign-in page"_s};
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"sign-in"_s}};
    step.contract = {u"oidc.provider"_s, provider.pointer};
    step.contractKind = u"client registration"_s;
    step.contractName = provider.clientId;
    step.method = "GET";
    step.interactive = true;
    step.url = flow::fromReply(frame.slot(u"authorization_endpoint"_s));
    step.query = {
        {"client_id", clientId(provider)},
        {"response_type", flow::literal("code")},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"scope", scopes(provider)},
        {"state", flow::made(Made::State)},
        {"nonce", flow::made(Made::Nonce)},
        {"code_challenge", flow::made(Made::Challenge)},
        {"code_challenge_method", flow::literal("S256")},
    };
    if (user)
        step.query.append({"login_hint", flow::fromSetup(user->username, user->pointer + u"/username"_s)});
    step.yields = {{.pointer = u"/code"_s, .slot = frame.slot(u"code"_s)}};
    step.expects = {
        {.on = Expectation::On::Reply, .name = u"/state"_s, .how = Expectation::How::Equals, .value = flow::made(Made::State),
            .id = u"state"_s, .title = u"State"_s, .source = u"RFC 6749, 10.12"_s},
        {.on = Expectation::On::Reply, .name = u"/iss"_s, .how = Expectation::How::EqualsIfPromised, .value = issuer(provider),
            .promisedBy = frame.slot(u"iss promised"_s), .id = u"iss"_s, .title = u"Issuer of the answer"_s, .source = u"RFC 9207, 2.4"_s},
    };
    return step;
}

flow::Step redeemAt(const setup::Provider& provider, const setup::User* user, const flow::Frame& frame)
{
    flow::Step step = common(provider, u"redeem"_s, frame);
    step.title = u"Redeem the code"_s;
    step.shortTitle = u"Redeem code"_s;
    step.from = {flow::PartyKind::App, u"client"_s, u"Trustwalk"_s};
    step.becomes = {flow::PartyKind::App, u"client"_s, u"Trustwalk"_s};
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"code and verifier"_s}};
    step.contract = {u"oidc.provider"_s, provider.pointer};
    step.contractKind = u"code and PKCE"_s;
    step.contractName = provider.clientId;
    step.url = flow::fromReply(frame.slot(u"token_endpoint"_s));
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Form;
    step.body = {
        {"grant_type", flow::literal("authorization_code")},
        {"client_id", clientId(provider)},
        {"code", flow::fromReply(frame.slot(u"code"_s))},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"code_verifier", flow::made(Made::Verifier)},
    };
    const flow::Party speaker = userParty(user);
    step.audienceAsked = apiScopes(provider);
    step.yields = {
        {.pointer = u"/access_token"_s, .slot = frame.slot(u"Tc"_s), .token = true, .speaker = speaker},
        {.pointer = u"/id_token"_s, .slot = frame.slot(u"Ti"_s), .token = true, .use = flow::TokenUse::Id, .required = provider.scopes.contains(u"openid"_s), .speaker = speaker},
        {.pointer = u"/refresh_token"_s, .slot = frame.slot(u"Tr"_s), .token = true, .use = flow::TokenUse::Refresh, .required = false, .speaker = speaker},
    };
    step.expects = {flow::tokenType()};
    if (provider.scopes.contains(u"openid"_s))
        step.expects.append({
            {.on = Expectation::On::TokenClaim, .slot = frame.slot(u"Ti"_s), .name = u"nonce"_s, .how = Expectation::How::Equals,
                .value = flow::made(Made::Nonce), .id = u"nonce"_s, .title = u"Nonce in the id token"_s, .source = u"OpenID Connect Core, 3.1.3.7"_s},
            {.on = Expectation::On::TokenClaim, .slot = frame.slot(u"Ti"_s), .name = u"iss"_s, .how = Expectation::How::Equals,
                .value = issuer(provider), .id = u"issuer"_s, .title = u"Issuer of the id token"_s, .source = u"OpenID Connect Core, 3.1.3.7"_s},
            flow::idTokenOf(frame.slot(u"Ti"_s), clientId(provider)),
        });
    return step;
}

flow::KeySource keysAt(const setup::Provider& provider, const flow::Frame& frame)
{
    return {.issuer = provider.issuer, .url = flow::fromReply(frame.slot(u"jwks_uri"_s))};
}

} // namespace federation
