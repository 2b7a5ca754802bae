// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarserver.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/sidecartokens.h"
#include "core/lab/sites.h"
#include "core/lab/truth.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// RFC 9457, without a member for the code: who wants it reads it out of the detail (entra.md 8.3).
http::ServerResponse problem(int status, const QString& title, const QString& detail, const QByteArray& instance)
{
    auto reply = jsonReply(status, JsonText().text("type", u"https://tools.ietf.org/html/rfc9110#section-15.5"_s).text("title", title)
                                       .number("status", status).text("detail", detail).text("instance", QByteArrayView(instance)).done());
    reply.headers.set("Content-Type", "application/problem+json");
    return reply;
}

http::ServerResponse failed(const base::Error& error, const QByteArray& instance)
{
    if (error.code == "entra"_L1)
        return problem(401, u"Unauthorized"_s, error.text, instance);
    return problem(500, u"Internal Server Error"_s, u"An unexpected error occurred."_s, instance); // nothing about the cause
}

http::ServerResponse refused(const base::Verdict& verdict, const QByteArray& instance)
{
    const base::Refusal refusal = refusalOf(verdict);
    if (refusal.status != 401)
        return problem(refusal.status, refusal.error, refusal.text, instance);
    http::ServerResponse reply {.status = 401, .headers = {{"WWW-Authenticate", "Bearer"}}}; // the framework's challenge has no body
    return reply;
}

/// The address behind a base URL; a relative path is one below it.
http::UrlParts addressOf(const QString& baseUrl, const QString& relativePath)
{
    QString address = baseUrl;
    while (!relativePath.isEmpty() && address.endsWith(u'/'))
        address.chop(1);
    const bool slash = relativePath.isEmpty() || relativePath.startsWith(u'/');
    return http::splitUrl(QString(address + (slash ? QString() : u"/"_s) + relativePath).toUtf8());
}

/// The lab's own server at the address of an API.
std::optional<http::ServerResponse> passedOn(World& world, const QString& baseUrl, const trust::SidecarOverrides& overrides,
    const http::ServerRequest& from, const QByteArray& token)
{
    const http::UrlParts url = addressOf(baseUrl, overrides.relativePath);
    http::ServerRequest request {.method = overrides.method.isEmpty() ? QByteArray("GET") : overrides.method.toUtf8(), .target = url.path, .path = url.path, .query = url.query};
    request.headers = {{"Host", QByteArray(url.origin()).mid(url.scheme.size() + 3)}, {"Authorization", "Bearer " + token}, {"Accept", "application/json"}};
    if (request.method != "GET" && !from.body.isEmpty()) {
        request.headers.set("Content-Type", from.headers.value("Content-Type"));
        request.body = from.body;
    }
    request.secure = url.scheme == "https";
    const Site site {.mounts = mountsAt(world.setup, QString::fromUtf8(url.origin()))};
    return site.mounts.empty() ? std::nullopt : std::optional(serve(world, site, request));
}

QByteArray headersOf(const http::ServerResponse& reply)
{
    JsonText out;
    for (const http::Header& header : reply.headers)
        out.list(header.name, {QString::fromUtf8(header.value)});
    return out.done();
}

/// What the caller's token says, once it is known to be good.
http::ServerResponse validated(const trust::SidecarDecision& decision)
{
    const QByteArray token = decision.user.signingInput().toByteArray() + '.' + decision.user.signaturePart;
    return jsonReply(200, JsonText().text("protocol", u"Bearer"_s).text("token", QByteArrayView(token)).raw("claims", decision.user.payload.root().raw()).done());
}

http::ServerResponse answered(World& world, const trust::SidecarDecision& decision, const http::ServerRequest& request, bool downstream, const QByteArray& token)
{
    const QByteArray& instance = request.path;
    if (!downstream)
        return jsonReply(200, JsonText().text("authorizationHeader", QByteArrayView(QByteArray("Bearer " + token))).done());
    const setup::Target* target = world.setup.target(decision.api->target);
    const auto reply = target ? passedOn(world, target->url, decision.overrides, request, token) : std::nullopt;
    if (!reply)
        return problem(500, u"Internal Server Error"_s, u"An unexpected error occurred."_s, instance);
    return jsonReply(200, JsonText().number("statusCode", reply->status).raw("headers", headersOf(*reply)).text("content", QByteArrayView(reply->body)).done());
}

http::ServerResponse uncached(http::ServerResponse reply)
{
    reply.headers.set("Cache-Control", "no-cache, no-store, must-revalidate");
    return reply;
}

} // namespace

http::ServerResponse sidecarServer(World& world, const setup::Target& sidecar, const http::ServerRequest& request, const QByteArray& path)
{
    if (path == "/healthz")
        return textReply(200, "Healthy");
    const trust::SidecarCall call = trust::sidecarCall(path, request.query, request.headers);
    const trust::SidecarDecision decision = trust::decideSidecar(world.setup, sidecar, call, world.knowledge, world.now());
    if (decision.verdict.decision != base::Decision::Accept)
        return withTruth(world, refused(decision.verdict, request.path), sidecar.name, decision.verdict);
    if (request.method != (call.downstream ? "POST" : "GET"))
        return problem(405, u"Method Not Allowed"_s, u"Another method is taken here."_s, request.path);
    if (call.validate)
        return withTruth(world, uncached(validated(decision)), sidecar.name, decision.verdict);
    const auto token = sidecarToken(world, sidecar, decision);
    auto reply = token ? answered(world, decision, request, call.downstream, *token) : failed(token.error(), request.path);
    if (reply.status / 100 == 2)
        reply = uncached(std::move(reply));
    // The sidecar's own verdict is no explanation of a refusal that comes from Entra.
    return token ? withTruth(world, std::move(reply), sidecar.name, decision.verdict) : reply;
}

} // namespace lab
