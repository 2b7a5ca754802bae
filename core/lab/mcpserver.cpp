// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpserver.h"

#include "core/jose/jwt.h"
#include "core/lab/jsontext.h"
#include "core/lab/mcprpc.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/mcp.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// Revisions of the protocol that this server speaks, newest first.
constexpr std::array versions {"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"};

struct Call
{
    World& world;
    const setup::Target& target;
    const http::ServerRequest& request;
    trust::McpDecision decision {};
};

base::Refusal refusalIn(const Call& call)
{
    return call.decision.verdict.refusal.value_or(
        base::Refusal {.status = 401, .error = u"invalid_token"_s, .text = u"The token could not be checked."_s});
}

QByteArray quotedText(QString text) { return QByteArray('"' + text.replace(u'"', u'\'').toUtf8() + '"'); }

/// "Bearer resource_metadata=..., error=...": the document first, it is what every client needs. Some servers leave it out.
QByteArray challenge(const Call& call, const base::Refusal& refusal)
{
    QByteArrayList parameters;
    if (mcpMetadataPlace(call.target) == McpMetadataPlace::Challenge)
        parameters.append("resource_metadata=" + quotedText(mcpMetadataUrl(call.target.url)));
    if (!refusal.error.isEmpty())
        parameters.append("error=" + quotedText(refusal.error) + ", error_description=" + quotedText(refusal.text));
    const QStringList first = call.target.settings.root()["challengeScope"].boolean() && !call.target.tools.isEmpty()
        ? QStringList {trust::scopeToAsk(call.target, call.target.tools.front().scope)}
        : QStringList {};
    const QStringList scopes = refusal.status == 403 ? call.decision.challenge : first;
    if (!scopes.isEmpty() && refusal.status != 400)
        parameters.append("scope=" + quotedText(scopes.join(u' ')));
    return parameters.isEmpty() ? QByteArray("Bearer") : QByteArray("Bearer " + parameters.join(", "));
}

http::ServerResponse refused(const Call& call)
{
    const base::Refusal refusal = refusalIn(call);
    const QString error = refusal.error.isEmpty() ? u"unauthorized"_s : refusal.error;
    auto reply = jsonReply(refusal.status,
        JsonText().text("error", error).text("error_description", refusal.text).done());
    addHeader(reply, "WWW-Authenticate", challenge(call, refusal));
    return reply;
}

/// A session id says by itself that this server gave it out, so none has to be kept.
QByteArray sessionMac(const World& world, const QByteArray& random)
{
    return jose::hmacSha256(world.entropy.derived("mcp session"), random).toHex().first(32);
}

QByteArray newSession(const World& world)
{
    const QByteArray random = world.entropy.guid();
    return QByteArray(random + '.' + sessionMac(world, random));
}

bool isSession(const World& world, const QByteArray& id)
{
    const qsizetype dot = id.indexOf('.');
    return dot > 0 && sessionMac(world, id.first(dot)) == id.mid(dot + 1);
}

bool isKnownVersion(QByteArrayView version)
{
    return std::ranges::any_of(versions, [version](const char* v) { return version == v; });
}

json::Value parameters(const json::Document& message) { return message.root()["params"]; }

QByteArray initialized(const Call& call, const json::Document& message)
{
    const QByteArray asked = parameters(message)["protocolVersion"].bytes().toByteArray();
    const QByteArray version = isKnownVersion(asked) ? asked : QByteArray(versions[1]);
    const QString title = call.target.displayName.isEmpty() ? call.target.name : call.target.displayName;
    return JsonText()
        .text("protocolVersion", QByteArrayView(version))
        .raw("capabilities", R"({"tools":{"listChanged":false}})")
        .raw("serverInfo", JsonText().text("name", call.target.name).text("title", title).text("version", u"1.0.0"_s).done())
        .done();
}

QByteArray toolEntry(const setup::Tool& tool)
{
    const QString needs = tool.scope.isEmpty() ? u"Needs no scope of its own."_s : QString(u"Needs the scope "_s + tool.scope + u'.');
    return JsonText()
        .text("name", tool.name)
        .text("description", needs)
        .raw("inputSchema", R"({"type":"object","properties":{}})")
        .raw("annotations", JsonText().flag("readOnlyHint", !tool.writes).done())
        .done();
}

QByteArray toolList(const Call& call, const json::Document&)
{
    QList<QByteArray> tools;
    for (const setup::Tool& tool : call.target.tools)
        tools.append(toolEntry(tool));
    return JsonText().raw("tools", jsonArray(tools)).done();
}

QByteArray textResult(const QByteArray& text, bool isError = false)
{
    const QByteArray block = JsonText().text("type", u"text"_s).text("text", QByteArrayView(text)).done();
    return JsonText().raw("content", jsonArray({block})).flag("isError", isError).done();
}

QString firstOf(const jose::Jwt& token, std::initializer_list<const char*> claims)
{
    for (const char* claim : claims) {
        if (const QString text = token.text(claim); !text.isEmpty())
            return text;
    }
    return {};
}

/// Who is calling, as the token says it.
QByteArray whoami(const jose::Jwt& token)
{
    JsonText out;
    out.text("oid", firstOf(token, {"oid", "sub"}));
    out.text(token.claim("appid") ? "appid" : "azp", firstOf(token, {"azp", "appid", "client_id"}));
    out.text("scp", QString(trust::grantedScopes(token).join(u' ')));
    if (const QString issuer = token.text("iss"); !issuer.isEmpty())
        out.text("iss", issuer);
    return out.done();
}

QByteArray toolResult(const Call& call, const json::Document&)
{
    if (call.decision.upstreamRefused)
        return textResult("The next receiver answered 401: the token was not made for it.", true);
    if (call.decision.tool == "whoami"_L1)
        return textResult(whoami(jose::decode(call.request.headers.value("Authorization").mid(7))));
    return textResult(JsonText().text("tool", call.decision.tool).flag("done", true).done());
}

QByteArray pong(const Call&, const json::Document&) { return "{}"; }

struct Method
{
    QLatin1StringView name;
    QByteArray (*result)(const Call&, const json::Document&);
};
constexpr Method methods[] {{"initialize"_L1, initialized}, {"ping"_L1, pong}, {"tools/list"_L1, toolList},
    {"tools/call"_L1, toolResult}};

bool isUnknownTool(const Call& call)
{
    return call.decision.method == "tools/call"_L1
        && std::ranges::find(call.target.tools, call.decision.tool, &setup::Tool::name) == call.target.tools.end();
}

http::ServerResponse answer(const Call& call, const RpcMessage& message)
{
    const auto method = std::ranges::find_if(methods, [&](const Method& m) { return call.decision.method == m.name; });
    if (method == std::end(methods))
        return rpcError(message, 200, -32601, "The method is not known.");
    if (isUnknownTool(call))
        return rpcError(message, 200, -32602, "The tool is not known.");
    auto reply = rpcResult(message, method->result(call, message.document));
    if (call.decision.method == "initialize"_L1)
        addHeader(reply, "Mcp-Session-Id", newSession(call.world));
    return reply;
}

/// What is wrong with the transport, before the message itself is looked at.
std::optional<http::ServerResponse> transportFault(const Call& call, const RpcMessage& message)
{
    if (call.request.method != "POST") {
        auto reply = textReply(405, "This server has no stream of its own. POST a message.\n");
        addHeader(reply, "Allow", "POST");
        return reply;
    }
    if (!message.fault.isEmpty())
        return rpcError(message, 400, message.code, message.fault);
    const QByteArray version = call.request.headers.value("MCP-Protocol-Version");
    if (!version.isEmpty() && !isKnownVersion(version) && call.decision.method != "initialize"_L1)
        return rpcError(message, 400, -32600, "The protocol version is not known.");
    const QByteArray session = call.request.headers.value("Mcp-Session-Id");
    if (!session.isEmpty() && !isSession(call.world, session))
        return rpcError(message, 404, -32001, "The session is not known. Initialize again.");
    return std::nullopt;
}

http::ServerResponse served(const Call& call)
{
    const base::Verdict& verdict = call.decision.verdict;
    if (verdict.decision != base::Decision::Accept && !call.decision.upstreamRefused)
        return refused(call);
    const RpcMessage message = readRpc(call.request);
    if (auto fault = transportFault(call, message))
        return *std::move(fault);
    if (message.isNotification)
        return {.status = 202};
    return answer(call, message);
}

} // namespace

QString mcpMetadataUrl(const QString& url)
{
    const http::UrlParts parts = http::splitUrl(url.toUtf8());
    const QByteArray path = parts.path == "/" ? QByteArray() : parts.path;
    return QString::fromUtf8(parts.origin() + "/.well-known/oauth-protected-resource" + path);
}

McpMetadataPlace mcpMetadataPlace(const setup::Target& target)
{
    const QString said = target.settings.root()["metadataAt"].text();
    return said == "root"_L1 ? McpMetadataPlace::Root : said == "path"_L1 ? McpMetadataPlace::Path : McpMetadataPlace::Challenge;
}

http::ServerResponse mcpResourceMetadata(const setup::Target& target)
{
    if (target.metadata.root().isObject()) {
        const auto marked = target.metadata.with(QString(u'/' + QLatin1StringView(labMember)), "true");
        return documentReply(marked ? marked->source() : target.metadata.source());
    }
    return metadataReply(JsonText()
                             .text("resource", target.url)
                             .list("authorization_servers", {target.authorizationServer})
                             .list("bearer_methods_supported", {u"header"_s}));
}

http::ServerResponse mcpServer(World& world, const setup::Target& target, const http::ServerRequest& request)
{
    Call call {.world = world, .target = target, .request = request};
    const http::Request asked {.method = request.method, .url = QByteArray(target.url.toUtf8() + (request.query.isEmpty() ? "" : "?") + request.query),
        .headers = request.headers, .body = request.body};
    call.decision = trust::decideMcpCall(world.setup, target, asked, world.knowledge, world.now());
    return withTruth(world, served(call), target.name, call.decision.verdict);
}

} // namespace lab
