// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <chrono>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#endif

/// The server's inside. These private headers are read by server.cpp alone, so that Beast's templates compile
/// once.
namespace http::serving {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using Code = boost::system::error_code;
// The context's own executor, not the type-erased one: each connection has at most one operation under way,
// so its handlers never run at the same time and need no strand.
using Socket = asio::basic_stream_socket<Tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<Tcp, asio::io_context::executor_type>;
using TlsSocket = asio::ssl::stream<Socket>;

inline qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

/// A browser that we start must not inherit a port or a connection.
inline void keepFromChildren([[maybe_unused]] Socket::native_handle_type handle)
{
#ifdef Q_OS_UNIX
    ::fcntl(handle, F_SETFD, FD_CLOEXEC);
#endif
}

inline QByteArrayView reasonOf(int status)
{
    const auto text = beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
    return {text.data(), static_cast<qsizetype>(text.size())};
}

inline QByteArray bytes(boost::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}
inline asio::const_buffer view(const QByteArray& b)
{
    return asio::buffer(b.constData(), static_cast<size_t>(b.size()));
}

} // namespace http::serving
