// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/transport.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

/// A server that misbehaves in a named way, in the test's own event loop. The script runs once a whole head
/// (and the body it announces) has come, or with the first bytes when `eager`.
class Stub : public QTcpServer
{
public:
    using Script = std::function<void(QTcpSocket&)>;
    explicit Stub(Script script, bool eager = false)
        : m_script(std::move(script))
        , m_eager(eager)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            ++connections;
            QTcpSocket* socket = nextPendingConnection();
            socket->setParent(this);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { arrived(*socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++ended; });
        });
    }

    QByteArray url(const QByteArray& rest = "/") const
    {
        return "http://127.0.0.1:" + QByteArray::number(serverPort()) + rest;
    }

    QByteArrayList requests{};
    int connections = 0;
    int ended = 0;

private:
    void arrived(QTcpSocket& socket)
    {
        QByteArray& text = m_texts[&socket];
        text += socket.readAll();
        const qsizetype head = text.indexOf("\r\n\r\n");
        const qsizetype at = text.toLower().indexOf("content-length: ");
        const qsizetype length
            = at < 0 ? 0 : text.mid(at + 16, text.indexOf("\r\n", at) - at - 16).toLongLong();
        if (!m_eager && (head < 0 || text.size() < head + 4 + length))
            return;
        requests.append(std::exchange(text, {}));
        m_script(socket);
    }

    Script m_script;
    bool m_eager;
    QHash<QTcpSocket*, QByteArray> m_texts{};
};

/// The answer that says these bytes and closes.
inline Stub::Script says(const QByteArray& bytes)
{
    return [bytes](QTcpSocket& s) {
        s.write(bytes);
        s.disconnectFromHost();
    };
}

/// Sends and waits. `done` came once, and not before send() returned, or the test fails.
inline http::Exchange sendAndWait(http::Transport& transport, http::Request request)
{
    QObject context;
    std::optional<http::Exchange> got;
    int calls = 0;
    transport.send(std::move(request), &context, [&](http::Exchange e) {
        ++calls;
        got = std::move(e);
    });
    if (calls != 0)
        qFatal("done was called before send() returned");
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 10000))
        qFatal("done was never called");
    return *got;
}

inline http::TransportLimits shortLimits()
{
    return {std::chrono::milliseconds{1500}, std::chrono::milliseconds{500}, 64 * 1024};
}
