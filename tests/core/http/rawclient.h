// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QTcpSocket>

/// Bytes in, bytes out: what no well-behaved client would send.
class RawClient
{
public:
    explicit RawClient(int port) { connectTo(m_own, port); }
    RawClient(QTcpSocket& socket)
        : m_socket(&socket)
    {
    }

    static void connectTo(QTcpSocket& socket, int port)
    {
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(port));
        socket.waitForConnected(3000);
    }

    RawClient& send(const QByteArray& bytes)
    {
        m_socket->write(bytes);
        while (m_socket->bytesToWrite() > 0 && m_socket->waitForBytesWritten(3000)) { }
        return *this;
    }

    /// Everything until the server closes or the time is up.
    QByteArray readToEnd(int ms = 5000)
    {
        QElapsedTimer timer;
        timer.start();
        QByteArray all = std::exchange(m_rest, {}) + m_socket->readAll();
        while (m_socket->state() == QAbstractSocket::ConnectedState && timer.elapsed() < ms) {
            m_socket->waitForReadyRead(static_cast<int>(ms - timer.elapsed()));
            all += m_socket->readAll();
        }
        return all + m_socket->readAll();
    }

    /// One answer: its head, and as many bytes as the head announces.
    QByteArray readAnswer(bool hasBody = true, int ms = 5000)
    {
        const QByteArray head = take(
            [this] {
                const qsizetype end = m_rest.indexOf("\r\n\r\n");
                return end < 0 ? -1 : end + 4;
            },
            ms);
        const qsizetype at = head.toLower().indexOf("content-length: ");
        const qsizetype length
            = at < 0 || !hasBody ? 0 : head.mid(at + 16, head.indexOf("\r\n", at) - at - 16).toLongLong();
        return head + take([this, length] { return m_rest.size() < length ? -1 : length; }, ms);
    }

    bool isClosed(int ms = 5000)
    {
        return m_socket->state() == QAbstractSocket::UnconnectedState || m_socket->waitForDisconnected(ms);
    }
    void close() { m_socket->disconnectFromHost(); }
    QTcpSocket& socket() { return *m_socket; }

private:
    template <typename Enough>
    QByteArray take(Enough enough, int ms)
    {
        m_rest
            += m_socket->readAll(); // waiting to write reads as well, and then nothing more comes to wait for
        qsizetype size = enough();
        while (size < 0 && m_socket->waitForReadyRead(ms)) {
            m_rest += m_socket->readAll();
            size = enough();
        }
        size = std::max<qsizetype>(size, 0);
        const QByteArray taken = m_rest.left(size);
        m_rest.remove(0, size);
        return taken;
    }

    QTcpSocket m_own{};
    QTcpSocket* m_socket = &m_own;
    QByteArray m_rest{};
};

inline int statusOf(const QByteArray& answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}
inline QByteArray bodyOf(const QByteArray& answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }
