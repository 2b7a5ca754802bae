// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "server.h"

#include "core/http/requesthead.h"
#include "core/http/responsehead.h"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#endif

using namespace Qt::StringLiterals;

namespace http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
// The context's own executor, not the type-erased one: each connection has at most one operation under way, so its
// handlers never run at the same time and need no strand.
using Socket = asio::basic_stream_socket<Tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<Tcp, asio::io_context::executor_type>;
using TlsSocket = asio::ssl::stream<Socket>;
using Code = boost::system::error_code;

constexpr qint64 noDeadline = std::numeric_limits<qint64>::max();
constexpr qint64 lingerMs = 2000;
constexpr auto sweepEvery = std::chrono::seconds {1};

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

/// A browser that we start must not inherit a port or a connection.
void keepFromChildren([[maybe_unused]] Socket::native_handle_type handle)
{
#ifdef Q_OS_UNIX
    ::fcntl(handle, F_SETFD, FD_CLOEXEC);
#endif
}

QByteArrayView reasonOf(int status)
{
    const auto text = beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
    return {text.data(), static_cast<qsizetype>(text.size())};
}
QByteArray bytes(boost::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); }
asio::const_buffer view(const QByteArray& b) { return asio::buffer(b.constData(), static_cast<size_t>(b.size())); }

/// Beast's parser writing straight into our request: no second copy of every header.
class RequestReader : public beast::http::basic_parser<true>
{
public:
    ServerRequest request {};
    int version = 11;

private:
    using View = boost::string_view;
    void on_request_impl(beast::http::verb, View method, View target, int v, Code&) override
    {
        request.method = bytes(method);
        request.target = bytes(target);
        const qsizetype query = request.target.indexOf('?');
        request.path = query < 0 ? request.target : request.target.first(query);
        request.query = query < 0 ? QByteArray() : request.target.sliced(query + 1);
        version = v;
    }
    void on_field_impl(beast::http::field, View name, View value, Code&) override
    {
        if (!is_header_done()) // trailers are not headers
            request.headers.append({bytes(name), bytes(value)});
    }
    std::size_t on_body_impl(View body, Code&) override
    {
        request.body.append(body.data(), static_cast<qsizetype>(body.size()));
        return body.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code& ec) override { return on_body_impl(body, ec); }
    void on_response_impl(int, View, int, Code&) override { }
    void on_header_impl(Code&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override { }
    void on_chunk_header_impl(std::uint64_t, View, Code&) override { }
    void on_finish_impl(Code&) override { }
};

/// What a listener knows of a connection.
class Peer
{
public:
    virtual ~Peer() = default;
    virtual void start() = 0;
    /// Ends whatever is being waited for; the connection then takes itself down. Safe from any thread, because the
    /// socket is closed only by the destructor, which runs under the listener's lock.
    virtual void cut() = 0;

    std::atomic<qint64> deadline = noDeadline;
    std::atomic<bool> busy = false; ///< between a whole request and the end of its answer
};

/// One port: its acceptor, its handler, its connections.
struct Listener
{
    Listener(asio::io_context& context, const ServerLimits& l, Handler h) : acceptor(context), limits(l), handler(std::move(h)) { }

    void accept();
    void accepted(Code ec, Socket socket);
    std::unique_ptr<Peer> makePeer(Socket socket);
    void remove(Peer* peer);
    void close();
    bool sweep(qint64 now); ///< whether there is still something to watch
    bool isOver();

    Acceptor acceptor;
    ServerLimits limits;
    Handler handler;
    std::optional<asio::ssl::context> tls {};
    std::function<void()> watch {}; ///< asks for sweeps
    int port = 0;

    std::mutex mutex {};
    std::unordered_map<Peer*, std::unique_ptr<Peer>> peers {};
    bool accepting = false; ///< an accept is under way or follows; who clears it touches nothing afterwards
    std::atomic<bool> closed = false;
    std::atomic<int> running = 0; ///< handlers
};

template<typename Stream> class Connection : public Peer
{
public:
    template<typename... Args>
    explicit Connection(Listener& owner, Args&&... args) : m_owner(owner), m_stream(std::forward<Args>(args)...) { }

    void start() override;
    void cut() override
    {
        Code ignored;
        socket().shutdown(Socket::shutdown_both, ignored);
    }

private:
    static constexpr bool isTls = std::is_same_v<Stream, TlsSocket>;
    Socket& socket()
    {
        if constexpr (isTls)
            return m_stream.next_layer();
        else
            return m_stream;
    }
    void expireIn(int seconds) { deadline = nowMs() + seconds * 1000LL; }
    void finish() { m_owner.remove(this); } ///< the last thing any function does: *this is gone

    void readHead();
    void scanHead();
    void headArrived(Code ec, std::size_t size);
    void takeHead();
    void takeBody();
    void readBody();
    void answer();
    void hang();
    void refuse(int status);
    void write(ServerResponse response, Persistence persistence);
    void written(Code ec, bool more);
    void linger();
    void drain();

    Listener& m_owner;
    Stream m_stream;
    beast::flat_buffer m_in {HeadScan::maxBytes + 16 * 1024};
    HeadScan m_scan {};
    std::optional<RequestReader> m_reader {};
    ServerResponse m_response {};
    QByteArray m_out {};
};

template<typename Stream> void Connection<Stream>::start()
{
    keepFromChildren(socket().native_handle());
    Code ignored;
    socket().set_option(Tcp::no_delay(true), ignored);
    if constexpr (isTls) {
        expireIn(m_owner.limits.handshakeSeconds);
        m_stream.async_handshake(TlsSocket::server, [this](Code ec) { ec ? finish() : readHead(); });
    } else {
        readHead();
    }
}

template<typename Stream> void Connection<Stream>::readHead()
{
    m_scan = HeadScan(m_owner.limits.headers);
    m_reader.reset();
    expireIn(m_owner.limits.idleSeconds); // for the whole head: dripping bytes does not buy time
    scanHead();
}

template<typename Stream> void Connection<Stream>::scanHead()
{
    const auto data = m_in.data();
    switch (m_scan.feed({static_cast<const char*>(data.data()), static_cast<qsizetype>(data.size())})) {
    case HeadScan::State::Complete:
        return takeHead();
    case HeadScan::State::Bad:
        return refuse(400);
    case HeadScan::State::TooLong:
        return refuse(431);
    case HeadScan::State::More:
        break;
    }
    const std::size_t room = std::min<std::size_t>(std::max<std::size_t>(2048, m_in.capacity() - m_in.size()),
                                                   m_in.max_size() - m_in.size());
    m_stream.async_read_some(m_in.prepare(room), [this](Code ec, std::size_t size) { headArrived(ec, size); });
}

template<typename Stream> void Connection<Stream>::headArrived(Code ec, std::size_t size)
{
    m_in.commit(size);
    if (!ec)
        return scanHead();
    // Half a request and then the end: whoever sent it may still be reading.
    ec == asio::error::eof && m_in.size() > 0 && !m_owner.closed ? refuse(400) : finish();
}

template<typename Stream> void Connection<Stream>::takeHead()
{
    m_reader.emplace();
    m_reader->body_limit(static_cast<std::uint64_t>(m_owner.limits.body));
    m_reader->header_limit(HeadScan::maxBytes);
    m_in.consume(static_cast<std::size_t>(m_scan.start()));
    Code ec;
    const auto size = static_cast<std::size_t>(m_scan.end() - m_scan.start());
    m_in.consume(m_reader->put(asio::buffer(m_in.data(), size), ec));
    if (ec || !m_reader->is_header_done())
        return refuse(ec == beast::http::error::body_limit ? 413 : 400);
    m_reader->request.port = m_owner.port;
    m_reader->request.secure = isTls;
    if (const int status = refusal(m_reader->request, m_reader->version, m_owner.limits))
        return refuse(status);
    m_reader->is_done() ? answer() : takeBody();
}

template<typename Stream> void Connection<Stream>::takeBody()
{
    expireIn(m_owner.limits.idleSeconds);
    if (m_in.size() > 0 || m_reader->version < 11 || !m_reader->request.headers.has("Expect"))
        return readBody();
    static constexpr char goOn[] = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(m_stream, asio::buffer(goOn, sizeof goOn - 1),
                      [this](Code ec, std::size_t) { ec ? finish() : readBody(); });
}

template<typename Stream> void Connection<Stream>::readBody()
{
    beast::http::async_read(m_stream, m_in, *m_reader, [this](Code ec, std::size_t) {
        if (!ec)
            answer();
        else if (ec == beast::http::error::body_limit)
            refuse(413);
        else if (ec.category() == beast::http::make_error_code(beast::http::error::bad_chunk).category())
            refuse(400);
        else
            finish();
    });
}

template<typename Stream> void Connection<Stream>::answer()
{
    deadline = noDeadline; // a slow handler is not the client's fault
    busy = true;
    ++m_owner.running;
    // Order matters: close() sets `closed` and then waits for `running` and looks at `busy`.
    const bool late = m_owner.closed;
    ServerResponse response = late ? ServerResponse {.drop = true} : m_owner.handler(m_reader->request);
    if (--m_owner.running == 0 && m_owner.closed)
        m_owner.running.notify_all();
    if (response.drop)
        return finish();
    if (response.hang)
        return hang();
    const bool stays = m_reader->keep_alive() && !m_owner.closed;
    write(std::move(response), !stays                  ? Persistence::Close
                               : m_reader->version < 11 ? Persistence::Said
                                                        : Persistence::Default);
}

template<typename Stream> void Connection<Stream>::hang()
{
    busy = false;
    m_in.clear();
    m_stream.async_read_some(m_in.prepare(1024), [this](Code ec, std::size_t) { ec || m_owner.closed ? finish() : hang(); });
}

template<typename Stream> void Connection<Stream>::refuse(int status)
{
    busy = true;
    write({.status = status, .headers = {{"Content-Type", "text/plain"}},
           .body = QByteArray::number(status) + ' ' + reasonOf(status).toByteArray() + '\n'},
          Persistence::Close);
}

template<typename Stream> void Connection<Stream>::write(ServerResponse response, Persistence persistence)
{
    expireIn(m_owner.closed ? 1 : m_owner.limits.idleSeconds);
    m_response = std::move(response);
    m_out = responseHead(m_response, reasonOf(m_response.status), persistence);
    if (!mayHaveBody(m_response.status) || (m_reader && m_reader->request.method == "HEAD"))
        m_response.body.clear();
    if (m_response.body.size() <= 16 * 1024) // one packet, one TLS record
        m_out += std::exchange(m_response.body, {});
    const bool more = persistence != Persistence::Close;
    auto done = [this, more](Code ec, std::size_t) { written(ec, more); };
    if (m_response.body.isEmpty())
        asio::async_write(m_stream, view(m_out), done);
    else
        asio::async_write(m_stream, std::array {view(m_out), view(m_response.body)}, done);
}

template<typename Stream> void Connection<Stream>::written(Code ec, bool more)
{
    busy = false;
    if (ec)
        return finish();
    more && !m_owner.closed ? readHead() : linger();
}

/// Says that nothing more comes, and reads until the other side has seen it: closing at once with unread bytes would
/// reset the connection and could take the answer away (RFC 9112 section 9.6).
template<typename Stream> void Connection<Stream>::linger()
{
    deadline = nowMs() + lingerMs;
    if constexpr (isTls) {
        m_stream.async_shutdown([this](Code) { drain(); });
    } else {
        drain();
    }
}

template<typename Stream> void Connection<Stream>::drain()
{
    Code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    m_in.clear();
    socket().async_read_some(m_in.prepare(16 * 1024), [this](Code ec, std::size_t) { ec ? finish() : drain(); });
}

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
        accepting = !closed && (!ec || ec == asio::error::connection_aborted);
        if (closed)
            return;
        if (!ec && peers.size() < static_cast<size_t>(limits.connections)) {
            auto made = makePeer(std::move(socket));
            peer = made.get();
            peers.emplace(peer, std::move(made));
        }
    }
    watch();
    if (peer)
        peer->start();
    accept();
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

} // namespace

struct Server::Private
{
    Private(int t, ServerLimits l) : threadCount(std::max(1, t)), limits(l) { }

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
        return base::fail(u"port-taken"_s, u"Port %1 is taken by another program. Choose another port."_s.arg(port),
                          QString::number(port));
    }
    return base::fail(u"port-refused"_s,
                      u"The system refuses port %1: %2. Choose another port."_s.arg(port).arg(
                          QString::fromLocal8Bit(ec.message().c_str())),
                      QString::number(port));
}

/// Loopback only, and this port alone. On Linux SO_REUSEADDR does not let two listeners share a port, it only skips the
/// minute that closed connections keep one busy; elsewhere it would let others in, so there it stays off.
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
        return base::fail(u"tls-identity"_s, u"The certificate and key for port %1 do not load or do not belong together."_s.arg(port));
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
    return std::any_of(threads.begin(), threads.end(), [self](const std::thread& t) { return t.get_id() == self; });
}

Server::Server(int threads, ServerLimits limits) : d(std::make_unique<Private>(threads, limits)) { }
Server::~Server() { stop(); }

base::Result<int> Server::listen(int port, Handler handler, const TlsIdentity* tls)
{
    if (port < 0 || port > 65535)
        return base::fail(u"port-invalid"_s, u"%1 is no port. Ports go from 1 to 65535."_s.arg(port), QString::number(port));
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
