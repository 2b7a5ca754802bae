// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "brokerserver.h"

#include "core/lab/exchangeserver.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/saasserver.h"
#include "core/lab/targetkeys.h"
#include "core/setup/brokerprofile.h"
#include "core/setup/targetsecrets.h"
#include "core/trust/broker.h"
#include "core/trust/tokenexchange.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Call
{
    World& world;
    const setup::Target& broker;
    const http::ServerRequest& request;
    QByteArray requestId {};
};

base::Refusal refusalIn(const base::Verdict& verdict)
{
    return verdict.refusal.value_or(base::Refusal {.status = 400, .error = u"invalid_request"_s, .text = u"The request is not accepted."_s});
}

/// What the wire says, beside what the broker's own log says of it.
http::ServerResponse logged(const Call& call, http::ServerResponse reply, const QString& reason, const QString& text, const base::Verdict& verdict)
{
    addHeader(reply, "x-request-id", call.requestId);
    call.world.history.add({.requestId = QString::fromLatin1(call.requestId), .target = call.broker.name, .reason = reason,
        .text = text, .verdict = verdict, .at = call.world.now()});
    return reply;
}

/// One record for each client and principal, made at the first issuance; its issuances are those the log has.
QString issuance(const Call& call, const QString& client, const QString& principal, const QString& what)
{
    const QByteArray label = "agent record " + QStringList {call.broker.name, client, principal}.join(u'\n').toUtf8();
    const QString record = u"Agent record agent_"_s + QString::fromLatin1(call.world.entropy.derived(label).toHex().first(10));
    const QList<HistoryEntry> log = call.world.history.entries();
    const auto before = std::ranges::count_if(log, [&](const HistoryEntry& e) { return e.text.startsWith(record); });
    return u"%1, client %2 for %3: %4. Issuance %5."_s.arg(record, client, principal, what, QString::number(before + 1));
}

http::ServerResponse keys(const Call& call) { return documentReply(keysOf(call.world, call.broker).jwks); }

http::ServerResponse tokenError(const base::Refusal& refusal)
{
    return jsonReply(refusal.status, JsonText().text("error", refusal.error).text("error_description", refusal.text).done());
}

http::ServerResponse token(const Call& call)
{
    const http::Form form = trust::brokerForm(call.request.headers, call.request.body);
    const auto d = trust::decideTokenExchange(
        call.world.setup, call.broker, form, call.request.headers.value("Authorization"), call.world.knowledge, call.world.now());
    const GuessCall guessed {call.world, call.broker.name, call.broker.clientId, call.world.now()};
    if (const auto pause = guessPause(guessed, form, call.request.headers.value("Authorization"), d.verdict))
        return logged(call, withRetryAfter(tokenError(pause->refusal()), *pause), u"too_many_guesses"_s, pause->refusal().text, pause->verdict);
    if (d.verdict.decision != base::Decision::Accept) {
        const base::Refusal refusal = refusalIn(d.verdict);
        return logged(call, tokenError(refusal), d.reason, refusal.text, d.verdict);
    }
    const QString scopes = d.scopes.join(u' ');
    const QString text = issuance(call, call.broker.clientId, d.subject, u"platform token, "_s + scopes);
    JsonText body;
    body.text("access_token", QByteArrayView(mintExchanged(call.world, call.broker, d)))
        .text("token_type", u"Bearer"_s)
        .number("expires_in", d.lifetime.count())
        .text("scope", scopes);
    if (form.value("grant_type") == trust::tokenExchangeGrant)
        body.text("issued_token_type", d.tokenType);
    return logged(call, jsonReply(200, body.done()), u"issued"_s, text, d.verdict);
}

/// `{token: {...}}` as the SDK reads it; the third party's token itself is the lab's own provider's.
QByteArray connectionBody(const Call& call, const trust::ConnectionDecision& d, const setup::User& user, const setup::Target& target)
{
    const QByteArray inner = JsonText()
        .text("id", QByteArrayView(call.world.entropy.derived(QByteArray("connection " + d.connection.toUtf8() + user.objectId.toUtf8())).toHex().first(24)))
        .text("appId", d.connection)
        .text("userId", user.username)
        .text("accessToken", QByteArrayView(saasToken(call.world, target, user, d.scopes)))
        .number("accessTokenExpiry", base::epochSeconds(call.world.now()) + 3600)
        .flag("hasRefreshToken", true)
        .list("scopes", d.scopes)
        .text("grantedBy", u"user"_s)
        .done();
    return JsonText().raw("token", inner).done();
}

const setup::Target* connectedTarget(const Call& call, const QString& appId)
{
    for (json::Value each = call.broker.settings.root()["connections"].first(); each; each = each.next())
        if (each["appId"].text() == appId)
            return call.world.setup.target(each["target"].text());
    return nullptr;
}

http::ServerResponse connection(const Call& call)
{
    const json::Document body = json::Document::read(call.request.body);
    const auto d = trust::decideConnection(
        call.world.setup, call.broker, call.request.headers, body.root(), call.world.knowledge, call.world.now());
    const setup::User* user = call.world.setup.user(d.user);
    const setup::Target* target = connectedTarget(call, d.connection);
    if (d.verdict.decision != base::Decision::Accept || !user || !target) {
        const base::Refusal refusal = refusalIn(d.verdict);
        return logged(call, jsonReply(refusal.status, JsonText().text("errorCode", refusal.error).text("errorDescription", refusal.text).done()),
            d.reason, refusal.text, d.verdict);
    }
    const QString what = u"connection %1 of %2, %3"_s.arg(d.connection, user->username, d.scopes.join(u' '));
    const QString text = d.byKey ? u"A management key fetched the %1. No agent record, no policy."_s.arg(what)
                                 : issuance(call, d.client, d.principal, what);
    return logged(call, jsonReply(200, connectionBody(call, d, *user, *target)), d.byKey ? u"management-key"_s : u"issued"_s, text, d.verdict);
}

const setup::Target& targetOf(const QList<const setup::Target*>& targets, const http::ServerRequest& request)
{
    const QByteArray project = request.headers.value("Authorization").mid(7);
    const QByteArray client = trust::brokerForm(request.headers, request.body).value("client_id");
    const auto named = std::ranges::find_if(targets, [&](const setup::Target* t) {
        const QByteArray own = t->audience.toUtf8();
        return t->clientId.toUtf8() == client || project.startsWith(QByteArray(own + ':')) || request.path.startsWith(QByteArray('/' + own + '/'));
    });
    return named == targets.end() ? *targets.front() : **named;
}

} // namespace

http::ServerResponse brokerServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path)
{
    const Call call {world, targetOf(targets, request), request, world.entropy.guid()};
    if (path.endsWith("/.well-known/jwks.json"))
        return keys(call);
    const bool forToken = path == setup::brokerTokenPath;
    if (!forToken && path != setup::brokerConnectionPath)
        return notFound();
    if (request.method != "POST")
        return textReply(405, "This address of the lab takes other methods.\n");
    return forToken ? token(call) : connection(call);
}

QJsonObject brokerTrust(const World& world, const setup::Target& target)
{
    const json::Value settings = target.settings.root(), connection = settings["connections"].first();
    const setup::App* workload = world.setup.appByObjectId(settings["workloads"].first()["oid"].text());
    const setup::App* resource = world.setup.app(target.resource);
    const setup::User* user = world.setup.user(connection["users"].first().text());
    if (!workload || !resource || !user)
        return {};
    QJsonObject known {{u"projectId"_s, target.audience}, {u"clientId"_s, target.clientId}, {u"scope"_s, target.scopes.join(u' ')},
        {u"appId"_s, connection["appId"].text()}, {u"userId"_s, user->username}};
    if (setup::hasManagementKey(target))
        known[u"managementKey"_s] = QString::fromLatin1(managementKey(world.entropy, target));
    const bool agent = workload->kind == setup::AppKind::Agent;
    return {{u"name"_s, target.name}, {u"service"_s, u"broker"_s},
        {u"principal"_s, QJsonObject {{u"type"_s, agent ? u"agent"_s : u"app"_s}, {u"name"_s, workload->name}}},
        {u"scope"_s, QString(resource->identifierUris.value(0, resource->clientId) + u"/.default"_s)}, {u"settings"_s, known}};
}

} // namespace lab
