// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "authresponse.h"

#include "core/lab/entraerror.h"
#include "core/lab/pages.h"
#include "core/lab/reply.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr std::chrono::seconds codeLifetime {60};

/// A redirect URI without a path gets one in the answer (entra.md 2.4).
QByteArray withPath(const QByteArray& redirectUri)
{
    const http::UrlParts parts = http::splitUrl(redirectUri);
    const bool bare = parts.path.isEmpty() && parts.query.isEmpty() && parts.scheme.startsWith("http");
    return bare ? QByteArray(redirectUri + '/') : redirectUri;
}

QByteArray responseMode(const http::Form& request)
{
    const QByteArray mode = request.value("response_mode");
    return mode.isEmpty() ? QByteArray("query") : mode;
}

http::ServerResponse posted(const QByteArray& redirectUri, const http::Form& parameters)
{
    QList<Hidden> hidden;
    for (const http::Parameter& p : parameters)
        hidden.append({p.name, p.value});
    return htmlReply(200, formPostPage(redirectUri, hidden), formPostScriptHash());
}

} // namespace

http::ServerResponse authorizationResponse(const AuthorizeCall& a, http::Form parameters)
{
    if (a.request.has("state"))
        parameters.append({"state", a.request.value("state")});
    if (a.decision.tenant)
        parameters.append({"iss", a.decision.tenant->issuerV2().toUtf8()});
    const QByteArray redirectUri = a.request.value("redirect_uri");
    const QByteArray mode = responseMode(a.request);
    if (mode == "form_post")
        return posted(redirectUri, parameters);
    const QByteArray address = withPath(redirectUri);
    const char mark = mode == "fragment" ? '#' : address.contains('?') ? '&' : '?';
    return redirectReply(QByteArray(address + mark + http::encodeForm(parameters)));
}

http::ServerResponse authorizationError(const AuthorizeCall& a, const base::Refusal& refusal)
{
    const QByteArray trace = a.call.world.entropy.guid();
    return authorizationResponse(a,
        {{"error", refusal.error.toUtf8()}, {"error_description", entraDescription(a.call, refusal, trace)}});
}

http::ServerResponse authorizationGranted(const AuthorizeCall& a, const setup::User& user)
{
    World& world = a.call.world;
    const SessionId session = world.entropy.guid();
    const QByteArray method = a.request.value("code_challenge_method");
    const QByteArray code = world.ledger.addCode(
        {.clientId = a.decision.client->clientId,
            .redirectUri = QString::fromUtf8(a.request.value("redirect_uri")),
            .challenge = method == "S256" ? QString::fromUtf8(a.request.value("code_challenge")) : QString(),
            .userObjectId = user.objectId,
            .tenantId = a.decision.tenant->id,
            .scopes = QString::fromUtf8(a.request.value("scope")).split(u' ', Qt::SkipEmptyParts),
            .nonce = QString::fromUtf8(a.request.value("nonce")),
            .expires = a.call.now + codeLifetime},
        session);
    return authorizationResponse(a, {{"code", code}, {"session_state", session}});
}

} // namespace lab
