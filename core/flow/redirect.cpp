// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "redirect.h"

#include "core/base/secret.h"
#include "core/http/server.h"

#include <QMetaObject>
#include <QMutex>
#include <QTimer>

namespace flow {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto donePath = "/done";

QByteArray page(const char* title, const char* text)
{
    return QByteArray("<!doctype html><html lang=en><head><meta charset=utf-8><title>Trustwalk: ") + title
        + "</title><style>:root{color-scheme:light dark}body{font:16px system-ui,sans-serif;margin:18vh auto;max-width:32em;"
          "padding:0 1.5em;line-height:1.5}h1{font-size:1.5em;margin:0 0 .4em}</style></head><body><h1>"
        + title + "</h1><p>" + text + "</p></body></html>";
}

http::ServerResponse answerWith(int status, const QByteArray& body)
{
    http::ServerResponse response {.status = status, .body = body};
    response.headers.append(http::Header {"Content-Type", "text/html; charset=utf-8"});
    response.headers.append(http::Header {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"});
    response.headers.append(http::Header {"Cache-Control", "no-store"});
    response.headers.append(http::Header {"Referrer-Policy", "no-referrer"});
    response.headers.append(http::Header {"X-Content-Type-Options", "nosniff"});
    return response;
}

http::ServerResponse goneBack()
{
    // The page the browser ends on has an address without code and state, so neither stays in its history.
    http::ServerResponse response = answerWith(303, {});
    response.headers.append(http::Header {"Location", donePath});
    return response;
}

} // namespace

QString callbackFault(const http::Form& parameters, const QByteArray& state)
{
    for (const char* name : {"code", "state", "error", "iss"})
        if (parameters.count(name) > 1)
            return u"The answer has %1 more than once. It was not used."_s.arg(QLatin1String(name));
    if (!parameters.has("state"))
        return u"The answer has no `state`. It was not used."_s;
    if (!base::equalInConstantTime(parameters.value("state"), state))
        return u"The answer's `state` is not the one sent. It was not used."_s;
    if (parameters.has("code") && parameters.has("error"))
        return u"The answer has a code and an error at once. It was not used."_s;
    if (parameters.value("code").isEmpty() && !parameters.has("error"))
        return u"The answer has neither a code nor an error. It was not used."_s;
    return {};
}

struct RedirectListener::Private
{
    RedirectListener* q = nullptr;
    std::unique_ptr<http::Server> server {};
    QByteArray path {};
    QByteArray state {};
    int port = 0;
    QMutex mutex {};
    bool taken = false; ///< the one answer has come

    http::ServerResponse handle(const http::ServerRequest& request);
    http::ServerResponse take(const http::ServerRequest& request);
    void report(const QString& why);
    void closeSoon(std::chrono::milliseconds delay);
};

void RedirectListener::Private::report(const QString& why)
{
    QMetaObject::invokeMethod(q, [target = q, why] { emit target->ignored(why); }, Qt::QueuedConnection);
}

void RedirectListener::Private::closeSoon(std::chrono::milliseconds delay)
{
    QMetaObject::invokeMethod(q, [target = q, delay] { QTimer::singleShot(delay, target, [target] { target->close(); }); }, Qt::QueuedConnection);
}

http::ServerResponse RedirectListener::Private::handle(const http::ServerRequest& request)
{
    // The redirect URI names this address and no other; by another name somebody else asks (DNS rebinding).
    const bool own = request.headers.value("Host") == "127.0.0.1:" + QByteArray::number(request.port);
    if (request.method != "GET" || !own)
        return answerWith(404, page("Nothing here", "This address takes one answer of a sign-in and nothing else."));
    if (request.path == path)
        return take(request);
    if (request.path == donePath) {
        const QMutexLocker lock(&mutex);
        if (taken) {
            closeSoon(150ms);
            return answerWith(200, page("Trustwalk has the answer", "You can close this page and go back to Trustwalk."));
        }
    }
    return answerWith(404, page("Nothing here", "This address takes one answer of a sign-in and nothing else."));
}

http::ServerResponse RedirectListener::Private::take(const http::ServerRequest& request)
{
    const http::Form parameters = http::parseForm(request.query);
    const QMutexLocker lock(&mutex);
    if (taken) {
        report(u"A second answer came in. Only the first counts."_s);
        return answerWith(400, page("Already answered", "Only the first answer counts. This one was not used."));
    }
    if (const QString fault = callbackFault(parameters, state); !fault.isEmpty()) {
        report(fault);
        return answerWith(400, page("Not used", "This is not the answer Trustwalk waits for. It was not used."));
    }
    taken = true;
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(port) + request.target;
    QMetaObject::invokeMethod(q, [target = q, parameters, url] { emit target->answered(parameters, url); }, Qt::QueuedConnection);
    closeSoon(900ms);
    return goneBack();
}

RedirectListener::RedirectListener(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
}

RedirectListener::~RedirectListener() { close(); }

base::Result<int> RedirectListener::open(const QByteArray& path, const QByteArray& state)
{
    close();
    d->path = path;
    d->state = state;
    d->taken = false;
    const http::ServerLimits limits {.body = 1024, .connections = 128, .idleSeconds = 15};
    d->server = std::make_unique<http::Server>(1, limits);
    const auto port = d->server->listen(0, [this](const http::ServerRequest& r) { return d->handle(r); });
    if (!port) {
        d->server.reset();
        return port;
    }
    d->port = *port;
    return port;
}

void RedirectListener::close()
{
    d->server.reset();
    d->port = 0;
}

bool RedirectListener::isOpen() const { return d->server != nullptr; }
int RedirectListener::port() const { return d->port; }

QByteArray RedirectListener::redirectUri() const
{
    return "http://127.0.0.1:" + QByteArray::number(d->port) + d->path;
}

base::Result<void> RedirectListener::paste(const QByteArray& url)
{
    const http::UrlParts parts = http::splitUrl(url.trimmed());
    if (parts.path != d->path)
        return base::fail(u"paste-address"_s, u"This is not the address the sign-in ends on. It starts with %1."_s.arg(QString::fromUtf8(redirectUri())));
    const http::Form parameters = http::parseForm(parts.query);
    QMutexLocker lock(&d->mutex);
    if (d->taken)
        return base::fail(u"paste-second"_s, u"A second answer came in. Only the first counts."_s);
    if (const QString fault = callbackFault(parameters, d->state); !fault.isEmpty())
        return base::fail(u"paste-fault"_s, fault);
    d->taken = true;
    lock.unlock();
    emit answered(parameters, url.trimmed());
    return {};
}

} // namespace flow
