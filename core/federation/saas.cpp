// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saas.h"

#include "core/flow/demands.h"
#include "core/setup/saasprofile.h"
#include "core/setup/targetsecrets.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;
using flow::Made;

namespace {

flow::Value member(const setup::Target& target, const QString& text, const QString& name)
{
    return flow::fromSetup(text, target.pointer + u'/' + name);
}

flow::Party client() { return {flow::PartyKind::App, u"client"_s, u"Trustwalk"_s}; }

flow::Party party(const setup::User& user)
{
    return {flow::PartyKind::User, user.name, user.displayName.isEmpty() ? user.username : user.displayName};
}

QString serverMember(const setup::Target& target) { return target.authorizationServer.isEmpty() ? u"url"_s : u"authorizationServer"_s; }
QString tokenMember(const setup::Target& target) { return target.credentialsUrl.isEmpty() ? serverMember(target) : u"credentialsUrl"_s; }

setup::SecretKey refreshKey(const setup::Setup& setup, const setup::Target& target, const setup::User& user)
{
    return setup::secretKey(setup, target, u"refresh-token of "_s + user.name);
}

flow::Step tokenRequest(const setup::Setup& setup, const setup::Target& target, const char* grant, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = step.becomes = client();
    step.to = saasParty(target);
    step.contract = {u"saas.token"_s, target.pointer};
    step.contractName = target.clientId;
    step.url = member(target, setup::saasTokenUrl(target), tokenMember(target));
    step.format = flow::BodyFormat::Form;
    step.body = {{"grant_type", flow::literal(grant)}, {"client_id", member(target, target.clientId, u"clientId"_s)}};
    step.expects = {flow::tokenTypeIfAny()};
    if (setup::hasClientSecret(target))
        step.body.append({"client_secret", flow::fromSecret(setup::secretKey(setup, target))});
    // GitHub answers a form where nobody asks for JSON; it is read as it comes.
    if (!setup::saasProfile(target).formAnswer)
        step.headers = {{"Accept", flow::literal("application/json")}};
    return step;
}

flow::Yield accessYield(const setup::User& user, const QString& slot)
{
    return {.pointer = u"/access_token"_s, .slot = slot, .token = true, .speaker = party(user)};
}

flow::Yield refreshYield(const setup::User& user, const QString& slot)
{
    return {.pointer = u"/refresh_token"_s, .slot = slot, .token = true, .use = flow::TokenUse::Refresh, .required = false,
        .speaker = party(user)};
}

} // namespace

flow::Party saasParty(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
}

flow::Step saasSignIn(const setup::Target& target, const setup::User& user, const QStringList& scopes, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"saas-sign-in"_s);
    step.title = u"Sign in at %1"_s.arg(saasParty(target).title);
    step.shortTitle = u"Sign in"_s;
    step.explain = u"saas-sign-in"_s;
    step.group = frame.group;
    step.from = party(user);
    step.to = saasParty(target);
    step.becomes = {flow::PartyKind::Issuer, u"sign-in-page"_s, u"Sign-in page"_s};
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"sign-in"_s}};
    step.contract = {u"saas.authorize"_s, target.pointer};
    step.contractKind = u"client registration"_s;
    step.contractName = target.clientId;
    step.method = "GET";
    step.interactive = true;
    step.url = member(target, setup::saasAuthorizeUrl(target), serverMember(target));
    step.query = {
        {"client_id", member(target, target.clientId, u"clientId"_s)},
        {"response_type", flow::literal("code")},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"scope", member(target, scopes.join(u' '), u"scopes"_s)},
        {"state", flow::made(Made::State)},
        {"code_challenge", flow::made(Made::Challenge)},
        {"code_challenge_method", flow::literal("S256")},
    };
    if (setup::saasProfile(target).offlineByParameter) {
        step.query.append({"access_type", flow::literal("offline")});
        step.query.append({"prompt", flow::literal("consent")});
    }
    step.yields = {{.pointer = u"/code"_s, .slot = frame.slot(u"code"_s)}};
    step.expects = {{.on = Expectation::On::Reply, .name = u"/state"_s, .how = Expectation::How::Equals, .value = flow::made(Made::State),
        .id = u"state"_s, .title = u"State"_s, .source = u"RFC 6749, 10.12"_s}};
    return step;
}

flow::Step saasRedeem(const setup::Setup& setup, const setup::Target& target, const setup::User& user, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(setup, target, "authorization_code", frame);
    step.id = frame.id(u"saas-redeem"_s);
    step.title = u"Redeem the code"_s;
    step.shortTitle = u"Redeem code"_s;
    step.explain = u"saas-redeem"_s;
    step.presents = {{.kind = flow::Evidence::Kind::SignIn, .title = u"code and verifier"_s}};
    step.contractKind = u"code and PKCE"_s;
    step.body.append({
        {"code", flow::fromReply(frame.slot(u"code"_s))},
        {"redirect_uri", flow::made(Made::RedirectUri)},
        {"code_verifier", flow::made(Made::Verifier)},
    });
    step.yields = {accessYield(user, frame.slot(u"Ts"_s)), refreshYield(user, frame.slot(u"Tr"_s))};
    if (setup::saasProfile(target).instanceUrl)
        step.yields.append({.pointer = u"/instance_url"_s, .slot = frame.slot(u"instance_url"_s)});
    return step;
}

flow::Step saasCall(const setup::Target& target, const flow::Party& asker, const QString& slot, const QString& id, const flow::Frame& frame)
{
    const setup::SaasProfile& profile = setup::saasProfile(target);
    const QString path = QString::fromLatin1(profile.callPath);
    flow::Step step;
    step.id = frame.id(id);
    step.title = u"Ask %1 who this is"_s.arg(saasParty(target).title);
    step.shortTitle = u"Call API"_s;
    step.explain = u"saas-call"_s;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = saasParty(target);
    step.presents = {{.slot = frame.slot(slot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(slot)}};
    step.contract = {u"saas.call"_s, target.pointer};
    step.contractKind = u"token of the provider"_s;
    step.contractName = step.to.title;
    step.method = "GET";
    // Salesforce names the API's address in the token answer; a token from elsewhere goes to the address of the setup.
    step.url = profile.instanceUrl && asker == client()
        ? flow::joined({flow::fromReply(frame.slot(u"instance_url"_s)), flow::literal(path.toLatin1())})
        : member(target, target.url + path, u"url"_s);
    step.headers = {
        {"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(frame.slot(slot))})},
        {"Accept", flow::literal("application/json")},
    };
    return step;
}

flow::Step saasRefresh(const setup::Setup& setup, const setup::Target& target, const setup::User& user, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(setup, target, "refresh_token", frame);
    step.id = frame.id(u"saas-refresh"_s);
    step.title = u"Refresh the token"_s;
    step.shortTitle = u"Refresh"_s;
    step.explain = u"saas-refresh"_s;
    step.presents = {{.slot = frame.slot(u"Tr"_s), .kind = flow::Evidence::Kind::Token, .title = frame.slot(u"Tr"_s)}};
    step.contractKind = u"refresh token"_s;
    step.body.append({"refresh_token", flow::fromSecret(refreshKey(setup, target, user))});
    step.yields = {accessYield(user, frame.slot(u"Ts2"_s))};
    if (setup::rotatesRefreshTokens(target))
        step.yields.append(refreshYield(user, frame.slot(u"Tr2"_s)));
    return step;
}

} // namespace federation
