// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "call_p.h"

#include "core/http/failure.h"

namespace http {

namespace {

/// Qt joins repeated headers, cookies by line breaks, which no header can hold. What goes beyond `room` bytes is left out.
Headers headersOf(const QNetworkReply& reply, qint64 room)
{
    Headers headers;
    for (const auto& [name, value] : reply.rawHeaderPairs()) {
        for (const QByteArray& line : value.split('\n')) {
            room -= name.size() + line.size();
            if (room >= 0)
                headers.append({name, line});
        }
    }
    return headers;
}

/// Neither a header nor a body: what Qt 6.4 makes, now and then, of a head that is beyond its bounds. It must not pass for an answer.
bool isHollow(const Response& response)
{
    return response.headers.isEmpty() && response.body.isEmpty() && response.status != 204 && response.status != 304;
}

qint64 sizeOfHead(const QNetworkReply& reply)
{
    qint64 size = 0;
    for (const auto& [name, value] : reply.rawHeaderPairs())
        size += name.size() + value.size();
    return size;
}

/// Qt reports every status from 400 on as an error; that is an answer all the same. So are 307 and 308, for
/// which it rewinds the body although nobody asked it to follow, and 407.
bool isAnswer(const QNetworkReply& reply, int status)
{
    switch (reply.error()) {
    case QNetworkReply::NoError:
        return true;
    case QNetworkReply::ContentReSendError:
        return status == 307 || status == 308;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return status == 407;
    case QNetworkReply::ProtocolFailure:
        return false;
    default:
        return status >= 400 && reply.error() >= QNetworkReply::ContentAccessDenied;
    }
}

} // namespace

Call::Call(Exchange exchange, Done done, const TransportLimits& limits, QObject* parent)
    : QObject(parent)
    , m_exchange(std::move(exchange))
    , m_done(std::move(done))
    , m_limits(limits)
{
    const UrlParts url = splitUrl(m_exchange.request.url);
    m_authority = url.authority;
    m_host = url.host;
    m_encrypted = url.scheme.compare("https", Qt::CaseInsensitive) != 0;
    m_clock.start();
    m_total.setSingleShot(true);
    m_idle.setSingleShot(true);
    connect(&m_total, &QTimer::timeout, this, [this] { giveUp(totalFailure(m_authority, m_limits.total)); });
    connect(&m_idle, &QTimer::timeout, this, [this] { giveUp(idleFailure(m_authority, m_limits.idle)); });
}

Call::~Call()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void Call::follow(QNetworkReply* reply)
{
    m_reply = reply;
    // Flow control: an endless answer waits in the network, not in our memory.
    reply->setReadBufferSize(256LL * 1024);
    connect(reply, &QNetworkReply::socketStartedConnecting, this, &Call::progress);
    connect(reply, &QNetworkReply::requestSent, this, &Call::sent);
    connect(reply, &QNetworkReply::encrypted, this, [this] {
        m_encrypted = true;
        reached(&Exchange::Timings::encrypted);
    });
    connect(reply, &QNetworkReply::uploadProgress, this, &Call::progress);
    connect(reply, &QNetworkReply::metaDataChanged, this, &Call::headArrived);
    connect(reply, &QNetworkReply::readyRead, this, &Call::bodyArrived);
    connect(reply, &QNetworkReply::sslErrors, this,
        [this](const QList<QSslError>& errors) { m_tlsErrors = errors; });
    connect(reply, &QNetworkReply::finished, this, &Call::finished);
    m_total.start(m_limits.total);
    m_idle.start(m_limits.idle);
}

/// Qt does not say when a connection stands; without TLS the request goes out at once.
void Call::sent()
{
    if (m_exchange.timings.encrypted < 0 && m_encrypted)
        reached(&Exchange::Timings::connected);
    progress();
}

void Call::progress() { m_idle.start(m_limits.idle); }

void Call::reached(double Exchange::Timings::*moment)
{
    progress();
    if (m_exchange.timings.*moment < 0)
        m_exchange.timings.*moment = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
}

void Call::headArrived()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return;
    reached(&Exchange::Timings::firstByte);
    if (!m_exchange.response)
        m_exchange.response.emplace();
    m_exchange.response->status = status;
    m_exchange.response->reason
        = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    m_exchange.response->headers = headersOf(*m_reply, m_limits.head);
    if (sizeOfHead(*m_reply) > m_limits.head && !m_exchange.failure)
        giveUp(tooLongFailure(m_limits.head));
}

void Call::bodyArrived()
{
    progress();
    if (!m_exchange.response)
        headArrived();
    if (!m_exchange.response || m_exchange.failure)
        return;
    QByteArray& body = m_exchange.response->body;
    body += m_reply->readAll();
    if (body.size() <= m_limits.body)
        return;
    body.truncate(m_limits.body);
    giveUp(tooLongFailure(m_limits.body));
}

/// Ends the request for a reason of our own; what arrived stays.
void Call::giveUp(Failure failure)
{
    m_reply->disconnect(this);
    if (m_exchange.response)
        m_exchange.response->truncated = true;
    m_reply->abort();
    fail(std::move(failure));
}

void Call::finished()
{
    headArrived();
    if (m_exchange.response && !m_exchange.failure)
        bodyArrived();
    if (m_exchange.failure)
        return; // the last bytes were too many
    const int status = m_exchange.response ? m_exchange.response->status : 0;
    if (!status || !isAnswer(*m_reply, status) || isHollow(*m_exchange.response)) {
        m_exchange.failure = networkFault();
        if (m_exchange.response)
            m_exchange.response->truncated = true;
    }
    deliver();
}

Failure Call::networkFault() const
{
    if (!m_tlsErrors.isEmpty())
        return tlsFailure(m_tlsErrors, m_host);
    if (m_exchange.response)
        return cutOffFailure(m_authority);
    return networkFailure(*m_reply, m_authority, !m_encrypted);
}

void Call::fail(Failure failure)
{
    m_exchange.failure = std::move(failure);
    deliver();
}

/// From the event loop, never from inside the network's own calls: whoever is told may destroy all of this.
void Call::deliver()
{
    m_total.stop();
    m_idle.stop();
    m_exchange.timings.finished = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    const auto tell = [this] {
        const Done done = std::move(m_done);
        Exchange exchange = std::move(m_exchange);
        deleteLater();
        done(std::move(exchange));
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

void Call::cancel() { delete this; }

} // namespace http
