// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sites.h"

#include "core/lab/anthropicserver.h"
#include "core/lab/arc.h"
#include "core/lab/awsserver.h"
#include "core/lab/brokerserver.h"
#include "core/lab/discovery.h"
#include "core/lab/exchangeserver.h"
#include "core/lab/googleserver.h"
#include "core/lab/mcpsites.h"
#include "core/lab/metadata.h"
#include "core/lab/providerserver.h"
#include "core/lab/reply.h"
#include "core/lab/resourceserver.h"
#include "core/lab/saasserver.h"
#include "core/lab/serverfaults.h"
#include "core/lab/tenantserver.h"
#include "core/lab/workloads.h"
#include "core/lab/sidecarserver.h"
#include "core/lab/vaultserver.h"

#include "core/http/responsehead.h"

#include <ctime>
#include <map>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// The path of a URL at this origin without its closing slash; nothing for a URL elsewhere.
std::optional<QByteArray> pathAt(const QString& url, const QString& origin)
{
    const http::UrlParts parts = http::splitUrl(url.toUtf8());
    if (QString::fromUtf8(parts.origin()) != origin)
        return std::nullopt;
    return parts.path.endsWith('/') ? parts.path.chopped(1) : parts.path;
}

using Targets = QList<const setup::Target*>;

void mountTenants(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    const bool here = std::ranges::any_of(setup.tenants, [&](const setup::Tenant& t) {
        return pathAt(t.authority, origin).has_value() || pathAt(t.v1Issuer, origin).has_value();
    });
    if (here)
        mounts.push_back({{},
            [](World& w, const http::ServerRequest& r, const QByteArray&) { return tenantServer(w, r); }, true});
}

void mountMetadata(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    std::map<QByteArray, bool> paths; // whether it is App Service
    for (const setup::ManagedIdentity& mi : setup.managedIdentities) {
        const auto path = pathAt(mi.endpoint, origin);
        if (path && mi.flavour == "arc"_L1) {
            mounts.push_back({*path, arcMetadata, true});
        } else if (path) {
            paths.emplace(*path, mi.flavour == "app-service"_L1);
            paths.emplace(appServicePath, true);
        }
    }
    for (const auto& [path, appService] : paths) {
        if (appService)
            mounts.push_back({path, [](World& w, const http::ServerRequest& r, const QByteArray&) {
                                  return appServiceToken(w, r);
                              }, true});
        else
            mounts.push_back({path, instanceMetadata, true});
    }
}

/// Some platforms have their token below a path of their own, which keeps it apart from what else lives there: Google's
/// metadata server has the address of Azure's.
QByteArray ownPath(const setup::Issuer& issuer)
{
    return issuer.kind == "google"_L1 ? "/computeMetadata" : issuer.kind == "kubernetes"_L1 ? "/api" : "";
}

/// Where the issuer's workloads ask for their tokens; below the issuer where the setup names no other place.
std::optional<QByteArray> tokenPathAt(const setup::Issuer& issuer, const QString& origin)
{
    if (!issuer.endpoint.isEmpty()) {
        const auto path = pathAt(issuer.endpoint, origin);
        return path ? std::optional(QByteArray(*path + ownPath(issuer))) : std::nullopt;
    }
    const auto path = pathAt(issuer.issuer, origin);
    return path ? std::optional(QByteArray(*path + defaultTokenPath)) : std::nullopt;
}

/// AWS hands out tokens of its roles at the address at which it takes others: the action tells them apart.
bool asksForOwnToken(const http::ServerRequest& request)
{
    return http::parseForm(request.method == "POST" ? request.body : request.query).value("Action") == "GetWebIdentityToken";
}

/// Another of AWS's actions, where the setup has roles at this address.
std::optional<http::ServerResponse> asRole(World& w, const setup::Issuer& issuer, const http::ServerRequest& r)
{
    Targets roles;
    for (const setup::Target& target : w.setup.targets)
        if (issuer.kind == "aws"_L1 && target.kind == "aws"_L1 && target.url == issuer.endpoint)
            roles.append(&target);
    if (roles.isEmpty() || asksForOwnToken(r))
        return std::nullopt;
    auto broken = brokenTarget(w);
    return broken ? std::move(broken) : std::optional(awsServer(w, roles, r));
}

void mountIssuers(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    for (const setup::Issuer& issuer : setup.issuers) {
        if (const auto path = pathAt(issuer.issuer, origin)) {
            mounts.push_back(
                {*path, [name = issuer.name](World& w, const http::ServerRequest&, const QByteArray& rest) {
                     return outsideIssuer(w, *w.setup.issuer(name), rest);
                 }});
        }
        if (const auto path = tokenPathAt(issuer, origin)) {
            mounts.push_back(
                {*path, [name = issuer.name](World& w, const http::ServerRequest& r, const QByteArray&) {
                     auto role = asRole(w, *w.setup.issuer(name), r);
                     return role ? *std::move(role) : workloadToken(w, *w.setup.issuer(name), r);
                 }});
        }
    }
}

void mountProviders(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    const bool isTenant = std::ranges::any_of(
        setup.tenants, [&](const setup::Tenant& t) { return pathAt(t.authority, origin).has_value(); });
    for (const setup::Provider& provider : setup.providers) {
        const auto path = isTenant ? std::nullopt : pathAt(provider.issuer, origin);
        if (path) {
            mounts.push_back({*path,
                [name = provider.name](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                    return providerServer(w, *w.setup.provider(name), r, rest);
                }});
        }
    }
}

http::ServerResponse graph(World& w, const Targets& t, const http::ServerRequest& r, const QByteArray& rest)
{
    return graphServer(w, *t.front(), r, rest);
}

http::ServerResponse api(World& w, const Targets& t, const http::ServerRequest& r, const QByteArray&)
{
    return apiServer(w, *t.front(), r);
}

http::ServerResponse aws(World& w, const Targets& t, const http::ServerRequest& r, const QByteArray&)
{
    return awsServer(w, t, r);
}

http::ServerResponse sidecar(World& w, const Targets& t, const http::ServerRequest& r, const QByteArray& rest)
{
    return sidecarServer(w, *t.front(), r, rest);
}

http::ServerResponse keyVault(World& w, const Targets& t, const http::ServerRequest& r, const QByteArray& rest)
{
    return vaultServer(w, *t.front(), r, rest);
}

/// Who plays the targets of a kind. Several of one kind at one address are played together.
struct Player
{
    QLatin1StringView kind;
    http::ServerResponse (*answer)(World&, const Targets&, const http::ServerRequest&, const QByteArray& rest);
};
constexpr Player players[] {{"graph"_L1, graph}, {"api"_L1, api}, {"anthropic"_L1, anthropicServer}, {"aws"_L1, aws},
    {"google"_L1, googleServer}, {"token-exchange"_L1, exchangeServer}, {"saas"_L1, saasServer}, {"broker"_L1, brokerServer}, {"sidecar"_L1, sidecar},
    {"key-vault"_L1, keyVault}};

/// A document that stands at the root of the origin, before the path of what it describes (RFC 8414 section
/// 3.1, RFC 9728 section 3.1).
QString wellKnown(const QString& url, const QString& name)
{
    const http::UrlParts parts = http::splitUrl(url.toUtf8());
    return QString::fromUtf8(parts.origin()) + u"/.well-known/"_s + name + QString::fromUtf8(parts.path);
}

/// Every address at which a target answers.
QStringList addressesOf(const setup::Target& target)
{
    QStringList all {target.url};
    if (target.kind == "token-exchange"_L1)
        all += wellKnown(target.url, u"oauth-authorization-server"_s);
    const bool elsewhere = target.kind == "google"_L1 || target.kind == "saas"_L1;
    for (const QString& other : {target.authorizationServer, target.credentialsUrl})
        if (elsewhere && !other.isEmpty())
            all += other;
    return all;
}

Mount targetMount(const QByteArray& path, const Player& player, const QStringList& names)
{
    return {path, [answer = player.answer, names](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                if (auto broken = brokenTarget(w))
                    return *std::move(broken);
                Targets targets;
                for (const QString& name : names)
                    targets.append(w.setup.target(name));
                return answer(w, targets, r, rest);
            }};
}

/// Targets of one kind at one address share a mount.
void mountTargets(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    std::map<std::pair<QByteArray, QString>, QStringList> byAddress;
    for (const setup::Target& target : setup.targets) {
        const QStringList addresses = target.kind == "mcp"_L1 ? QStringList() : addressesOf(target); // see mountMcp
        for (const QString& address : addresses) {
            const auto path = pathAt(address, origin);
            if (path && !byAddress[{*path, target.kind}].contains(target.name))
                byAddress[{*path, target.kind}] += target.name;
        }
    }
    for (const auto& [address, names] : byAddress) {
        const QString& kind = address.second;
        const auto player = std::ranges::find_if(players, [&kind](const Player& p) { return kind == p.kind; });
        if (player != std::end(players))
            mounts.push_back(targetMount(address.first, *player, names));
    }
}

/// What stands after a mount's prefix; nothing when the path is not below it.
std::optional<QByteArray> restOf(const QByteArray& path, const QByteArray& prefix)
{
    if (prefix.isEmpty())
        return path;
    if (!path.startsWith(prefix))
        return std::nullopt;
    const QByteArray rest = path.sliced(prefix.size());
    return rest.isEmpty() || rest.startsWith('/') ? std::optional(rest) : std::nullopt;
}

/// A page of another site has no business with services; only an authorization may begin there (tenantServer
/// looks).
bool isForeign(const http::ServerRequest& request)
{
    const QByteArray origin = request.headers.value("Origin");
    return !origin.isEmpty()
        && origin != QByteArray((request.secure ? "https://" : "http://") + request.headers.value("Host"));
}

/// Every answer says that it comes from a lab, and what the server's clock says, which may be wrong (RFC 9110 sections
/// 10.2.4 and 6.6.1).
http::ServerResponse marked(http::ServerResponse reply, base::Instant now)
{
    if (!reply.headers.has("Date"))
        addHeader(reply, "Date", http::httpDate(std::time_t(base::epochSeconds(now))));
    if (!reply.headers.has("Server"))
        addHeader(reply, "Server", "Trustwalk-lab");
    return reply;
}

} // namespace

std::vector<Mount> mountsAt(const setup::Setup& played, const QString& origin)
{
    std::vector<Mount> mounts;
    mountTenants(mounts, played, origin);
    mountMetadata(mounts, played, origin);
    mountIssuers(mounts, played, origin);
    mountProviders(mounts, played, origin);
    mountTargets(mounts, played, origin);
    mountMcp(mounts, played, origin);
    std::ranges::stable_sort(mounts, std::ranges::greater {}, [](const Mount& m) { return m.prefix.size(); });
    return mounts;
}

http::ServerResponse serve(World& world, const Site& site, const http::ServerRequest& request)
{
    ++world.served;
    if (isForeign(request) && !request.path.endsWith("/oauth2/v2.0/authorize"))
        return textReply(403, "Requests from pages of other sites are not taken.\n");
    for (const Mount& mount : site.mounts) {
        if (const auto rest = restOf(request.path, mount.prefix))
            return marked(mount.answer(world, request, *rest), mount.isTenants ? world.tenantNow() : world.now());
    }
    return notFound();
}

} // namespace lab
