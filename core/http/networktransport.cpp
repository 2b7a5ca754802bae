// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "transport.h"

#include "core/http/call_p.h"
#include "core/http/failure.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QSslConfiguration>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace http {

namespace {

class ProxyChoice : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        const QByteArray host = query.peerHostName().toLatin1();
        if (isLoopbackHost(host) || host == "169.254.169.254")
            return {QNetworkProxy::NoProxy};
        return systemProxyForQuery(query);
    }
};

/// A body that can be read once. Qt sends a request again when the connection breaks before the answer, up to
/// three times and without a word; a body that cannot be rewound is the one thing that stops it.
class OnceDevice : public QIODevice
{
public:
    explicit OnceDevice(QByteArray body, QObject* parent)
        : QIODevice(parent)
        , m_body(std::move(body))
    {
        open(ReadOnly);
    }
    qint64 size() const override { return m_body.size(); }
    bool reset() override { return false; }
    bool seek(qint64 to) override { return to == pos() && QIODevice::seek(to); }

protected:
    qint64 readData(char* data, qint64 max) override
    {
        const qint64 count = std::min(max, m_body.size() - pos());
        std::copy_n(m_body.constData() + pos(), count, data);
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_body;
};

/// What Qt would add on its own, said by us: nothing that names this computer, no compression.
const Headers& defaults()
{
    static const Headers headers{{"User-Agent", "Trustwalk/" TRUSTWALK_VERSION}, {"Accept", "*/*"},
        {"Accept-Encoding", "identity"}, {"Accept-Language", "en"}};
    return headers;
}

/// The framing is Qt's.
bool isOurs(QByteArrayView name)
{
    static constexpr std::array own{"Content-Length", "Transfer-Encoding", "Connection", "Expect"};
    return std::any_of(
        own.begin(), own.end(), [name](const char* o) { return name.compare(o, Qt::CaseInsensitive) == 0; });
}

void addHeaders(QNetworkRequest& wire, const Headers& headers)
{
    for (const Header& h : headers) {
        if (isOurs(h.name))
            continue;
        const QByteArray before = wire.rawHeader(h.name);
        const bool cookie = h.name.compare("Cookie", Qt::CaseInsensitive) == 0;
        wire.setRawHeader(
            h.name, wire.hasRawHeader(h.name) ? before + (cookie ? "; " : ", ") + h.value : h.value);
    }
    for (const Header& h : defaults()) {
        if (!wire.hasRawHeader(h.name))
            wire.setRawHeader(h.name, h.value);
    }
    // A connection each: an idle one that the server closes as we send would look like a refusal to answer.
    wire.setRawHeader("Connection", "close");
}

QNetworkRequest wireRequest(const Request& request)
{
    QNetworkRequest wire(QUrl::fromEncoded(request.url, QUrl::StrictMode));
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    addHeaders(wire, request.headers);
    return wire;
}

/// Debian lists every authority twice; each one costs time at every handshake.
QList<QSslCertificate> systemAuthorities()
{
    QList<QSslCertificate> distinct;
    QSet<QSslCertificate> seen;
    for (const QSslCertificate& c : QSslConfiguration::systemCaCertificates()) {
        const qsizetype before = seen.size();
        seen.insert(c);
        if (seen.size() > before)
            distinct.append(c);
    }
    return distinct;
}

} // namespace

NetworkTransport::NetworkTransport(TransportLimits limits, QObject* parent)
    : QObject(parent)
    , m_limits(limits)
    , m_clock(base::systemNow)
    , m_manager(std::make_unique<QNetworkAccessManager>())
{
    m_manager->setProxyFactory(new ProxyChoice);
    m_manager->setAutoDeleteReplies(false);
}

NetworkTransport::~NetworkTransport()
{
    qDeleteAll(
        findChildren<Call*>(Qt::FindDirectChildrenOnly)); // while the manager is still there to abort with
}

void NetworkTransport::setClock(base::Clock clock) { m_clock = std::move(clock); }

void NetworkTransport::setExtraAuthorities(const QList<QSslCertificate>& authorities)
{
    m_authorities = authorities;
    m_manager->clearConnectionCache();
    m_system = authorities.isEmpty() ? std::future<QList<QSslCertificate>>{}
                                     : std::async(std::launch::async, systemAuthorities);
}

void NetworkTransport::trust(QNetworkRequest& wire)
{
    if (m_system.valid())
        m_authorities = m_system.get() + m_authorities;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!m_authorities.isEmpty())
        tls.setCaCertificates(m_authorities);
    wire.setSslConfiguration(tls);
}

QNetworkReply* NetworkTransport::start(const QNetworkRequest& wire, const Request& request)
{
    if (request.method == "HEAD")
        return m_manager->head(wire); // Qt waits for a body after any other verb
    auto* body = new OnceDevice(request.body, nullptr);
    QNetworkReply* reply = m_manager->sendCustomRequest(wire, request.method, body);
    body->setParent(reply);
    return reply;
}

void NetworkTransport::send(Request request, QObject* context, Done done)
{
    const std::optional<Failure> refused = notAllowed(request);
    QNetworkRequest wire = wireRequest(request);
    auto* call = new Call({.request = request, .started = m_clock()}, std::move(done), m_limits, this);
    if (context)
        connect(context, &QObject::destroyed, call, &Call::cancel);
    if (refused)
        return call->fail(*refused);
    if (wire.url().scheme() == u"https"_s)
        trust(wire);
    call->follow(start(wire, request));
}

} // namespace http
