// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "metadata.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/mint.h"
#include "core/lab/reply.h"
#include "core/lab/serverfaults.h"
#include "core/lab/truth.h"
#include "core/trust/managedidentity.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Issued
{
    Minted minted {};
    QString clientId {};
    QString resource {};
};

Issued issue(World& world, const trust::IdentityDecision& d)
{
    const base::Instant now = world.tenantNow();
    Issued out {.minted = mintAccessToken(world,
                    {.tenant = world.setup.home(),
                        .resource = d.resource,
                        .resourceAsked = d.resourceAsked,
                        .identity = d.identity,
                        .acr = Acr::Assertion},
                    now),
        .clientId = d.identity->clientId,
        .resource = d.resourceAsked};
    world.audit.add({.at = now,
        .client = out.clientId,
        .resource = d.resource ? d.resource->clientId : QString(),
        .token = out.minted.uti});
    return out;
}

/// All values are strings, the numbers too.
QByteArray tokenBody(const Issued& issued, bool imds)
{
    const QByteArray left = QByteArray::number(issued.minted.expiresIn);
    JsonText body;
    body.text("access_token", issued.minted.token).text("client_id", issued.clientId);
    if (imds)
        body.text("refresh_token", QByteArrayView("")).text("expires_in", left).text("ext_expires_in", left);
    body.text("expires_on", QByteArray::number(issued.minted.expires))
        .text("not_before", QByteArray::number(issued.minted.notBefore))
        .text("resource", issued.resource)
        .text("token_type", u"Bearer"_s);
    return body.done();
}

/// App Service has a shape of its own for errors.
http::ServerResponse refused(World& world, const base::Refusal& refusal, bool imds)
{
    if (imds) {
        // What Entra said comes through with its number (entra.md 5.1).
        const QString text = aadstsNumber(refusal.code) ? QString(refusal.code + u": "_s + refusal.text) : refusal.text;
        return jsonReply(refusal.status,
            JsonText().text("error", refusal.error).text("error_description", text).done());
    }
    return jsonReply(refusal.status,
        JsonText()
            .number("statusCode", refusal.status)
            .text("message", refusal.text)
            .text("error", refusal.error)
            .text("correlationId", world.entropy.guid())
            .done());
}

http::ServerResponse answer(World& world, const http::ServerRequest& request, bool appService)
{
    if (auto broken = brokenMetadata(world))
        return *std::move(broken);
    if (request.method != "GET")
        return refused(world,
            {.status = 405, .error = u"method_not_allowed"_s, .text = u"Tokens are asked for with GET."_s},
            !appService);
    const auto decision = trust::decideManagedIdentity(world.setup, appService,
        http::parseForm(request.query), request.headers, world.knowledge, world.tenantNow());
    return withTruth(world, identityReply(world, decision, !appService), u"metadata"_s, decision.verdict);
}

} // namespace

http::ServerResponse identityReply(World& world, const trust::IdentityDecision& decision, bool imds)
{
    const bool accepted = decision.verdict.decision == base::Decision::Accept && world.setup.home();
    return accepted ? jsonReply(200, tokenBody(issue(world, decision), imds))
                    : refused(world, refusalOf(decision.verdict), imds);
}

http::ServerResponse instanceMetadata(
    World& world, const http::ServerRequest& request, const QByteArray& path)
{
    if (path == "/metadata/identity/oauth2/token" || path == "/metadata/identity/oauth2/token/")
        return answer(world, request, false);
    return jsonReply(404,
        JsonText()
            .text("error", u"not_found"_s)
            .text("error_description", u"The lab's metadata service has tokens only."_s)
            .done());
}

http::ServerResponse appServiceToken(World& world, const http::ServerRequest& request)
{
    return answer(world, request, true);
}

} // namespace lab
