// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "arc.h"

#include "core/base/secret.h"
#include "core/lab/jsontext.h"
#include "core/lab/metadata.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/setup/atomicfile.h"
#include "core/trust/managedidentity.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

QByteArray keyOf(const World& world) { return world.entropy.derived("arc key").toHex(); }

http::ServerResponse challenge(const World& world)
{
    auto reply = jsonReply(401, JsonText().text("error", u"unauthorized"_s).text("error_description",
        u"The caller has to show that it may read the key file."_s).done());
    addHeader(reply, "WWW-Authenticate", "Basic realm=" + world.arcKeyFile.toUtf8());
    return reply;
}

} // namespace

http::ServerResponse arcMetadata(World& world, const http::ServerRequest& request, const QByteArray& path)
{
    if (path != "/metadata/identity/oauth2/token" || request.method != "GET")
        return notFound();
    const QByteArray sent = request.headers.value("Authorization");
    const bool holds = base::equalInConstantTime(sent, QByteArray("Basic " + keyOf(world)));
    const auto decision = trust::decideArcIdentity(
        world.setup, http::parseForm(request.query), request.headers, holds, world.knowledge, world.tenantNow());
    const bool accepted = decision.verdict.decision == base::Decision::Accept;
    auto reply = accepted && sent.isEmpty() ? challenge(world) : identityReply(world, decision, true);
    return withTruth(world, std::move(reply), u"metadata"_s, decision.verdict);
}

base::Result<void> writeArcKey(World& world, const QString& folder, QStringList& files)
{
    const bool any = std::ranges::any_of(
        world.setup.managedIdentities, [](const setup::ManagedIdentity& i) { return i.flavour == "arc"_L1; });
    if (!any)
        return {};
    world.arcKeyFile = QString(folder + u'/' + QString::fromLatin1(guidText(world.entropy.derived("arc file").first(16))) + u".key"_s);
    auto done = setup::writeAtomically(world.arcKeyFile, keyOf(world), u"lab-unwritable"_s);
    if (done)
        files.append(world.arcKeyFile);
    return done;
}

} // namespace lab
