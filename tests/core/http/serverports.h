// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "rawclient.h"

#include <QTest>

#include <atomic>
#include <ctime>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

inline QByteArray get(int port, const QByteArray& extra = {})
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" + extra + "\r\n";
}

inline http::ServerResponse fine(const http::ServerRequest&) { return {.body = "fine"}; }

inline bool isRefused(int port)
{
    QTcpSocket socket;
    RawClient::connectTo(socket, port);
    return socket.state() != QAbstractSocket::ConnectedState
        && socket.error() == QAbstractSocket::ConnectionRefusedError;
}
