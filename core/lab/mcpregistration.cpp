// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/base/jsontexts.h"
#include "core/lab/jsontext.h"
#include "core/lab/mcpclients.h"
#include "core/lab/reply.h"
#include "core/trust/mcpauth.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qsizetype mostRedirects = 10;

/// MCP authorization, communication security: https, or plain http on this machine. Native apps may bring a scheme of
/// their own (RFC 8252 section 7.1).
bool isTakenRedirect(const QString& uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    if (!url.isValid() || url.hasFragment() || url.scheme().isEmpty())
        return false;
    if (url.scheme() == "http"_L1)
        return http::isLoopbackHost(url.host().toUtf8());
    return url.scheme() == "https"_L1 ? !url.host().isEmpty() : url.scheme().contains(u'.');
}

http::ServerResponse refused(const char* error, const char* text)
{
    return jsonReply(400,
        JsonText().text("error", QByteArrayView(error)).text("error_description", QByteArrayView(text)).done());
}

http::ServerResponse registered(const McpAuthCall& call, const trust::RegisteredClient& client, const json::Value& asked)
{
    JsonText out;
    out.text("client_id", client.clientId)
        .number("client_id_issued_at", base::epochSeconds(call.now()))
        .text("client_name", client.name)
        .list("redirect_uris", client.redirectUris)
        .list("grant_types", {u"authorization_code"_s, u"refresh_token"_s})
        .list("response_types", {u"code"_s})
        .text("token_endpoint_auth_method", client.authMethod)
        .text("application_type", asked["application_type"].isString() ? asked["application_type"].text() : u"web"_s)
        .text("scope", QString(client.scopes.join(u' ')));
    if (!client.secret.isEmpty())
        out.text("client_secret", QByteArrayView(client.secret)).number("client_secret_expires_at", 0);
    auto reply = jsonReply(201, out.done());
    return reply;
}

} // namespace

http::ServerResponse mcpRegister(const McpAuthCall& call)
{
    const auto body = json::Document::parse(call.request.body);
    if (!body || !body->root().isObject())
        return refused("invalid_client_metadata", "The body has to be a JSON object.");
    const json::Value asked = body->root();
    const QStringList redirects = json::textsIn(asked["redirect_uris"]);
    if (redirects.isEmpty() || redirects.size() > mostRedirects || !std::ranges::all_of(redirects, isTakenRedirect))
        return refused("invalid_redirect_uri", "Redirect URIs are https, or http on this machine.");
    const QString method = asked["token_endpoint_auth_method"].isString() ? asked["token_endpoint_auth_method"].text()
                                                                          : u"client_secret_basic"_s;
    const bool open = method == "none"_L1;
    if (!open && method != "client_secret_basic"_L1 && method != "client_secret_post"_L1)
        return refused("invalid_client_metadata", "The authentication method is not offered.");
    const auto targets = trust::mcpTargetsOf(call.world.setup, call.issuer);
    if (targets.isEmpty())
        return notFound();
    const auto client = mcpClientOf(call.world.entropy, {.name = asked["client_name"].text().left(100),
        .redirectUris = redirects,
        .scopes = asked["scope"].text().split(u' ', Qt::SkipEmptyParts),
        .authMethod = method,
        .target = targets.front()->name});
    return registered(call, client, asked);
}

} // namespace lab
