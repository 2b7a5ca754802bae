// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "server.h"

#include "core/http/asio_p.h"
#include "core/http/connection_p.h"
#include "core/http/listener_p.h"

#include <algorithm>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace http {

namespace serving {

void Listener::accept()
{
    const std::scoped_lock lock(mutex);
    accepting = !closed;
    if (accepting)
        acceptor.async_accept([this](Code ec, Socket socket) { accepted(ec, std::move(socket)); });
}

void Listener::accepted(Code ec, Socket socket)
{
    Peer* peer = nullptr;
    {
        const std::scoped_lock lock(mutex);
        if (!closed && !ec && peers.size() < static_cast<size_t>(limits.connections)) {
            auto made = makePeer(std::move(socket));
            peer = made.get();
            peers.emplace(peer, std::move(made));
        }
    }
    watch();
    if (peer)
        peer->start();
    ec&& ec != asio::error::connection_aborted ? pause() : accept();
}

/// Out of descriptors, most likely. Trying again at once would keep a core busy; the next sweep does.
void Listener::pause()
{
    const std::scoped_lock lock(mutex);
    accepting = false;
}

std::unique_ptr<Peer> Listener::makePeer(Socket socket)
{
    if (tls)
        return std::make_unique<Connection<TlsSocket>>(*this, std::move(socket), *tls);
    return std::make_unique<Connection<Socket>>(*this, std::move(socket));
}

void Listener::remove(Peer* peer)
{
    const std::scoped_lock lock(mutex);
    peers.erase(peer);
}

void Listener::close()
{
    closed = true;
    const std::scoped_lock lock(mutex);
    Code ignored;
    acceptor.close(ignored);
    for (const auto& [peer, owned] : peers) {
        if (peer->busy)
            peer->deadline = nowMs() + 500; // the answer under way may still go out
        else
            peer->cut();
    }
}

bool Listener::sweep(qint64 now)
{
    bool retry = false;
    {
        const std::scoped_lock lock(mutex);
        for (const auto& [peer, owned] : peers) {
            if (peer->deadline < now)
                peer->cut();
        }
        retry = !accepting && !closed;
        if (peers.empty() && !retry)
            return false;
    }
    if (retry)
        accept();
    return true;
}

bool Listener::isOver()
{
    const std::scoped_lock lock(mutex);
    return closed && !accepting && peers.empty();
}

} // namespace serving

using namespace serving;

namespace {

constexpr auto sweepEvery = std::chrono::seconds {1};

} // namespace

struct Server::Private
{
    Private(int t, ServerLimits l)
        : threadCount(std::max(1, t))
        , limits(l)
    {
    }

    base::Result<int> listen(int port, Handler handler, const TlsIdentity* tls);
    void run();
    void watch();
    void sweep();
    bool isOwnThread() const;

    int threadCount;
    ServerLimits limits;
    std::mutex mutex {}; ///< guards listeners, timer and watching
    std::unique_ptr<asio::io_context> context {};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work {};
    std::optional<asio::steady_timer> timer {};
    bool watching = false;
    std::vector<std::unique_ptr<Listener>> listeners {};
    std::vector<std::thread> threads {};
};

namespace {

base::Result<int> portTaken(int port, const Code& ec)
{
    if (ec == asio::error::address_in_use) {
        return base::fail(u"port-taken"_s,
            u"Port %1 is taken by another program. Choose another port."_s.arg(port), QString::number(port));
    }
    return base::fail(u"port-refused"_s,
        u"The system refuses port %1: %2. Choose another port."_s.arg(port).arg(
            QString::fromLocal8Bit(ec.message().c_str())),
        QString::number(port));
}

/// Loopback only, and this port alone. On Linux SO_REUSEADDR does not let two listeners share a port, it only
/// skips the minute that closed connections keep one busy; elsewhere it would let others in, so there it
/// stays off.
Code bindTo(Acceptor& acceptor, int port)
{
    Code ec;
    acceptor.open(Tcp::v4(), ec);
    keepFromChildren(acceptor.native_handle());
#if defined(Q_OS_LINUX)
    if (!ec)
        acceptor.set_option(Acceptor::reuse_address(true), ec);
#elif defined(Q_OS_WIN)
    using Exclusive = asio::detail::socket_option::boolean<SOL_SOCKET, SO_EXCLUSIVEADDRUSE>;
    if (!ec)
        acceptor.set_option(Exclusive(true), ec);
#endif
    if (!ec)
        acceptor.bind({asio::ip::address_v4::loopback(), static_cast<unsigned short>(port)}, ec);
    if (!ec)
        acceptor.listen(asio::socket_base::max_listen_connections, ec);
    return ec;
}

Code useIdentity(std::optional<asio::ssl::context>& tls, const TlsIdentity& identity)
{
    Code ec;
    tls.emplace(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    tls->use_certificate_chain(view(identity.certificatePem), ec);
    if (!ec)
        tls->use_private_key(view(identity.keyPem), asio::ssl::context::pem, ec);
    return ec;
}

} // namespace

base::Result<int> Server::Private::listen(int port, Handler handler, const TlsIdentity* tls)
{
    const std::scoped_lock lock(mutex);
    run();
    auto listener = std::make_unique<Listener>(*context, limits, std::move(handler));
    if (tls && useIdentity(listener->tls, *tls))
        return base::fail(u"tls-identity"_s,
            u"The certificate and key for port %1 do not load or do not belong together."_s.arg(port));
    if (const Code ec = bindTo(listener->acceptor, port))
        return portTaken(port, ec);
    listener->port = listener->acceptor.local_endpoint().port();
    listener->watch = [this] { watch(); };
    listener->accept();
    std::erase_if(listeners, [](const auto& l) { return l->isOver(); });
    return listeners.emplace_back(std::move(listener))->port;
}

void Server::Private::run()
{
    if (context)
        return;
    context = std::make_unique<asio::io_context>(threadCount);
    work.emplace(context->get_executor());
    timer.emplace(*context);
    for (int i = 0; i < threadCount; ++i)
        threads.emplace_back([c = context.get()] { c->run(); });
}

void Server::Private::watch()
{
    const std::scoped_lock lock(mutex);
    if (std::exchange(watching, true))
        return;
    timer->expires_after(sweepEvery);
    timer->async_wait([this](Code ec) { ec ? void() : sweep(); });
}

/// Once a second, and only while there is a connection: an idle server wakes nobody.
void Server::Private::sweep()
{
    {
        const std::scoped_lock lock(mutex);
        watching = false;
        bool more = false;
        for (const auto& l : listeners)
            more = l->sweep(nowMs()) || more;
        if (!more)
            return;
    }
    watch();
}

bool Server::Private::isOwnThread() const
{
    const auto self = std::this_thread::get_id();
    return std::any_of(
        threads.begin(), threads.end(), [self](const std::thread& t) { return t.get_id() == self; });
}

Server::Server(int threads, ServerLimits limits)
    : d(std::make_unique<Private>(threads, limits))
{
}
Server::~Server() { stop(); }

base::Result<int> Server::listen(int port, Handler handler, const TlsIdentity* tls)
{
    if (port < 0 || port > 65535)
        return base::fail(u"port-invalid"_s, u"%1 is no port. Ports go from 1 to 65535."_s.arg(port),
            QString::number(port));
    return d->listen(port, std::move(handler), tls);
}

void Server::close(int port)
{
    Listener* closing = nullptr;
    {
        const std::scoped_lock lock(d->mutex);
        for (const auto& l : d->listeners) {
            if (l->port == port && !l->closed)
                closing = l.get();
        }
    }
    if (!closing)
        return;
    closing->close();
    if (d->isOwnThread())
        return; // a handler cannot wait for itself
    for (int n = closing->running; n > 0; n = closing->running)
        closing->running.wait(n);
}

void Server::stop()
{
    if (!d->context)
        return;
    {
        const std::scoped_lock lock(d->mutex);
        for (const auto& l : d->listeners)
            l->close();
    }
    d->context->stop();
    for (std::thread& t : d->threads)
        t.join();
    d->threads.clear();
    d->listeners.clear();
    d->timer.reset();
    d->work.reset();
    d->context.reset();
    d->watching = false;
}

} // namespace http
