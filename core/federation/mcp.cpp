// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp_p.h"

#include "core/flow/awaited.h"
#include "core/http/message.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;

namespace {

constexpr auto metadataPage = "MCP authorization 2026-07-28, authorization server metadata discovery; RFC 8414, 3.3";

/// The places where metadata may be, in order (RFC 8414 section 3.1, OpenID Connect Discovery section 4.1).
QStringList placesOf(const QString& issuer)
{
    const http::UrlParts parts = http::splitUrl(issuer.toUtf8());
    const QString origin = QString::fromUtf8(parts.origin());
    QString path = QString::fromUtf8(parts.path);
    if (path.endsWith(u'/'))
        path.chop(1);
    QStringList places {origin + u"/.well-known/oauth-authorization-server"_s + path, origin + u"/.well-known/openid-configuration"_s + path};
    if (!path.isEmpty())
        places.append(origin + path + u"/.well-known/openid-configuration"_s);
    return places;
}

QList<Expectation> metadataChecks(const McpWalk& walk)
{
    const QString pointer = walk.tenant ? QString(walk.tenant->pointer + u"/authority"_s) : QString(walk.target.pointer + u"/authorizationServer"_s);
    QList<Expectation> checks {
        {.on = Expectation::On::Reply, .name = u"/issuer"_s, .how = Expectation::How::Equals, .value = flow::fromSetup(walk.issuer(), pointer),
            .id = u"mcp.issuer"_s, .title = u"Issuer of the metadata"_s, .source = QString::fromLatin1(metadataPage)},
    };
    checks.append({.on = Expectation::On::Reply, .name = u"/code_challenge_methods_supported"_s,
        .how = Expectation::How::ContainsIfPresent, .value = flow::literal("S256"),
        .id = u"mcp.s256"_s, .title = u"PKCE with S256"_s, .source = u"MCP authorization 2026-07-28, authorization code protection"_s});
    if (walk.documented)
        checks.append({.on = Expectation::On::Reply, .name = u"/client_id_metadata_document_supported"_s, .how = Expectation::How::Equals,
            .value = flow::literal("true"), .id = u"mcp.document"_s, .title = u"Takes clients' metadata documents"_s,
            .source = u"MCP authorization 2026-07-28, client id metadata documents"_s});
    return checks;
}

QList<flow::Yield> metadataYields(const McpWalk& walk, const flow::Frame& frame)
{
    QList<flow::Yield> yields;
    for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"})
        yields.append({.pointer = u'/' + QString::fromLatin1(name), .slot = frame.slot(QString::fromLatin1(name))});
    yields.append({.pointer = u"/registration_endpoint"_s, .slot = frame.slot(u"registration_endpoint"_s), .required = walk.registers});
    // A server that does not list PKCE is refused. Entra enforces it and does not list it (entra.md 1.2): there the absence
    // says nothing.
    yields.append({.pointer = u"/code_challenge_methods_supported/0"_s, .slot = frame.slot(u"challenge method"_s), .required = !walk.tenant});
    yields.append({.pointer = u"/authorization_response_iss_parameter_supported"_s, .slot = frame.slot(u"iss promised"_s), .required = false});
    return yields;
}

} // namespace

flow::Party mcpServerParty(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
}

flow::Party mcpClientParty(const McpWalk& walk)
{
    if (!walk.client)
        return {flow::PartyKind::App, u"client"_s, u"Trustwalk"_s};
    return {flow::PartyKind::App, walk.client->name, walk.client->displayName.isEmpty() ? walk.client->name : walk.client->displayName};
}

flow::Party mcpAuthorizationParty(const McpWalk& walk)
{
    if (walk.tenant)
        return {flow::PartyKind::Issuer, u"entra"_s, u"Entra"_s};
    return {flow::PartyKind::Issuer, u"mcp-authorization-server"_s, mcpServerParty(walk.target).title + u" sign-in"_s};
}

flow::Value mcpUrl(const McpWalk& walk) { return flow::fromSetup(walk.target.url, walk.target.pointer + u"/url"_s); }

flow::Value mcpClientId(const McpWalk& walk, const flow::Frame& frame)
{
    if (walk.registers)
        return flow::fromReply(frame.slot(u"client_id"_s));
    if (walk.tenant && walk.client)
        return flow::fromSetup(walk.client->clientId, walk.client->pointer + u"/clientId"_s);
    return flow::fromSetup(walk.target.clientId, walk.target.pointer + u"/clientId"_s);
}

flow::Step mcpStep(const McpWalk& walk, const QString& id, const QString& title, const QString& shortTitle, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(id);
    step.title = title;
    step.shortTitle = shortTitle;
    step.explain = id;
    step.group = frame.group;
    step.from = mcpClientParty(walk);
    step.to = step.becomes = mcpServerParty(walk.target);
    return step;
}

namespace {

/// A step that reads a document which may be elsewhere: a 404 leads to the next place (MCP authorization 2026-07-28, discovery).
flow::Step placeStep(const McpWalk& walk, const QString& id, const QString& title, const QString& shortTitle, qsizetype place, qsizetype places, const flow::Frame& frame)
{
    const QString ordinal = u", place %1"_s.arg(place + 1);
    flow::Step step = mcpStep(walk, id, title + ordinal, shortTitle + ordinal, frame);
    step.id += place == 0 ? QString() : u"-%1"_s.arg(place + 1);
    step.method = "GET";
    step.headers = {{"Accept", flow::literal("application/json")}};
    if (place + 1 < places)
        step.welcome = {404};
    return step;
}

QList<Expectation> resourceChecks(const McpWalk& walk)
{
    const QString pointer = walk.tenant ? walk.tenant->pointer : QString(walk.target.pointer + u"/authorizationServer"_s);
    return {
        {.on = Expectation::On::Reply, .name = u"/resource"_s, .how = Expectation::How::Equals, .value = mcpUrl(walk), .id = u"mcp.resource"_s,
            .title = u"Resource of the metadata"_s, .source = u"RFC 9728, 3.3"_s},
        {.on = Expectation::On::Reply, .name = u"/authorization_servers"_s, .how = Expectation::How::ContainsIfPresent,
            .value = flow::fromSetup(walk.issuer(), pointer), .id = u"mcp.server"_s, .title = u"Authorization server"_s, .source = u"RFC 9728, 2"_s},
    };
}

/// The address that the challenge names; else before the server's path, else at the root (RFC 9728 section 3.1).
QList<flow::Value> resourcePlaces(const McpWalk& walk, const flow::Frame& frame)
{
    const http::UrlParts parts = http::splitUrl(walk.target.url.toUtf8());
    const QString root = QString::fromUtf8(parts.origin()) + u"/.well-known/oauth-protected-resource"_s, pointer = walk.target.pointer + u"/url"_s;
    QList<flow::Value> places {flow::fromReply(frame.slot(u"resource_metadata"_s))};
    if (!parts.path.isEmpty() && parts.path != "/")
        places.append(flow::fromSetup(root + QString::fromUtf8(parts.path), pointer));
    places.append(flow::fromSetup(root, pointer));
    return places;
}

} // namespace

QList<flow::Step> mcpResourceMetadata(const McpWalk& walk, const flow::Frame& frame)
{
    const QList<flow::Value> places = resourcePlaces(walk, frame);
    const QString challenge = frame.id(u"mcp-challenge"_s);
    QList<flow::Step> steps;
    for (qsizetype i = 0; i < places.size(); ++i) {
        flow::Step step = placeStep(walk, u"mcp-resource-metadata"_s, u"Read the server's metadata"_s, u"Server metadata"_s, i, places.size(), frame);
        step.contract = {u"mcp.metadata"_s, walk.target.pointer};
        step.contractKind = u"resource and issuers"_s;
        step.contractName = step.to.title;
        step.url = places[i];
        step.yields = {
            {.pointer = u"/resource"_s, .slot = frame.slot(u"resource"_s)},
            {.pointer = u"/authorization_servers/0"_s, .slot = frame.slot(u"authorization server"_s)},
        };
        step.expects = resourceChecks(walk);
        if (i == 0) {
            step.onlyAfter = flow::Step::OnlyAfter {challenge, {401}};
            step.expects.append(flow::givenIn(challenge, frame.slot(u"resource_metadata"_s)));
        } else {
            // A place that was left out has the status 0: the challenge named none.
            step.onlyAfter = flow::Step::OnlyAfter {steps.back().id, i == 1 ? QList<int> {0, 404} : QList<int> {404}};
        }
        steps.append(step);
    }
    return steps;
}

QList<flow::Step> mcpServerMetadata(const McpWalk& walk, const flow::Frame& frame)
{
    const QStringList places = placesOf(walk.issuer());
    QList<flow::Step> steps;
    for (qsizetype i = 0; i < places.size(); ++i) {
        flow::Step step
            = placeStep(walk, u"mcp-server-metadata"_s, u"Read the authorization server's metadata"_s, u"Metadata"_s, i, places.size(), frame);
        step.to = step.becomes = mcpAuthorizationParty(walk);
        step.url = flow::fromSetup(places[i], walk.tenant ? walk.tenant->pointer + u"/authority"_s : walk.target.pointer + u"/authorizationServer"_s);
        step.expects = metadataChecks(walk);
        if (i > 0)
            step.onlyAfter = flow::Step::OnlyAfter {steps.back().id, {404}};
        step.yields = metadataYields(walk, frame);
        steps.append(step);
    }
    return steps;
}

flow::Step mcpRegister(const McpWalk& walk, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, u"mcp-register"_s, u"Register this client"_s, u"Register"_s, frame);
    step.to = step.becomes = mcpAuthorizationParty(walk);
    step.url = flow::fromReply(frame.slot(u"registration_endpoint"_s));
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"client_name", flow::literal("Trustwalk")},
        // The port of a loopback address is free (RFC 8252, 7.3); it is not known yet.
        {"redirect_uris", flow::literal(R"(["http://127.0.0.1/callback"])"), true},
        {"grant_types", flow::literal(R"(["authorization_code"])"), true},
        {"response_types", flow::literal(R"(["code"])"), true},
        {"token_endpoint_auth_method", flow::literal("none")},
        {"application_type", flow::literal("native")},
        {"scope", flow::fromSetup(walk.scopes, walk.scopesPointer)},
    };
    step.yields = {{.pointer = u"/client_id"_s, .slot = frame.slot(u"client_id"_s)}};
    return step;
}

flow::Step mcpClientDocument(const McpWalk& walk, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, u"mcp-client-document"_s, u"Read the client's own document"_s, u"Client document"_s, frame);
    step.to = step.becomes = {flow::PartyKind::App, u"client-host"_s, u"The client's host"_s};
    step.method = "GET";
    step.url = mcpClientId(walk, frame);
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.yields = {{.pointer = u"/client_name"_s, .slot = frame.slot(u"client name"_s)},
        {.pointer = u"/redirect_uris/0"_s, .slot = frame.slot(u"document redirect"_s)}};
    step.expects = {{.on = Expectation::On::Reply, .name = u"/client_id"_s, .how = Expectation::How::Equals, .value = mcpClientId(walk, frame),
        .id = u"mcp.document.client_id"_s, .title = u"Client id in the document"_s, .source = u"OAuth client id metadata document (draft), 4"_s}};
    return step;
}

flow::KeySource mcpKeys(const McpWalk& walk, const flow::Frame& frame)
{
    return {.issuer = walk.issuer(), .url = flow::fromReply(frame.slot(u"jwks_uri"_s))};
}

} // namespace federation
