// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sites.h"

#include "core/lab/anthropicserver.h"
#include "core/lab/arc.h"
#include "core/lab/awsserver.h"
#include "core/lab/discovery.h"
#include "core/lab/googleserver.h"
#include "core/lab/mcpsites.h"
#include "core/lab/metadata.h"
#include "core/lab/providerserver.h"
#include "core/lab/reply.h"
#include "core/lab/resourceserver.h"
#include "core/lab/serverfaults.h"
#include "core/lab/tenantserver.h"
#include "core/lab/workloads.h"
#include "core/lab/sidecarserver.h"
#include "core/lab/vaultserver.h"

#include <map>
#include <mutex>

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

void mountTenants(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    const bool here = std::ranges::any_of(setup.tenants, [&](const setup::Tenant& t) {
        return pathAt(t.authority, origin).has_value() || pathAt(t.v1Issuer, origin).has_value();
    });
    if (here)
        mounts.push_back({{},
            [](World& w, const http::ServerRequest& r, const QByteArray&) { return tenantServer(w, r); }});
}

void mountMetadata(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    std::map<QByteArray, bool> paths; // whether it is App Service
    for (const setup::ManagedIdentity& mi : setup.managedIdentities) {
        const auto path = pathAt(mi.endpoint, origin);
        if (path && mi.flavour == "arc"_L1) {
            mounts.push_back({*path, arcMetadata});
        } else if (path) {
            paths.emplace(*path, mi.flavour == "app-service"_L1);
            paths.emplace(appServicePath, true);
        }
    }
    for (const auto& [path, appService] : paths) {
        if (appService)
            mounts.push_back({path, [](World& w, const http::ServerRequest& r, const QByteArray&) {
                                  return appServiceToken(w, r);
                              }});
        else
            mounts.push_back({path, instanceMetadata});
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
                     return workloadToken(w, *w.setup.issuer(name), r);
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

/// What clients put into the vaults of one address, for as long as its mount lives.
struct VaultShelf
{
    std::once_flag made {};
    std::optional<VaultStore> store {};

    VaultStore& in(const World& world)
    {
        std::call_once(made, [&] { store.emplace(world.entropy, world.setup, world.hasFault(u"vault-secret-missing")); });
        return *store;
    }
};

Mount targetMount(const QByteArray& path, const QString& kind, const QStringList& names)
{
    if (kind == "graph"_L1) {
        return {path, [name = names.front()](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                    return graphServer(w, *w.setup.target(name), r, rest);
                }};
    }
    if (kind == "key-vault"_L1) {
        // A mount is copied as a function is, its vault is not.
        return {path, [name = names.front(), shelf = std::make_shared<VaultShelf>()](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                    return vaultServer(w, shelf->in(w), *w.setup.target(name), r, rest);
                }};
    }
    if (kind == "sidecar"_L1) {
        return {path, [name = names.front()](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                    return sidecarServer(w, *w.setup.target(name), r, rest);
                }};
    }
    if (kind == "api"_L1) {
        return {path, [name = names.front()](World& w, const http::ServerRequest& r, const QByteArray&) {
                    return apiServer(w, *w.setup.target(name), r);
                }};
    }
    return {path, [names, kind](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                QList<const setup::Target*> targets;
                for (const QString& name : names)
                    targets.append(w.setup.target(name));
                return kind == "aws"_L1 ? awsServer(w, targets, r)
                    : kind == "google"_L1 ? googleServer(w, targets, r, rest) : anthropicServer(w, targets, r, rest);
            }};
}

/// Every address at which a target answers.
QStringList addressesOf(const setup::Target& target)
{
    QStringList all {target.url};
    for (const QString& other : {target.authorizationServer, target.credentialsUrl})
        if (target.kind == "google"_L1 && !other.isEmpty())
            all += other;
    return all;
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
        Mount mount = targetMount(address.first, address.second, names);
        mounts.push_back({mount.prefix,
            [inner = std::move(mount.answer)](
                World& w, const http::ServerRequest& r, const QByteArray& rest) {
                auto broken = brokenTarget(w);
                return broken ? *std::move(broken) : inner(w, r, rest);
            }});
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
            return mount.answer(world, request, *rest);
    }
    return notFound();
}

} // namespace lab
