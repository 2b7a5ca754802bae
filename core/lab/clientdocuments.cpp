// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "clientdocuments.h"

#include "core/lab/jsontext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace lab {

namespace {

constexpr auto timeLimit = 5s;
constexpr auto keptFor = 60s;
constexpr qsizetype mostKept = 100;

trust::ClientDocument documentIn(const QString& url, const http::Exchange& exchange)
{
    trust::ClientDocument out {.url = url};
    if (!exchange.response) {
        out.problem = exchange.failure ? exchange.failure->text : u"there was no answer"_s;
        return out;
    }
    out.status = exchange.response->status;
    out.body = exchange.response->body;
    if (exchange.response->truncated)
        out.problem = u"it is longer than 5 KB, or ended in the middle"_s;
    return out;
}

} // namespace

ClientDocuments::ClientDocuments(QList<QSslCertificate> authorities) : m_authorities(std::move(authorities))
{
    m_worker.moveToThread(&m_thread);
    QObject::connect(
        &m_thread, &QThread::finished, &m_worker, [this] { m_transport.reset(); }, Qt::DirectConnection);
}

ClientDocuments::~ClientDocuments()
{
    m_thread.quit();
    m_thread.wait();
}

/// One at a time, so that many strange ids cannot make many connections. Whoever waits here is no thread that serves documents: those
/// have a server of their own.
trust::ClientDocument ClientDocuments::fetch(const QString& url)
{
    if (!trust::faultOfClientDocumentId(url).isEmpty())
        return {.url = url, .problem = u"its address is not fetched"_s};
    if (!http::isLoopbackHost(http::splitUrl(url.toUtf8()).host))
        return {.url = url, .problem = u"the lab fetches from this machine alone"_s};
    const std::scoped_lock lock(m_guard);
    const auto now = std::chrono::steady_clock::now();
    const auto kept = m_kept.constFind(url);
    if (kept != m_kept.cend() && kept->until > now)
        return kept->document;
    if (m_kept.size() >= mostKept)
        m_kept.clear();
    const trust::ClientDocument document = fetched(url);
    if (document.status == 200)
        m_kept.insert(url, {document, now + keptFor});
    return document;
}

trust::ClientDocument ClientDocuments::fetched(const QString& url)
{
    if (!m_thread.isRunning())
        m_thread.start();
    m_answer = {};
    auto waiting = m_answer.get_future();
    QMetaObject::invokeMethod(&m_worker, [this, url] {
        if (!m_transport) {
            m_transport = std::make_unique<http::NetworkTransport>(
                http::TransportLimits {.total = timeLimit, .idle = timeLimit, .body = trust::mostClientDocument});
            m_transport->setExtraAuthorities(m_authorities);
        }
        m_transport->send({.method = "GET", .url = url.toUtf8(), .headers = {{"Accept", "application/json"}}}, m_transport.get(),
            [this](http::Exchange exchange) { m_answer.set_value(std::move(exchange)); });
    });
    return documentIn(url, waiting.get());
}

std::optional<trust::ClientDocument> clientDocumentFor(const World& world, const QByteArray& clientId)
{
    const QString id = QString::fromUtf8(clientId);
    if (!trust::isClientDocumentId(id) || !world.clientDocuments)
        return std::nullopt;
    return world.clientDocuments->fetch(id);
}

bool hasClientDocument(const setup::Target& target)
{
    return target.kind == "mcp"_L1 && trust::isClientDocumentId(target.clientId);
}

QByteArray hostedClientDocument(const World& world, const setup::Target& target)
{
    const json::Value settings = target.settings.root();
    const bool other = world.hasFault(u"client-document-id");
    QStringList redirects;
    for (json::Value each = settings["redirectUris"].first(); each; each = each.next())
        redirects.append(each.text());
    return JsonText()
        .text("client_id", other ? QString(target.clientId + u"?v=2"_s) : target.clientId)
        .text("client_name", settings["clientName"].isString() ? settings["clientName"].text() : u"Trustwalk"_s)
        .list("redirect_uris", redirects.isEmpty() ? QStringList {u"http://127.0.0.1/callback"_s} : redirects)
        .list("grant_types", {u"authorization_code"_s})
        .list("response_types", {u"code"_s})
        .text("token_endpoint_auth_method", u"none"_s)
        .text("application_type", u"native"_s)
        .done();
}

} // namespace lab
