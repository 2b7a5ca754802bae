// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp.h"

#include "core/base/jsontexts.h"
#include "core/trust/assertion_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// A resource app that asks for v1.0 tokens gets them from the v1.0 issuer, whatever the metadata names.
QString issuerFor(const setup::Setup& setup, const setup::Target& target, const QString& server)
{
    const setup::Tenant* tenant = tenantOfIssuer(setup, server);
    const setup::App* app = setup.app(target.resource);
    return tenant && app && app->requestedAccessTokenVersion == 1 ? tenant->issuerV1() : server;
}

} // namespace

QStringList grantedScopes(const jose::Jwt& token)
{
    for (const char* claim : {"scp", "scope"}) {
        const json::Value value = token.claim(claim);
        if (value.isArray())
            return json::textsIn(value);
        if (value)
            return value.text().split(u' ', Qt::SkipEmptyParts);
    }
    return json::textsIn(token.claim("roles"));
}

QString scopeToAsk(const setup::Target& target, const QString& name)
{
    const QStringList offered = json::textsIn(target.metadata.root()["scopes_supported"]);
    const auto fits = [&](const QString& scope) { return scope == name || scope.endsWith(QString(u'/' + name)); };
    const auto it = std::ranges::find_if(offered, fits);
    return it == offered.end() ? name : *it;
}

QStringList mcpIssuers(const setup::Setup& setup, const setup::Target& target)
{
    if (!target.validIssuers.isEmpty())
        return target.validIssuers;
    QStringList servers = json::textsIn(target.metadata.root()["authorization_servers"]);
    if (servers.isEmpty() && !target.authorizationServer.isEmpty())
        servers.append(target.authorizationServer);
    QStringList out;
    for (const QString& server : servers)
        out.append(issuerFor(setup, target, server));
    return out;
}

QStringList mcpAudiences(const setup::Setup& setup, const setup::Target& target)
{
    if (!target.validAudiences.isEmpty())
        return target.validAudiences;
    const setup::App* app = setup.app(target.resource);
    return app && app->requestedAccessTokenVersion != 1 ? QStringList {target.url, app->clientId}
                                                        : QStringList {target.url};
}

} // namespace trust
