// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "exchangeserver.h"

#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/targetkeys.h"
#include "core/lab/tenantcall.h"
#include "core/lab/truth.h"
#include "core/trust/tokenexchange.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// One audience stands alone, several in a list (RFC 7519 section 4.1.3).
QByteArray audienceJson(const QStringList& audiences)
{
    return audiences.size() == 1 ? json::quoted(audiences.front()) : jsonList(audiences);
}

struct Call
{
    World& world;
    const QList<const setup::Target*>& targets;
    const http::ServerRequest& request;

    const setup::Target& first() const { return *targets.front(); }
};

http::ServerResponse metadata(const Call& call)
{
    const setup::Target& server = call.first();
    return metadataReply(
        JsonText()
            .text("issuer", server.url)
            .text("token_endpoint", QString(server.url + u"/token"_s))
            .text("jwks_uri", QString(server.url + u"/jwks"_s))
            .list("response_types_supported", {u"none"_s})
            .list("grant_types_supported",
                {QString::fromLatin1(trust::tokenExchangeGrant), QString::fromLatin1(trust::jwtBearerGrant)})
            .list("token_endpoint_auth_methods_supported", {u"client_secret_basic"_s, u"client_secret_post"_s})
            .list("scopes_supported", server.scopes));
}

http::ServerResponse keys(const Call& call) { return documentReply(keysOf(call.world, call.first()).jwks); }

http::ServerResponse error(const base::Refusal& refusal)
{
    auto reply = jsonReply(refusal.status,
        JsonText().text("error", refusal.error).text("error_description", refusal.text).done());
    if (refusal.status == 401)
        addHeader(reply, "WWW-Authenticate", "Basic realm=\"token exchange\"");
    return reply;
}

http::ServerResponse issued(const Call& call, const setup::Target& server, const trust::ExchangeDecision& d)
{
    return jsonReply(200,
        JsonText()
            .text("access_token", QByteArrayView(mintExchanged(call.world, server, d)))
            .text("issued_token_type", d.tokenType)
            .text("token_type", u"Bearer"_s)
            .number("expires_in", d.lifetime.count())
            .text("scope", QString(d.scopes.join(u' ')))
            .done());
}

const setup::Target& targetOf(const Call& call, const http::Form& form)
{
    const QString client = QString::fromUtf8(form.value("client_id"));
    const auto named = std::ranges::find_if(
        call.targets, [&](const setup::Target* t) { return t->clientId == client; });
    return named == call.targets.end() ? call.first() : **named;
}

http::ServerResponse token(const Call& call)
{
    const http::Form form = isForm(call.request.headers) ? http::parseForm(call.request.body) : http::Form();
    const setup::Target& server = targetOf(call, form);
    const auto d = trust::decideTokenExchange(call.world.setup, server, form,
        call.request.headers.value("Authorization"), call.world.knowledge, call.world.now());
    const GuessCall guessed {call.world, server.name, server.clientId, call.world.now()};
    if (const auto pause = guessPause(guessed, form, call.request.headers.value("Authorization"), d.verdict))
        return pausedReply(guessed, *pause, error(pause->refusal()));
    const bool accepted = d.verdict.decision == base::Decision::Accept;
    const base::Refusal refusal = d.verdict.refusal.value_or(
        base::Refusal {.status = 400, .error = u"invalid_request"_s, .text = u"The request is not accepted."_s});
    return withTruth(call.world, accepted ? issued(call, server, d) : error(refusal), server.name, d.verdict);
}

struct Route
{
    const char* method;
    const char* path;
    http::ServerResponse (*answer)(const Call&);
};

} // namespace

http::ServerResponse exchangeServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path)
{
    static constexpr Route routes[] {{"GET", "/jwks", keys}, {"POST", "/token", token}};
    const Call call {world, targets, request};
    if (request.path.startsWith("/.well-known/"))
        return path.isEmpty() ? metadata(call) : notFound();
    const auto route = std::ranges::find_if(routes, [&path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return notFound();
    if (request.method != route->method)
        return textReply(405, "This address of the lab takes other methods.\n");
    return route->answer(call);
}

QByteArray mintExchanged(World& world, const setup::Target& server, const trust::ExchangeDecision& d)
{
    const qint64 now = base::epochSeconds(world.now());
    JsonText json;
    json.text("iss", server.url)
        .text("sub", d.subject)
        .raw("aud", audienceJson(d.audiences))
        .text("client_id", server.clientId)
        .text("scope", QString(d.scopes.join(u' ')))
        .number("iat", now)
        .number("nbf", now)
        .number("exp", now + d.lifetime.count())
        .text("jti", world.entropy.text(16));
    if (!d.actor.isEmpty() && !world.hasFault(u"exchange-drops-actor"))
        json.raw("act", d.actor);
    return keysOf(world, server).rsa.compact(json.done());
}

namespace {

QJsonObject principal(const setup::Setup& setup, const json::Value& row)
{
    const setup::App* via = setup.appByClientId(row["azp"].text());
    if (const setup::User* user = setup.userByObjectId(row["oid"].text()); user && via)
        return {{u"type"_s, u"user"_s}, {u"name"_s, user->name}, {u"via"_s, via->name}};
    const setup::App* app = setup.appByObjectId(row["oid"].text());
    if (!app)
        return {};
    return {{u"type"_s, app->kind == setup::AppKind::Agent ? u"agent"_s : u"app"_s}, {u"name"_s, app->name}};
}

} // namespace

QJsonObject exchangeTrust(const World& world, const setup::Target& target)
{
    const setup::App* resource = world.setup.app(target.resource);
    const json::Value settings = target.settings.root();
    const QJsonObject subject = principal(world.setup, settings["subjects"].first());
    const QJsonObject actor = principal(world.setup, settings["actors"].first());
    if (!resource || subject.isEmpty() || resource->delegatedScopes.isEmpty())
        return {};
    const QString base = QString(resource->identifierUris.value(0, resource->clientId) + u'/');
    QJsonObject out {{u"name"_s, target.name}, {u"service"_s, u"token-exchange"_s}, {u"principal"_s, subject},
        {u"scope"_s, QString(base + resource->delegatedScopes.front())},
        {u"settings"_s,
            QJsonObject {{u"clientId"_s, target.clientId},
                {u"clientSecret"_s, QString::fromLatin1(clientSecret(world.entropy, target))},
                {u"audience"_s, target.audience}, {u"scope"_s, target.scopes.join(u' ')}}}};
    if (!actor.isEmpty())
        out[u"actor"_s] = QJsonObject {{u"principal"_s, actor}, {u"scope"_s, QString(base + u".default"_s)}};
    return out;
}

} // namespace lab
