// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpsites.h"

#include "core/lab/clientdocuments.h"
#include "core/lab/mcpauthserver.h"
#include "core/lab/mcpserver.h"
#include "core/lab/reply.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// The path of a URL at this origin without its closing slash; nothing for a URL elsewhere.
std::optional<QByteArray> pathAt(const QString& url, const QString& origin)
{
    const http::UrlParts parts = http::splitUrl(url.toUtf8());
    if (url.isEmpty() || QString::fromUtf8(parts.origin()) != origin)
        return std::nullopt;
    return parts.path.endsWith('/') ? parts.path.chopped(1) : parts.path;
}

/// What describes something stands at the root of its origin, before its path (RFC 8414 section 3.1, RFC 9728 section 3.1).
QByteArray beforePath(const char* document, const QByteArray& path) { return QByteArray("/.well-known/" + QByteArray(document) + path); }

void mountMcpServer(std::vector<Mount>& mounts, const setup::Target& target, const QByteArray& path)
{
    mounts.push_back({path, [name = target.name](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                          return rest.isEmpty() || rest == "/" ? mcpServer(w, *w.setup.target(name), r) : notFound();
                      }});
    const bool atRoot = mcpMetadataPlace(target) == McpMetadataPlace::Root;
    mounts.push_back({beforePath("oauth-protected-resource", atRoot ? QByteArray() : path),
        [name = target.name](World& w, const http::ServerRequest&, const QByteArray& rest) {
            return rest.isEmpty() ? mcpResourceMetadata(*w.setup.target(name)) : notFound();
        }});
}

/// Where an authorization server keeps its metadata (`serverMetadataAt` of the target's settings). One place: all others are empty.
struct MetadataPlace
{
    QLatin1StringView name;
    const char* document;
    bool appended; ///< below the issuer, as OpenID Connect Discovery has it; else before its path
};
constexpr MetadataPlace metadataPlaces[] {{"oauth"_L1, "oauth-authorization-server", false}, {"openid"_L1, "openid-configuration", false},
    {"openid-appended"_L1, "openid-configuration", true}};

QByteArray metadataPath(const setup::Target& target, const QByteArray& path)
{
    const QString said = target.settings.root()["serverMetadataAt"].text();
    const auto named = std::ranges::find_if(metadataPlaces, [&](const MetadataPlace& p) { return said == p.name; });
    const MetadataPlace& place = named == std::end(metadataPlaces) ? metadataPlaces[0] : *named;
    return place.appended ? path + beforePath(place.document, {}) : beforePath(place.document, path);
}

void mountMcpAuthorization(std::vector<Mount>& mounts, const setup::Target& target, const QByteArray& path)
{
    const QString issuer = target.authorizationServer;
    mounts.push_back({path, [issuer](World& w, const http::ServerRequest& r, const QByteArray& rest) {
                          return mcpAuthServer(w, issuer, r, rest);
                      }});
    mounts.push_back({metadataPath(target, path), [issuer](World& w, const http::ServerRequest&, const QByteArray& rest) {
                          return rest.isEmpty() && !w.hasFault(u"mcp-no-metadata") ? mcpAuthMetadata(w, issuer) : notFound();
                      }});
}

/// The client's own host, which the lab plays as well.
void mountClientDocument(std::vector<Mount>& mounts, const setup::Target& target, const QByteArray& path)
{
    mounts.push_back({path, [name = target.name](World& w, const http::ServerRequest&, const QByteArray& rest) {
                          return rest.isEmpty() ? documentReply(hostedClientDocument(w, *w.setup.target(name))) : notFound();
                      }});
}

} // namespace

void mountMcp(std::vector<Mount>& mounts, const setup::Setup& setup, const QString& origin)
{
    QStringList servers;
    for (const setup::Target& target : setup.targets) {
        if (target.kind != "mcp"_L1)
            continue;
        if (const auto path = pathAt(target.url, origin))
            mountMcpServer(mounts, target, *path);
        if (const auto path = hasClientDocument(target) ? pathAt(target.clientId, origin) : std::nullopt)
            mountClientDocument(mounts, target, *path);
        const auto path = pathAt(target.authorizationServer, origin);
        if (path && !servers.contains(target.authorizationServer)) {
            servers += target.authorizationServer;
            mountMcpAuthorization(mounts, target, *path);
        }
    }
}

} // namespace lab
