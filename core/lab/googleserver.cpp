// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googleserver.h"

#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/google.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Call
{
    World& world;
    const QList<const setup::Target*>& targets;
    const http::ServerRequest& request;
    QByteArray path {};
};

http::ServerResponse oauthError(const base::Verdict& verdict)
{
    const base::Refusal refusal = verdict.refusal.value_or(openQuestion(verdict));
    return jsonReply(refusal.status,
        JsonText().text("error", refusal.error).text("error_description", refusal.text).done());
}

http::ServerResponse apiError(int status, const QString& name, const QString& text)
{
    const QByteArray inner = JsonText().number("code", status).text("message", text).text("status", name).done();
    auto reply = jsonReply(status, JsonText().raw("error", inner).done());
    if (status == 401)
        addHeader(reply, "WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"");
    return reply;
}

http::ServerResponse apiError(const base::Verdict& verdict)
{
    const base::Refusal refusal = verdict.refusal.value_or(openQuestion(verdict));
    return apiError(refusal.status, verdict.refusal ? refusal.error : u"UNIMPLEMENTED"_s, refusal.text);
}

/// The provider that the request's audience names; the first where none does, whose name then does not fit.
const setup::Target& targetOfAudience(const Call& call, const QString& audience)
{
    const auto named = std::ranges::find_if(call.targets,
        [&](const setup::Target* t) { return trust::googleAudience(t->provider.root()) == audience; });
    return named == call.targets.end() ? *call.targets.front() : **named;
}

/// The target whose token this is.
const setup::Target& targetOfToken(const Call& call)
{
    const auto grant = call.world.ledger.opaque(call.request.headers.value("Authorization").mid(7).trimmed());
    const auto own = std::ranges::find_if(
        call.targets, [&](const setup::Target* t) { return grant && grant->target == t->name; });
    return own == call.targets.end() ? *call.targets.front() : **own;
}

bool isAccepted(const base::Verdict& verdict) { return verdict.decision == base::Decision::Accept; }

/// Prefixes are reported and nothing depends on them (downstream.md 3.1: unconfirmed).
http::ServerResponse minted(const Call& call, const setup::Target& target, const trust::GoogleDecision& d)
{
    const QByteArray token
        = call.world.ledger.addOpaque("ya29.d.", trust::googleGrant(target, d, call.world.now()));
    return jsonReply(200,
        JsonText()
            .text("access_token", QByteArrayView(token))
            .text("issued_token_type", u"urn:ietf:params:oauth:token-type:access_token"_s)
            .text("token_type", u"Bearer"_s)
            .number("expires_in", d.lifetime.count())
            .done());
}

http::ServerResponse exchange(const Call& call)
{
    World& world = call.world;
    const trust::GoogleExchange asked = trust::googleExchangeIn(call.request.headers, call.request.body);
    const setup::Target& target = targetOfAudience(call, asked.audience);
    const auto decision = trust::decideGoogleExchange(world.setup, target, asked, world.knowledge, world.now());
    auto reply = isAccepted(decision.verdict) ? minted(call, target, decision) : oauthError(decision.verdict);
    return withTruth(world, std::move(reply), target.name, decision.verdict, decision.reason);
}

http::ServerResponse accountToken(const Call& call, const setup::Target& target, const trust::GoogleImpersonation& d)
{
    const base::Instant now = call.world.now();
    const QByteArray token = call.world.ledger.addOpaque("ya29.c.", trust::googleGrant(target, d, target.serviceAccount, now));
    return jsonReply(200,
        JsonText()
            .text("accessToken", QByteArrayView(token))
            .text("expireTime", base::toRfc3339(now + d.lifetime))
            .done());
}

http::ServerResponse impersonate(const Call& call)
{
    World& world = call.world;
    const auto body = json::Document::parse(call.request.body);
    if (!body || !body->root().isObject())
        return apiError(400, u"INVALID_ARGUMENT"_s, u"The body is not a JSON object."_s);
    const setup::Target& target = targetOfToken(call);
    const auto decision = trust::decideGoogleImpersonation(world.setup, target, trust::googleAccountIn(call.path),
        call.request.headers, body->root(), world.knowledge, world.now());
    auto reply = isAccepted(decision.verdict) ? accountToken(call, target, decision) : apiError(decision.verdict);
    return withTruth(world, std::move(reply), target.name, decision.verdict);
}

QByteArray generated(const setup::Target& target, const QString& principal)
{
    const QString text = u"This is the lab, not a model. "_s + principal + u" reached "_s + target.displayName
        + u" with a short-lived token."_s;
    const QByteArray content
        = JsonText().text("role", u"model"_s).raw("parts", jsonArray({JsonText().text("text", text).done()})).done();
    const QByteArray candidate = JsonText().raw("content", content).text("finishReason", u"STOP"_s).done();
    return JsonText()
        .raw("candidates", jsonArray({candidate}))
        .raw("usageMetadata", R"({"promptTokenCount":12,"candidatesTokenCount":24,"totalTokenCount":36})")
        .text("modelVersion", target.model)
        .done();
}

http::ServerResponse generate(const Call& call)
{
    World& world = call.world;
    const setup::Target& target = targetOfToken(call);
    const auto verdict
        = trust::decideGoogleCall(world.setup, target, call.request.headers, world.knowledge, world.now());
    if (!isAccepted(verdict))
        return withTruth(world, apiError(verdict), target.name, verdict);
    const auto body = json::Document::parse(call.request.body);
    if (!body || body->root()["contents"].size() == 0)
        return apiError(400, u"INVALID_ARGUMENT"_s, u"The request has no contents."_s);
    const auto grant = world.ledger.opaque(call.request.headers.value("Authorization").mid(7).trimmed());
    return withTruth(world, jsonReply(200, generated(target, grant ? grant->principal : QString())), target.name, verdict);
}

/// A service is told by how its path begins and ends.
struct Route
{
    QByteArrayView begin;
    QByteArrayView end;
    http::ServerResponse (*answer)(const Call&);
};
constexpr Route routes[] {
    {"/v1/token", "", exchange},
    {"/v1/projects/-/serviceAccounts/", ":generateAccessToken", impersonate},
    {"/v1/projects/", ":generateContent", generate},
};

bool fits(const Route& route, const QByteArray& path)
{
    return route.end.isEmpty() ? path == route.begin : path.startsWith(route.begin) && path.endsWith(route.end);
}

} // namespace

http::ServerResponse googleServer(World& world, const QList<const setup::Target*>& targets, const http::ServerRequest& request,
    const QByteArray& path)
{
    // A colon may come percent-encoded.
    const Call call {world, targets, request, http::percentDecoded(path)};
    const auto route = std::ranges::find_if(routes, [&](const Route& r) { return fits(r, call.path); });
    if (route == std::end(routes))
        return apiError(404, u"NOT_FOUND"_s, u"The lab's Google Cloud exchanges tokens, impersonates and generates, no more."_s);
    if (request.method != "POST")
        return apiError(405, u"INVALID_ARGUMENT"_s, u"Method not allowed"_s);
    return route->answer(call);
}

} // namespace lab
