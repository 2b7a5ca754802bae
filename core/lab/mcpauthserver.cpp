// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauthserver.h"

#include "core/lab/jsontext.h"
#include "core/lab/mcpauth_p.h"
#include "core/lab/mcpclients.h"
#include "core/lab/reply.h"
#include "core/lab/tenantcall.h"
#include "core/trust/mcpauth.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

QStringList scopesOf(const McpAuthCall& call)
{
    QStringList out;
    for (const setup::Target* target : trust::mcpTargetsOf(call.world.setup, call.issuer)) {
        for (const QString& scope : target->scopes) {
            if (!out.contains(scope))
                out.append(scope);
        }
    }
    return out << u"offline_access"_s;
}

/// A fault lets the document name another issuer than the one it was found at.
QString namedIssuer(const McpAuthCall& call)
{
    return call.world.hasFault(u"mcp-issuer-mismatch") ? QString(call.issuer + u'/') : call.issuer;
}

http::ServerResponse metadata(const McpAuthCall& call)
{
    JsonText json;
    json.text("issuer", namedIssuer(call))
        .text("authorization_endpoint", call.at("/authorize"_L1))
        .text("token_endpoint", call.at("/token"_L1))
        .text("registration_endpoint", call.at("/register"_L1))
        .text("jwks_uri", call.at("/jwks"_L1))
        .list("response_types_supported", {u"code"_s})
        .list("response_modes_supported", {u"query"_s})
        .list("grant_types_supported",
            {u"authorization_code"_s, u"refresh_token"_s, u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s})
        .list("authorization_grant_profiles_supported", {u"urn:ietf:params:oauth:grant-profile:id-jag"_s})
        .list("token_endpoint_auth_methods_supported", {u"none"_s, u"client_secret_basic"_s, u"client_secret_post"_s})
        .list("scopes_supported", scopesOf(call))
        .flag("authorization_response_iss_parameter_supported", true)
        .flag("client_id_metadata_document_supported", true);
    if (!call.world.hasFault(u"mcp-no-s256"))
        json.list("code_challenge_methods_supported", {u"S256"_s});
    return metadataReply(std::move(json));
}

http::ServerResponse keys(const McpAuthCall& call) { return documentReply(mcpKeys(call.world, call.issuer).jwks); }

struct Route
{
    const char* methods;
    const char* path;
    http::ServerResponse (*answer)(const McpAuthCall&);
};
constexpr Route routes[] {{"GET HEAD", "/jwks", keys}, {"POST", "/register", mcpRegister},
    {"GET POST", "/authorize", mcpAuthorize}, {"POST", "/login", mcpLogin}, {"POST", "/consent", mcpConsent},
    {"POST", "/token", mcpTokens}};

} // namespace

const IssuerKeys& mcpKeys(const World& world, const QString& issuer)
{
    return world.outside(mcpKeyName(issuer));
}

http::Form McpAuthCall::parameters() const
{
    if (request.method != "POST")
        return http::parseForm(request.query);
    return isForm(request.headers) ? http::parseForm(request.body) : http::Form();
}

http::ServerResponse mcpError(const McpAuthCall&, const base::Refusal& refusal)
{
    return jsonReply(refusal.status,
        JsonText().text("error", refusal.error).text("error_description", refusal.text).done());
}

http::ServerResponse mcpAuthMetadata(World& world, const QString& issuer)
{
    static const http::ServerRequest none;
    return metadata({world, issuer, none});
}

http::ServerResponse mcpAuthServer(World& world, const QString& issuer, const http::ServerRequest& request, const QByteArray& path)
{
    const auto route = std::ranges::find_if(routes, [&path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return notFound();
    if (!QByteArray(route->methods).split(' ').contains(request.method))
        return textReply(405, "This address of the lab takes other methods.\n");
    return route->answer({world, issuer, request});
}

} // namespace lab
