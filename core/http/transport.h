// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/exchange.h"

#include <QObject>
#include <QSslCertificate>

#include <chrono>
#include <functional>
#include <future>
#include <memory>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;
QT_END_NAMESPACE

namespace http {

using Done = std::function<void(Exchange)>;

/// Sends one request. `done` is called once from the event loop, never before send() returns; not at all when
/// `context` dies first, which also aborts the request.
class Transport
{
public:
    virtual ~Transport() = default;
    virtual void send(Request request, QObject* context, Done done) = 0;
};

struct TransportLimits
{
    std::chrono::milliseconds total{30000};
    std::chrono::milliseconds idle{15000};
    qint64 body = 8LL * 1024 * 1024; ///< bytes; the rest is cut off and said
    qint64 head = 256LL * 1024;      ///< bytes of names and values of the answer's headers
};

/// Over QNetworkAccessManager, HTTP/1.1 and a connection of its own for each request: no redirects, no
/// cookies, no cache, no proxy for loopback, TLS 1.2 or later, names and certificates checked against the
/// system's and the extra authorities, no way around. http only to loopback and the metadata address. Never
/// repeats a request. Bodies stay compressed as they came (none is asked for). Qt writes the path's dot
/// segments and needless escapes in their normal form (RFC 3986 section 6.2.2).
class NetworkTransport : public QObject, public Transport
{
    Q_OBJECT
public:
    explicit NetworkTransport(TransportLimits limits = {}, QObject* parent = nullptr);
    ~NetworkTransport() override;

    void send(Request request, QObject* context, Done done) override;

    /// Authorities trusted beside the system's.
    void setExtraAuthorities(const QList<QSslCertificate>& authorities);
    /// The clock for `started`, so that a lab's shifted time shows in the record.
    void setClock(base::Clock clock);

private:
    QNetworkReply* start(const QNetworkRequest& wire, const Request& request);
    void trust(QNetworkRequest& wire);

    TransportLimits m_limits;
    QList<QSslCertificate> m_authorities{};
    std::future<QList<QSslCertificate>> m_system{}; ///< reading them takes 0.1 s, so not here
    base::Clock m_clock;
    std::unique_ptr<QNetworkAccessManager> m_manager;
};

} // namespace http
