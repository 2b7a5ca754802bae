// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/http/server.h"

namespace lab {

/// One JSON-RPC 2.0 message out of a request's body.
struct RpcMessage
{
    json::Document document {};
    QByteArray id {};           ///< as JSON, "null" when there is none
    bool isNotification = false;
    int code = 0;               ///< JSON-RPC error code of `fault`
    QByteArray fault {};        ///< why it cannot be read; empty when it can
};

RpcMessage readRpc(const http::ServerRequest& request);
http::ServerResponse rpcResult(const RpcMessage& message, const QByteArray& result);
http::ServerResponse rpcError(const RpcMessage& message, int status, int code, const QByteArray& text);

} // namespace lab
