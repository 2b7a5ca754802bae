// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/http/message.h"

#include <functional>
#include <memory>

namespace http {

struct ServerRequest
{
    QByteArray method{};
    QByteArray target{}; ///< as received: path and query
    QByteArray path{}; ///< percent-decoded only by who wants it
    QByteArray query{};
    Headers headers{};
    QByteArray body{};
    bool secure = false; ///< came over TLS
    int port = 0; ///< the listener's
};

struct ServerResponse
{
    int status = 200;
    Headers headers{}; ///< Content-Length, Date and Connection are the server's own
    QByteArray body{};
    bool hang
        = false; ///< fault: never answer, keep the connection open until the other side or stop() ends it
    bool drop = false; ///< fault: close without an answer
};

/// Called on the server's threads, several at a time. Must not throw.
using Handler = std::function<ServerResponse(const ServerRequest&)>;

struct ServerLimits
{
    qint64 body = 1024LL * 1024;
    int headers = 100; ///< count; their bytes are bounded by 64 KiB
    int connections = 256; ///< per listener; more are closed at once
    int idleSeconds = 30;
    int handshakeSeconds = 10;
};

struct TlsIdentity
{
    QByteArray certificatePem{}; ///< leaf first, then the chain
    QByteArray keyPem{};
};

/// A strict, bounded HTTP/1.1 server on loopback, with its own threads. One object serves several listeners.
/// Everything that is not one clean request is answered with 400 and closed. Only 127.0.0.1 (and ::1) can be
/// bound: there is no setting for more. A Host header that is not this listener's own loopback name is
/// answered with 421.
class Server
{
public:
    explicit Server(int threads = 2, ServerLimits limits = {});
    ~Server(); ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds 127.0.0.1:port exclusively (0: the system chooses) and serves at once. Returns the port. Error
    /// "port-taken" names it.
    base::Result<int> listen(int port, Handler handler, const TlsIdentity* tls = nullptr);
    /// Ends one listener and its connections.
    void close(int port);
    /// Ends everything within a second. Handlers that run are waited for.
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace http
