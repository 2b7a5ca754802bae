// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "idjag.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/typedtoken.h"
#include "core/trust/mcpauth.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 lifetime = 300; ///< seconds; the draft's example

/// The client is called by its id at the MCP authorization server, which the enterprise knows beforehand.
QString clientThere(const TenantCall& call, const QString& server, const trust::TokenDecision& d)
{
    if (call.world.hasFault(u"idjag-client"))
        return d.client->clientId;
    for (const setup::Target* target : trust::mcpTargetsOf(call.world.setup, server)) {
        if (!target->clientId.isEmpty())
            return target->clientId;
    }
    return d.client->clientId;
}

QString audience(const TenantCall& call, const QString& server)
{
    return call.world.hasFault(u"idjag-audience") ? QString(server + u"/token"_s) : server;
}

QByteArray assertion(const TenantCall& call, const http::Form& form, const trust::TokenDecision& d)
{
    const QString server = QString::fromUtf8(form.value("audience"));
    const qint64 now = base::epochSeconds(call.now);
    const setup::User* user = call.world.setup.userByObjectId(d.userObjectId);
    JsonText json;
    json.text("iss", d.tenant->issuerV2())
        .text("sub", d.userObjectId)
        .text("aud", audience(call, server))
        .text("client_id", clientThere(call, server, d))
        .text("resource", QString::fromUtf8(form.value("resource")))
        .text("scope", QString(d.scopes.join(u' ')))
        .text("jti", call.world.entropy.text(16))
        .number("iat", now)
        .number("exp", now + lifetime)
        .text("tid", d.tenant->id);
    if (user)
        json.text("email", user->username);
    const QByteArray type = call.world.hasFault(u"idjag-type") ? "JWT" : "oauth-id-jag+jwt";
    return typedToken(call.world.keysOf(*d.tenant).rsa, json.done(), type);
}

} // namespace

http::ServerResponse identityAssertion(const TenantCall& call, const http::Form& form, const trust::TokenDecision& decision)
{
    auto reply = jsonReply(200,
        JsonText()
            .text("issued_token_type", u"urn:ietf:params:oauth:token-type:id-jag"_s)
            .text("access_token", QByteArrayView(assertion(call, form, decision)))
            .text("token_type", u"N_A"_s)
            .number("expires_in", lifetime)
            .text("scope", QString(decision.scopes.join(u' ')))
            .done());
    addEntraHeaders(reply, call, call.world.entropy.guid());
    return reply;
}

} // namespace lab
