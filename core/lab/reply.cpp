// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reply.h"

#include "core/lab/pages.h"

namespace lab {

namespace {

constexpr auto jsonType = "application/json; charset=utf-8";

http::Headers uncached(QByteArray type)
{
    return {{"Cache-Control", "no-store, no-cache"}, {"Pragma", "no-cache"},
        {"Content-Type", std::move(type)}, {"X-Content-Type-Options", "nosniff"}};
}

/// Pages load nothing, run nothing but the one script named by its hash, and stand in no frame.
QByteArray contentPolicy(QByteArrayView scriptHash)
{
    QByteArray policy
        = "default-src 'none'; style-src '" + styleHash() + "'; base-uri 'none'; frame-ancestors 'none'";
    if (!scriptHash.isEmpty())
        policy += "; script-src '" + scriptHash.toByteArray() + '\'';
    return policy;
}

} // namespace

void addHeader(http::ServerResponse& reply, QByteArray name, QByteArray value)
{
    reply.headers.append(http::Header {std::move(name), std::move(value)});
}

http::ServerResponse jsonReply(int status, QByteArray body)
{
    return {.status = status, .headers = uncached(jsonType), .body = std::move(body)};
}

http::ServerResponse documentReply(QByteArray body)
{
    return {.headers = {{"Cache-Control", "max-age=86400, private"}, {"Content-Type", jsonType},
                {"X-Content-Type-Options", "nosniff"}},
        .body = std::move(body)};
}

http::ServerResponse metadataReply(JsonText json) { return documentReply(json.flag(labMember, true).done()); }

http::ServerResponse htmlReply(int status, QByteArray body, QByteArrayView scriptHash)
{
    http::Headers headers = uncached("text/html; charset=utf-8");
    headers.append(http::Header {"Content-Security-Policy", contentPolicy(scriptHash)});
    headers.append(http::Header {"X-Frame-Options", "DENY"});
    headers.append(
        http::Header {"Referrer-Policy", "same-origin"}); // "no-referrer" would send forms with Origin: null
    return {.status = status, .headers = headers, .body = std::move(body)};
}

http::ServerResponse redirectReply(QByteArray location)
{
    http::ServerResponse reply {.status = 302, .headers = uncached("text/html; charset=utf-8")};
    addHeader(reply, "Location", std::move(location));
    addHeader(reply, "Referrer-Policy", "no-referrer");
    return reply;
}

http::ServerResponse textReply(int status, QByteArray body)
{
    return {.status = status, .headers = uncached("text/plain; charset=utf-8"), .body = std::move(body)};
}

http::ServerResponse notFound() { return textReply(404, "There is nothing at this address of the lab.\n"); }

} // namespace lab
