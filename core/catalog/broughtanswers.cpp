// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "broughtanswers.h"

#include <algorithm>
#include <array>

namespace catalog {

namespace {

constexpr std::array<QByteArrayView, 4> names {"code", "error", "access_token", "id_token"};

/// Most exchanges bring nothing, and that is seen without taking anything apart.
bool mayHold(const QByteArray& text)
{
    return std::ranges::any_of(names, [&](QByteArrayView name) { return text.contains(name); });
}

bool isAnswer(const http::Form& form)
{
    return std::ranges::any_of(names, [&](QByteArrayView name) { return form.has(name); });
}

} // namespace

QList<BroughtAnswer> broughtAnswers(const http::Exchange& exchange)
{
    QList<BroughtAnswer> out;
    const auto take = [&](const QByteArray& url, http::Form form) {
        if (isAnswer(form))
            out.append({url, std::move(form)});
    };
    const auto takeAddress = [&](const QByteArray& url) {
        if (!mayHold(url))
            return;
        const http::UrlParts parts = http::splitUrl(url);
        http::Form form = http::parseForm(parts.query);
        for (const http::Parameter& p : http::parseForm(parts.fragment))
            form.append(p);
        take(url, std::move(form));
    };
    const http::Request& request = exchange.request;
    if (exchange.response)
        takeAddress(exchange.response->headers.value("Location"));
    takeAddress(request.url);
    if (request.method == "POST" && mayHold(request.body) && !request.body.trimmed().startsWith('{'))
        take(request.url, http::parseForm(request.body));
    return out;
}

} // namespace catalog
