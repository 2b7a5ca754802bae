// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/asio_p.h"
#include "core/http/server.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace http::serving {

constexpr qint64 noDeadline = std::numeric_limits<qint64>::max();

/// What a listener knows of a connection.
class Peer
{
public:
    virtual ~Peer() = default;
    virtual void start() = 0;
    /// Ends whatever is being waited for; the connection then takes itself down. Safe from any thread,
    /// because the socket is closed only by the destructor, which runs under the listener's lock.
    virtual void cut() = 0;

    std::atomic<qint64> deadline = noDeadline;
    std::atomic<bool> busy = false; ///< between a whole request and the end of its answer
};

/// One port: its acceptor, its handler, its connections.
struct Listener
{
    Listener(asio::io_context& context, const ServerLimits& l, Handler h)
        : acceptor(context)
        , limits(l)
        , handler(std::move(h))
    {
    }

    void accept();
    void accepted(Code ec, Socket socket);
    void pause();
    std::unique_ptr<Peer> makePeer(Socket socket);
    void remove(Peer* peer);
    void close();
    bool sweep(qint64 now); ///< whether there is still something to watch
    bool isOver();

    Acceptor acceptor;
    ServerLimits limits;
    Handler handler;
    std::optional<asio::ssl::context> tls{};
    std::function<void()> watch{}; ///< asks for sweeps
    int port = 0;

    std::mutex mutex{};
    std::unordered_map<Peer*, std::unique_ptr<Peer>> peers{};
    bool accepting = false; ///< an accept is under way or follows; who clears it touches nothing afterwards
    std::atomic<bool> closed = false;
    std::atomic<int> running = 0; ///< handlers
};

} // namespace http::serving
