// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcprpc.h"

#include "core/lab/jsontext.h"
#include "core/lab/reply.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

RpcMessage broken(RpcMessage message, int code, const char* why)
{
    message.code = code;
    message.fault = why;
    return message;
}

} // namespace

RpcMessage readRpc(const http::ServerRequest& request)
{
    RpcMessage message {.id = "null"};
    auto parsed = json::Document::parse(request.body);
    if (!parsed)
        return broken(std::move(message), -32700, "The body is no JSON.");
    message.document = std::move(*parsed);
    const json::Value root = message.document.root();
    if (!root.isObject() || root["jsonrpc"].text() != "2.0"_L1)
        return broken(std::move(message), -32600, "The body is no single JSON-RPC 2.0 message.");
    const json::Value id = root["id"];
    if (id.isString() || id.isNumber())
        message.id = id.raw().toByteArray();
    // Answers to questions this server never asks are taken and dropped, like notifications.
    message.isNotification = !id || !root["method"];
    return message;
}

http::ServerResponse rpcResult(const RpcMessage& message, const QByteArray& result)
{
    return jsonReply(200, JsonText().text("jsonrpc", u"2.0"_s).raw("id", message.id).raw("result", result).done());
}

http::ServerResponse rpcError(const RpcMessage& message, int status, int code, const QByteArray& text)
{
    const QByteArray error = JsonText().number("code", code).text("message", QByteArrayView(text)).done();
    return jsonReply(status, JsonText().text("jsonrpc", u"2.0"_s).raw("id", message.id).raw("error", error).done());
}

} // namespace lab
