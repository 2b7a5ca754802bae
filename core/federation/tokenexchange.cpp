// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenexchange.h"

#include "core/flow/demands.h"
#include "core/http/message.h"
#include "core/setup/targetsecrets.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;

namespace {

constexpr auto exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
constexpr auto jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr auto accessToken = "urn:ietf:params:oauth:token-type:access_token";

flow::Party party(const setup::Target& server)
{
    return {flow::PartyKind::Downstream, server.name, server.displayName.isEmpty() ? server.name : server.displayName};
}

flow::Value member(const setup::Target& server, const QString& text, const QString& name)
{
    return flow::fromSetup(text, server.pointer + u'/' + name);
}

QString metadataUrl(const setup::Target& server)
{
    const http::UrlParts parts = http::splitUrl(server.url.toUtf8());
    return QString::fromUtf8(parts.origin() + "/.well-known/oauth-authorization-server" + parts.path);
}

flow::Evidence evidence(const QString& slot) { return {.slot = slot, .kind = flow::Evidence::Kind::Token, .title = slot}; }

flow::Step tokenRequest(const Exchange& x, const char* grant, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = x.asker;
    step.to = step.becomes = party(x.server);
    step.contractName = x.server.audience;
    step.url = flow::fromReply(frame.slot(u"exchange token_endpoint"_s));
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Form;
    step.body = {{"grant_type", flow::literal(grant)}};
    step.presents = {evidence(frame.slot(x.subject))};
    step.audienceAsked = x.audienceText;
    step.expects = {flow::tokenType()};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(x.slot), .token = true, .speaker = x.speaker}};
    return step;
}

void askFor(flow::Step& step, const Exchange& x)
{
    step.body.append({"audience", x.audience});
    if (!x.scopes.isEmpty())
        step.body.append({"scope", member(x.server, x.scopes.join(u' '), u"scopes"_s)});
}

void authenticate(flow::Step& step, const Exchange& x)
{
    step.body.append({"client_id", member(x.server, x.server.clientId, u"clientId"_s)});
    if (setup::hasClientSecret(x.server))
        step.body.append({"client_secret", flow::fromSecret(setup::secretKey(x.setup, x.server))});
}

} // namespace

flow::Step exchangeMetadata(const setup::Target& server, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"exchange-metadata"_s);
    step.title = u"Read the exchange's metadata"_s;
    step.shortTitle = u"Metadata"_s;
    step.explain = u"exchange-metadata"_s;
    step.group = frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, u"Trustwalk"_s};
    step.to = step.becomes = party(server);
    step.method = "GET";
    step.url = member(server, metadataUrl(server), u"url"_s);
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.yields = {
        {.pointer = u"/token_endpoint"_s, .slot = frame.slot(u"exchange token_endpoint"_s)},
        {.pointer = u"/jwks_uri"_s, .slot = frame.slot(u"exchange jwks_uri"_s)},
    };
    step.expects = {{.on = Expectation::On::Reply, .name = u"/issuer"_s, .how = Expectation::How::Equals, .value = member(server, server.url, u"url"_s),
        .id = u"issuer"_s, .title = u"Issuer of the metadata"_s, .source = u"RFC 8414, 3.3"_s}};
    return step;
}

flow::Step exchangeToken(const Exchange& x, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(x, exchangeGrant, frame);
    const bool delegation = !x.actor.isEmpty();
    step.id = frame.id(u"exchange-token"_s);
    step.title = delegation ? u"Exchange, with the actor named"_s : u"Exchange the user's token"_s;
    step.shortTitle = u"Exchange"_s;
    step.explain = delegation ? u"exchange-token.delegation"_s : u"exchange-token"_s;
    step.contract = {u"token-exchange"_s, x.server.pointer};
    step.contractKind = delegation ? u"subject and actor"_s : u"subject"_s;
    step.body.append({
        {"subject_token", flow::fromToken(frame.slot(x.subject))},
        {"subject_token_type", flow::literal(accessToken)},
        {"requested_token_type", flow::literal(accessToken)},
    });
    if (delegation) {
        step.body.append({
            {"actor_token", flow::fromToken(frame.slot(x.actor))},
            {"actor_token_type", flow::literal(accessToken)},
        });
        step.presents.append(evidence(frame.slot(x.actor)));
    }
    askFor(step, x);
    authenticate(step, x);
    step.yields.append({.pointer = u"/issued_token_type"_s, .slot = frame.slot(u"issued_token_type"_s)});
    return step;
}

flow::Step grantByJwt(const Exchange& x, const flow::Frame& frame)
{
    flow::Step step = tokenRequest(x, jwtGrant, frame);
    step.id = frame.id(u"jwt-grant"_s);
    step.title = u"Present the JWT as a grant"_s;
    step.shortTitle = u"JWT grant"_s;
    step.explain = u"jwt-grant"_s;
    step.contract = {u"jwt-grant"_s, x.server.pointer};
    step.contractKind = u"assertion"_s;
    step.body.append({x.sendAs.isEmpty() ? QByteArray("assertion") : x.sendAs, flow::fromToken(frame.slot(x.subject))});
    askFor(step, x);
    authenticate(step, x);
    return step;
}

flow::KeySource exchangeKeys(const setup::Target& server, const flow::Frame& frame)
{
    return {.issuer = server.url, .url = flow::fromReply(frame.slot(u"exchange jwks_uri"_s))};
}

} // namespace federation
