// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tenantserver.h"

#include "core/lab/authorize.h"
#include "core/lab/discovery.h"
#include "core/lab/reply.h"
#include "core/lab/serverfaults.h"
#include "core/lab/tokenendpoint.h"
#include "core/lab/userinfo.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Route
{
    const char* methods; ///< blank-separated
    const char* path; ///< after the tenant
    http::ServerResponse (*answer)(const TenantCall&);
};

constexpr Route routes[] {
    {"GET HEAD", "/v2.0/.well-known/openid-configuration", discoveryV2},
    {"GET HEAD", "/.well-known/openid-configuration", discoveryV1},
    {"GET HEAD", "/discovery/v2.0/keys", keySet},
    {"GET HEAD", "/discovery/keys", keySet},
    {"GET HEAD", "/discovery/instance", instanceDiscovery},
    {"GET POST", "/oauth2/v2.0/authorize", authorizeEndpoint},
    {"POST", "/login", signInSent},
    {"POST", "/consent", consentSent},
    {"GET POST PUT DELETE PATCH HEAD", "/oauth2/v2.0/token", tokenEndpoint}, // answers every method itself
    {"GET POST", "/oauth2/v2.0/logout", logoutEndpoint},
    {"GET POST", "/oauth2/logout", logoutEndpoint},
    {"GET POST", "/openid/userinfo", userInfo},
};

bool allows(const Route& route, QByteArrayView method)
{
    return QByteArray::fromRawData(route.methods, qsizetype(qstrlen(route.methods)))
        .split(' ')
        .contains(method);
}

http::ServerResponse methodNotAllowed(const Route& route)
{
    auto reply = textReply(405, "This address of the lab takes other methods.\n");
    addHeader(reply, "Allow", QByteArray(route.methods).replace(" ", ", "));
    return reply;
}

http::ServerResponse answerOf(const TenantCall& call, QByteArrayView path)
{
    const auto route = std::ranges::find_if(routes, [path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return notFound();
    return allows(*route, call.request.method) ? route->answer(call) : methodNotAllowed(*route);
}

} // namespace

http::ServerResponse tenantServer(World& world, const http::ServerRequest& request)
{
    const qsizetype end = request.path.indexOf('/', 1);
    const QByteArray path = end < 0 ? QByteArray() : request.path.sliced(end);
    TenantCall call {.world = world,
        .request = request,
        .segment = QString::fromUtf8(request.path.mid(1, end < 0 ? -1 : end - 1)),
        .now = world.tenantNow()};
    if (request.path == "/error")
        return errorLookup(call);
    if (path == "/oauth2/v2.0/token") {
        if (auto broken = brokenTokenEndpoint(world))
            return *std::move(broken);
    }
    call.tenant = world.tenant(call.segment);
    return answerOf(call, path);
}

} // namespace lab
