// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropicserver.h"

#include "core/jose/jwt.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/sites.h"
#include "core/lab/truth.h"
#include "core/trust/anthropic.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Call
{
    World& world;
    const QList<const setup::Target*>& targets;
    const http::ServerRequest& request;
    QByteArray requestId {};
};

http::ServerResponse dressed(const Call& call, http::ServerResponse reply)
{
    addHeader(reply, "request-id", call.requestId);
    return reply;
}

http::ServerResponse error(const Call& call, int status, const QString& type, const QString& text)
{
    const QByteArray inner = JsonText().text("type", type).text("message", text).done();
    return dressed(call,
        jsonReply(status,
            JsonText()
                .text("type", u"error"_s)
                .raw("error", inner)
                .text("request_id", QByteArrayView(call.requestId))
                .done()));
}

base::Refusal refusalIn(const base::Verdict& verdict)
{
    if (verdict.decision == base::Decision::NotEvaluated)
        return openQuestion(verdict);
    return verdict.refusal.value_or(base::Refusal {
        .status = 401, .error = u"authentication_error"_s, .text = u"Authentication failed"_s});
}

http::ServerResponse error(const Call& call, const base::Verdict& verdict)
{
    const base::Refusal refusal = refusalIn(verdict);
    return error(call, refusal.status, refusal.error, refusal.text);
}

/// Every denial of an assertion looks the same on the wire; only the history tells why.
http::ServerResponse denied(const Call& call, const base::Verdict& verdict)
{
    const base::Refusal refusal = refusalIn(verdict);
    return error(call, refusal.status, refusal.error,
        refusal.status == 401 ? u"Authentication failed"_s : refusal.text);
}

bool isJson(const http::Headers& headers)
{
    return headers.value("Content-Type").trimmed().toLower().startsWith("application/json");
}

/// The body, or why there is none.
base::Result<json::Document> bodyOf(const Call& call)
{
    if (!isJson(call.request.headers))
        return base::fail({}, u"The body has to be JSON, with content-type application/json."_s);
    auto body = json::Document::parse(call.request.body);
    if (!body || !body->root().isObject())
        return base::fail({}, u"The body is not a JSON object."_s);
    return body;
}

const setup::Target& targetOfRule(const Call& call, const QString& ruleId)
{
    for (const setup::Target* target : call.targets) {
        if (target->rule.root()["id"].text() == ruleId)
            return *target;
    }
    return *call.targets.front();
}

const setup::Target& targetOfToken(const Call& call)
{
    const QByteArray bearer = call.request.headers.value("Authorization").mid(7);
    const auto grant = call.world.ledger.opaque(bearer.isEmpty() ? call.request.headers.value("x-api-key") : bearer);
    for (const setup::Target* target : call.targets) {
        if (grant && grant->target == target->name)
            return *target;
    }
    return *call.targets.front();
}

void remember(const Call& call, const setup::Target& target, const trust::AnthropicDecision& d)
{
    if (!d.inHistory)
        return;
    const bool accepted = d.verdict.decision == base::Decision::Accept;
    const QString text = accepted ? u"The assertion satisfied the rule."_s : refusalIn(d.verdict).text;
    call.world.history.add({.requestId = QString::fromLatin1(call.requestId),
        .target = target.name,
        .reason = d.reason,
        .text = text,
        .verdict = d.verdict,
        .at = call.world.now()});
}

/// Takes an accepted assertion out of use. False when another request was faster with the same one.
bool useUp(const Call& call, const jose::Jwt& assertion)
{
    const QByteArrayView jti = assertion.claim("jti").bytes();
    return jti.isEmpty() || call.world.ledger.useJti(assertion.text("iss"), jti);
}

http::ServerResponse minted(const Call& call, const setup::Target& target, const trust::AnthropicDecision& d)
{
    const QByteArray token = call.world.ledger.addOpaque("sk-ant-oat01-",
        {.target = target.name,
            .principal = target.serviceAccountId,
            .scope = d.scope,
            .expires = call.world.now() + d.lifetime});
    return dressed(call,
        jsonReply(200,
            JsonText()
                .text("access_token", QByteArrayView(token))
                .text("token_type", u"Bearer"_s)
                .number("expires_in", d.lifetime.count())
                .text("scope", d.scope)
                .done()));
}

/// What lies at an address that the lab does not play, nobody knows here: the signature is then left open.
trust::Knowledge knownFor(const Call& call, const setup::Target& target)
{
    trust::Knowledge known = call.world.knowledge;
    const json::Value jwks = target.issuer.root()["jwks"];
    const QByteArray origin = http::splitUrl(jwks["url"].bytes().toByteArray()).origin();
    if (jwks["type"].text() == "explicit_url"_L1 && mountsAt(call.world.setup, QString::fromUtf8(origin)).empty())
        known.receiver = false;
    return known;
}

http::ServerResponse exchange(const Call& call)
{
    World& world = call.world;
    const auto body = bodyOf(call);
    if (!body)
        return error(call, 400, u"invalid_request_error"_s, body.error().text);
    const setup::Target& target = targetOfRule(call, body->root()["federation_rule_id"].text());
    const trust::Knowledge known = knownFor(call, target);
    auto decision = trust::decideAnthropicExchange(world.setup, target, body->root(), known, world.now());
    const bool accepted = decision.verdict.decision == base::Decision::Accept;
    if (accepted && !useUp(call, jose::decode(body->root()["assertion"].bytes())))
        decision = trust::decideAnthropicExchange(world.setup, target, body->root(), known, world.now());
    remember(call, target, decision);
    return decision.verdict.decision == base::Decision::Accept ? minted(call, target, decision)
                                                               : denied(call, decision.verdict);
}

/// What is missing in a request for a message; empty when nothing is.
QString faultOf(const json::Value& body)
{
    if (!body["model"].isString())
        return u"model: Field required"_s;
    if (!body["max_tokens"].integer())
        return u"max_tokens: Field required"_s;
    return body["messages"].isArray() && body["messages"].size() > 0
        ? QString()
        : u"messages: at least one message is required"_s;
}

QString messageText(const setup::Target& target)
{
    const QString account
        = target.serviceAccountName.isEmpty() ? target.serviceAccountId : target.serviceAccountName;
    if (account.isEmpty())
        return u"This is the lab, not a model. A static key of the workspace reached the API; nobody can tell who holds it."_s;
    return QString(u"This is the lab, not a model. The service account "_s + account
        + u" reached the API with a federated token."_s);
}

QByteArray message(const Call& call, const setup::Target& target, const QString& model)
{
    const QByteArray block = JsonText().text("type", u"text"_s).text("text", messageText(target)).done();
    return JsonText()
        .text("id", QByteArray("msg_01" + call.world.entropy.derived(call.requestId).toHex().first(22)))
        .text("type", u"message"_s)
        .text("role", u"assistant"_s)
        .text("model", model)
        .raw("content", jsonArray({block}))
        .text("stop_reason", u"end_turn"_s)
        .raw("stop_sequence", "null")
        .raw("usage",
            R"({"input_tokens":12,"cache_creation_input_tokens":0,)"
            R"("cache_read_input_tokens":0,"output_tokens":24})")
        .done();
}

http::ServerResponse messageAnswer(
    const Call& call, const setup::Target& target, const base::Verdict& verdict)
{
    if (verdict.decision != base::Decision::Accept)
        return error(call, verdict);
    const auto body = bodyOf(call);
    const QString fault = body ? faultOf(body->root()) : body.error().text;
    if (!fault.isEmpty())
        return error(call, 400, u"invalid_request_error"_s, fault);
    return dressed(call, jsonReply(200, message(call, target, body->root()["model"].text())));
}

http::ServerResponse messages(const Call& call)
{
    const setup::Target& target = targetOfToken(call);
    const auto verdict = trust::decideAnthropicCall(
        call.world.setup, target, call.request.headers, call.world.knowledge, call.world.now());
    return withTruth(call.world, messageAnswer(call, target, verdict), target.name, verdict);
}

struct Route
{
    const char* path;
    http::ServerResponse (*answer)(const Call&);
};
constexpr Route routes[] {{"/v1/oauth/token", exchange}, {"/v1/messages", messages}};

} // namespace

http::ServerResponse anthropicServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path)
{
    const Call call {world, targets, request, "req_lab" + world.entropy.bytes(10).toHex()};
    const auto route = std::ranges::find_if(routes, [&path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return error(call, 404, u"not_found_error"_s,
            u"The lab's Anthropic API has /v1/oauth/token and /v1/messages."_s);
    if (request.method != "POST")
        return error(call, 405, u"invalid_request_error"_s, u"Method not allowed"_s);
    return route->answer(call);
}

} // namespace lab
