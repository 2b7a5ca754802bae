// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/base/jsontexts.h"
#include "core/trust/compare.h"
#include "core/trust/entratoken.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

const Answer mcpInvalidRequest {0, 400, "invalid_request", "The request is not well formed: {presented}."};
const Answer mcpInvalidClient {0, 401, "invalid_client", "The client '{presented}' is not known here, or did not prove itself."};
const Answer mcpInvalidGrant {0, 400, "invalid_grant", "The grant is not good: {presented}."};
const Answer mcpInvalidScope {0, 400, "invalid_scope", "The scope '{presented}' is not offered."};
const Answer mcpInvalidTarget {0, 400, "invalid_target", "The resource '{presented}' is not one of this server's."};

namespace {

constexpr Answer unsupportedResponse {0, 400, "unsupported_response_type", "Only codes are given out."};

QString orNothing(const QString& text) { return text.isEmpty() ? u"not in the request"_s : text; }

void checkRedirect(McpCase& c, McpAuthorizeDecision& decision)
{
    const QString asked = c.text("redirect_uri");
    base::Check check {.id = u"redirect_uri"_s, .title = u"Redirect URI"_s, .presented = orNothing(asked),
                       .relation = u"registered; the port of a loopback address is free"_s,
                       .fix = u"Register this redirect URI, or ask with a registered one."_s,
                       .presentedFrom = u"redirect_uri in the request"_s,
                       .expectedFrom = u"redirect URIs of the client"_s, .source = u"RFC 6749, 3.1.2; RFC 8252, 7.3"_s};
    if (!decision.client) {
        c.sheet.unknown(std::move(check), u"Only the authorization server knows what is registered there."_s);
        return;
    }
    check.expected = decision.client->redirectUris.join(u" or "_s);
    decision.redirectTrusted = redirectMatches(asked, decision.client->redirectUris);
    c.sheet.hold(std::move(check), decision.redirectTrusted, mcpInvalidRequest);
}

void checkResponseType(McpCase& c)
{
    c.sheet.hold({.id = u"response_type"_s, .title = u"Response type"_s, .expected = u"code"_s,
                  .presented = orNothing(c.text("response_type")), .relation = u"equal"_s, .fix = u"Ask for a code."_s,
                  .fixValue = u"code"_s, .presentedFrom = u"response_type in the request"_s,
                  .source = u"OAuth 2.1, 4.1.1"_s},
                 c.text("response_type") == "code"_L1, unsupportedResponse);
}

void checkChallenge(McpCase& c)
{
    const bool holds = c.text("code_challenge_method") == "S256"_L1 && c.form.value("code_challenge").size() == 43;
    c.sheet.hold({.id = u"code_challenge"_s, .title = u"PKCE"_s, .expected = u"a challenge with S256"_s,
                  .presented = c.text("code_challenge").isEmpty() ? u"no challenge"_s
                                                                  : u"%1, %2 characters"_s.arg(
                                                                        orNothing(c.text("code_challenge_method")),
                                                                        QString::number(c.form.value("code_challenge").size())),
                  .relation = u"SHA-256 of a secret of the client"_s,
                  .fix = u"Send the SHA-256 of a fresh verifier as base64url, and S256."_s,
                  .presentedFrom = u"code_challenge in the request"_s, .source = u"RFC 7636, 4.3"_s},
                 holds, mcpInvalidRequest);
}

} // namespace

QList<const setup::Target*> mcpTargetsOf(const setup::Setup& setup, QStringView issuer)
{
    QList<const setup::Target*> out;
    for (const setup::Target& target : setup.targets) {
        if (target.kind == "mcp"_L1 && !target.authorizationServer.isEmpty() && target.authorizationServer == issuer)
            out.append(&target);
    }
    return out;
}

McpClientSearch findMcpClient(McpCase& c, const QString& clientId)
{
    if (isClientDocumentId(clientId))
        return {.client = checkClientDocument(c, clientId), .known = c.document != nullptr, .documented = true};
    for (const setup::Target* target : mcpTargetsOf(c.setup, c.issuer)) {
        if (target->clientId.isEmpty() || target->clientId != clientId)
            continue;
        const json::Value settings = target->settings.root();
        const auto kept = c.knowledge.registered ? c.knowledge.registered(clientId.toUtf8()) : std::nullopt;
        return {.client = RegisteredClient {.clientId = clientId, .name = settings["clientName"].text(),
                    .redirectUris = json::textsIn(settings["redirectUris"]),
                    .authMethod = settings["publicClient"].boolean() ? u"none"_s : u"client_secret_post"_s,
                    .secret = kept ? kept->secret : QByteArray(),
                    .target = target->name},
            .owner = target};
    }
    if (!c.knowledge.registered)
        return {.known = false};
    auto found = c.knowledge.registered(clientId.toUtf8());
    const auto targets = mcpTargetsOf(c.setup, c.issuer);
    const bool here = found && std::ranges::any_of(targets, [&](const setup::Target* t) { return t->name == found->target; });
    return {.client = here ? std::move(found) : std::nullopt};
}

bool checkMcpClient(McpCase& c, const McpClientSearch& search, const QString& clientId, const Answer& answer)
{
    if (search.documented)
        return search.client.has_value() || !search.known;
    base::Check check {.id = u"client"_s, .title = u"Client"_s, .expected = u"a client of this authorization server"_s,
                       .presented = orNothing(clientId), .relation = search.owner ? u"known beforehand"_s : u"registered"_s,
                       .fix = u"Register at this authorization server. A client id of another one is nothing here."_s,
                       .presentedFrom = u"client_id in the request"_s,
                       .source = u"MCP authorization 2026-07-28, client registration"_s};
    if (!search.known) {
        c.sheet.unknown(std::move(check), u"Only the authorization server knows who registered there."_s);
        return true;
    }
    return c.sheet.hold(std::move(check), search.client.has_value(), answer);
}

const setup::Target* checkMcpResource(McpCase& c, const QString& presented)
{
    QStringList urls;
    const setup::Target* found = nullptr;
    for (const setup::Target* target : mcpTargetsOf(c.setup, c.issuer)) {
        urls.append(target->url);
        if (target->url == presented)
            found = target;
    }
    base::Check check {.id = u"resource.parameter"_s, .title = u"Parameter resource"_s,
                       .presentedFrom = u"resource in the request"_s,
                       .expectedFrom = u"MCP servers of this authorization server"_s, .source = u"RFC 8707, 2"_s};
    if (presented.isEmpty()) {
        check.expected = urls.join(u" or "_s);
        check.presented = u"not in the request"_s;
        check.fix = u"Send the URL of the MCP server as resource, at the authorize and at the token endpoint."_s;
        c.sheet.hold(std::move(check), false, mcpInvalidTarget);
        return nullptr;
    }
    check = comparedWithAny(std::move(check), {presented}, urls,
        {.setup = &c.setup, .presenter = u"request"_s, .contract = u"authorization server"_s, .requestIsWrong = true});
    c.sheet.add(std::move(check), mcpInvalidTarget);
    return found;
}

void checkMcpScopes(McpCase& c, const setup::Target* resource, const QStringList& asked)
{
    QStringList offered = resource ? resource->scopes : QStringList {};
    offered.append(u"offline_access"_s);
    QStringList unknown;
    for (const QString& scope : asked)
        if (!offered.contains(scope))
            unknown.append(scope);
    base::Check check {.id = u"scope"_s, .title = u"Scopes"_s, .expected = offered.join(u' '),
                       .presented = unknown.isEmpty() ? asked.join(u' ') : unknown.join(u' '), .relation = u"offered"_s,
                       .fix = u"Ask for scopes that the metadata lists."_s, .presentedFrom = u"scope in the request"_s,
                       .expectedFrom = u"scopes of the server"_s, .source = u"RFC 6749, 3.3"_s};
    if (resource)
        c.sheet.hold(std::move(check), unknown.isEmpty(), mcpInvalidScope);
}

McpAuthorizeDecision decideMcpAuthorize(const setup::Setup& setup, const QString& issuer, const http::Form& query,
    const Knowledge& knowledge, const ClientDocument* document)
{
    McpAuthorizeDecision decision;
    Sheet sheet(u"MCP authorization server"_s);
    McpCase c {setup, issuer, query, knowledge, sheet, document};
    sheet.begin(u"The client"_s);
    const McpClientSearch search = findMcpClient(c, c.text("client_id"));
    decision.client = search.client;
    if (checkMcpClient(c, search, c.text("client_id"), mcpInvalidClient))
        checkRedirect(c, decision);
    sheet.begin(u"The request"_s);
    checkResponseType(c);
    checkChallenge(c);
    decision.resource = checkMcpResource(c, c.text("resource"));
    decision.scopes = c.text("scope").split(u' ', Qt::SkipEmptyParts);
    checkMcpScopes(c, decision.resource, decision.scopes);
    decision.verdict = sheet.verdict(issuer);
    return decision;
}

} // namespace trust
