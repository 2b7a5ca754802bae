// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stage.h"

#include "core/lab/arc.h"
#include "core/lab/faults.h"
#include "core/lab/givenkeys.h"
#include "core/lab/reply.h"

#include "core/base/secret.h"
#include "core/setup/binding.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

bool isEncrypted(const QString& real, const Options& options)
{
    return real.startsWith("https://"_L1) && !options.plain;
}

base::Result<void> listen(
    Stage& stage, const QString& real, bool hostsDocument, const Options& options, const http::TlsIdentity& identity)
{
    auto site = std::make_unique<Site>();
    const bool encrypted = isEncrypted(real, options);
    const int port = options.portBase > 0 ? options.portBase + int(stage.sites.size()) : 0;
    if (port > 65535)
        return base::fail(u"port-taken"_s, u"From port %1 on there are not enough ports for this setup. Choose a lower one."_s.arg(options.portBase));
    const auto handler = [&stage, s = site.get()](const http::ServerRequest& request) {
        World* world = stage.open.load(std::memory_order_acquire);
        return world ? serve(*world, *s, request) : textReply(503, "The lab is starting.\n");
    };
    http::Server& server = hostsDocument ? stage.documents : stage.server;
    const auto bound = server.listen(port, handler, encrypted ? &identity : nullptr);
    if (!bound)
        return tl::unexpected(bound.error());
    site->real = real;
    site->port = *bound;
    site->bound
        = QString((encrypted ? u"https://127.0.0.1:"_s : u"http://127.0.0.1:"_s) + QString::number(*bound));
    stage.bindings.append({real, site->bound});
    stage.sites.push_back(std::move(site));
    return {};
}

base::Result<void> listenToAll(Stage& stage, const setup::Setup& setup, const Options& options)
{
    const Certified leaf = makeServerCertificate(stage.authority);
    const http::TlsIdentity identity {leaf.certificatePem + stage.authority.certificatePem, leaf.keyPem};
    for (const QString& origin : setup::originsToBind(setup)) {
        const bool document = std::ranges::any_of(setup.targets, [&](const setup::Target& t) {
            return hasClientDocument(t) && QString::fromUtf8(http::splitUrl(t.clientId.toUtf8()).origin()) == origin;
        });
        if (auto done = listen(stage, origin, document, options, identity); !done)
            return done;
    }
    return {};
}

} // namespace

Stage::~Stage()
{
    server.stop();
    documents.stop();
    for (const QString& file : std::as_const(files))
        QFile::remove(file);
}

namespace {

/// In the lab every outside issuer signs itself: where a live token would be taken from does not matter.
base::Result<setup::Setup> withoutTokenSources(const setup::Setup& setup)
{
    json::Document document = setup.document;
    for (const setup::Issuer& issuer : setup.issuers) {
        if (issuer.tokenSource.type.isEmpty())
            continue;
        auto next = document.without(QString(issuer.pointer + u"/tokenSource"_s));
        if (!next)
            return tl::unexpected(next.error());
        document = std::move(*next);
    }
    return setup::parseSetup(document.source(), setup.file);
}

/// The key set that one of the lab's servers publishes at an address.
std::optional<jose::KeySet> keysServedAt(const Stage& stage, const QString& url)
{
    const http::UrlParts parts = http::splitUrl(url.toUtf8());
    const auto site = std::ranges::find(stage.sites, QString::fromUtf8(parts.origin()), [](const auto& each) { return each->bound; });
    if (site == stage.sites.end())
        return {};
    const http::ServerResponse reply = serve(*stage.world, **site, {.method = "GET", .path = parts.path, .query = parts.query});
    auto keys = reply.status == 200 ? jose::readKeys(reply.body) : base::fail(u"keys-none"_s, QString());
    return keys ? std::optional(std::move(*keys)) : std::nullopt;
}

} // namespace

namespace {

/// Only what an earlier lab wrote, or a file that somebody made for it and that holds nothing.
base::Result<void> mayReplace(const QString& manifest)
{
    const QFileInfo there(manifest);
    if (!there.exists() && !there.isSymLink())
        return {};
    QFile file(manifest);
    const bool plain = there.isFile() && !there.isSymLink() && file.open(QIODevice::ReadOnly);
    constexpr qint64 most = 4 * 1024 * 1024;
    if (plain && (there.size() == 0 || json::Document::read(file.read(most)).root()["schema"].text() == u"lab-manifest"))
        return {};
    return base::fail(u"lab-manifest-path"_s, u"%1 is there and is no manifest of a lab. It was left as it is: name another file."_s.arg(manifest), manifest);
}

} // namespace

base::Result<std::unique_ptr<Stage>> makeStage(
    const setup::Setup& real, const Options& options, const QString& folder)
{
    const auto broken = faulted(real, options.faults);
    if (!broken)
        return tl::unexpected(broken.error());
    base::wipeWhatIsFreed(); // what follows makes the lab's secrets
    const Entropy entropy(options.seed);
    const bool everything = options.complete || !options.manifest.isEmpty();
    const auto whole
        = completed(*broken, everything ? Completion::Everything : Completion::FirstParty, entropy);
    if (!whole)
        return tl::unexpected(whole.error());

    auto stage = std::make_unique<Stage>(options.threads);
    stage->manifestPath
        = options.manifest.isEmpty() ? QString(folder + u"/lab-manifest.json"_s) : options.manifest;
    if (auto mine = mayReplace(stage->manifestPath); !mine)
        return tl::unexpected(mine.error());
    QFile::remove(stage->manifestPath); // whoever sees the file may connect, so an old one must not be seen
    stage->authority = makeAuthority();
    if (auto done = listenToAll(*stage, whole->setup, options); !done)
        return tl::unexpected(done.error());
    const auto signing = withoutTokenSources(whole->setup);
    if (!signing)
        return tl::unexpected(signing.error());
    auto played = setup::bind(*signing, stage->bindings);
    if (!played)
        return tl::unexpected(played.error());
    stage->world = std::make_unique<World>(std::move(*played), options);
    stage->certificateKeys = whole->certificateKeys;
    stage->keyFolder = folder;
    if (auto done = writeArcKey(*stage->world, folder, stage->files); !done)
        return tl::unexpected(done.error());
    stage->world->makeKeys();
    stage->world->know();
    stage->world->knowledge.keysAt = [s = stage.get()](const QString& url) { return keysServedAt(*s, url); };
    stage->clientDocuments = std::make_unique<ClientDocuments>(QSslCertificate::fromData(stage->authority.certificatePem));
    stage->world->clientDocuments = stage->clientDocuments.get();
    auto given = withGivenKeys(*stage->world);
    if (!given)
        return tl::unexpected(given.error());
    stage->world->setup = std::move(*given);
    for (const auto& site : stage->sites)
        site->mounts = mountsAt(stage->world->setup, site->bound);
    stage->open.store(stage->world.get(), std::memory_order_release);
    if (auto done = writeManifest(*stage->world, *whole, stage->authority, stage->manifestPath, stage->files);
        !done)
        return tl::unexpected(done.error());
    return stage;
}

} // namespace lab
