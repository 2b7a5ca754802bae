// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/listener_p.h"
#include "core/http/requesthead.h"
#include "core/http/requestreader_p.h"
#include "core/http/responsehead.h"

#include <array>

namespace http::serving {

constexpr qint64 lingerMs = 2000;

/// One client: reads a request, answers it, again. Takes itself down through its listener when either side
/// ends.
template <typename Stream>
class Connection : public Peer
{
public:
    template <typename... Args>
    explicit Connection(Listener& owner, Args&&... args)
        : m_owner(owner)
        , m_stream(std::forward<Args>(args)...)
    {
    }

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
    beast::flat_buffer m_in{HeadScan::maxBytes + 16 * 1024};
    HeadScan m_scan{};
    std::optional<RequestReader> m_reader{};
    ServerResponse m_response{};
    QByteArray m_out{};
};

template <typename Stream>
void Connection<Stream>::start()
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

template <typename Stream>
void Connection<Stream>::readHead()
{
    m_scan = HeadScan(m_owner.limits.headers);
    m_reader.reset();
    expireIn(m_owner.limits.idleSeconds); // for the whole head: dripping bytes does not buy time
    scanHead();
}

template <typename Stream>
void Connection<Stream>::scanHead()
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
    const std::size_t room = std::min<std::size_t>(
        std::max<std::size_t>(2048, m_in.capacity() - m_in.size()), m_in.max_size() - m_in.size());
    m_stream.async_read_some(
        m_in.prepare(room), [this](Code ec, std::size_t size) { headArrived(ec, size); });
}

template <typename Stream>
void Connection<Stream>::headArrived(Code ec, std::size_t size)
{
    m_in.commit(size);
    if (!ec)
        return scanHead();
    // Half a request and then the end: whoever sent it may still be reading.
    ec == asio::error::eof&& m_in.size() > 0 && !m_owner.closed ? refuse(400) : finish();
}

template <typename Stream>
void Connection<Stream>::takeHead()
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

template <typename Stream>
void Connection<Stream>::takeBody()
{
    expireIn(m_owner.limits.idleSeconds);
    if (m_in.size() > 0 || m_reader->version < 11 || !m_reader->request.headers.has("Expect"))
        return readBody();
    static constexpr char goOn[] = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(m_stream, asio::buffer(goOn, sizeof goOn - 1),
        [this](Code ec, std::size_t) { ec ? finish() : readBody(); });
}

template <typename Stream>
void Connection<Stream>::readBody()
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

template <typename Stream>
void Connection<Stream>::answer()
{
    deadline = noDeadline; // a slow handler is not the client's fault
    busy = true;
    ++m_owner.running;
    // Order matters: close() sets `closed` and then waits for `running` and looks at `busy`.
    const bool late = m_owner.closed;
    ServerResponse response = late ? ServerResponse{.drop = true} : m_owner.handler(m_reader->request);
    if (--m_owner.running == 0 && m_owner.closed)
        m_owner.running.notify_all();
    if (response.drop)
        return finish();
    if (response.hang)
        return hang();
    const bool stays = m_reader->keep_alive() && !m_owner.closed;
    write(std::move(response),
        !stays                       ? Persistence::Close
            : m_reader->version < 11 ? Persistence::Said
                                     : Persistence::Default);
}

template <typename Stream>
void Connection<Stream>::hang()
{
    busy = false;
    m_in.clear();
    m_stream.async_read_some(
        m_in.prepare(1024), [this](Code ec, std::size_t) { ec || m_owner.closed ? finish() : hang(); });
}

template <typename Stream>
void Connection<Stream>::refuse(int status)
{
    busy = true;
    write({.status = status,
              .headers = {{"Content-Type", "text/plain"}},
              .body = QByteArray::number(status) + ' ' + reasonOf(status).toByteArray() + '\n'},
        Persistence::Close);
}

template <typename Stream>
void Connection<Stream>::write(ServerResponse response, Persistence persistence)
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
        asio::async_write(m_stream, std::array{view(m_out), view(m_response.body)}, done);
}

template <typename Stream>
void Connection<Stream>::written(Code ec, bool more)
{
    busy = false;
    if (ec)
        return finish();
    more && !m_owner.closed ? readHead() : linger();
}

/// Says that nothing more comes, and reads until the other side has seen it: closing at once with unread
/// bytes would reset the connection and could take the answer away (RFC 9112 section 9.6).
template <typename Stream>
void Connection<Stream>::linger()
{
    deadline = nowMs() + lingerMs;
    if constexpr (isTls) {
        m_stream.async_shutdown([this](Code) { drain(); });
    } else {
        drain();
    }
}

template <typename Stream>
void Connection<Stream>::drain()
{
    Code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    m_in.clear();
    socket().async_read_some(
        m_in.prepare(16 * 1024), [this](Code ec, std::size_t) { ec ? finish() : drain(); });
}

} // namespace http::serving
