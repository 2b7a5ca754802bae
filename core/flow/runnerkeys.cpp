// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runner.h"

/// The keys of the issuers a flow meets, fetched as the tokens need them.
namespace flow {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto keysAgeForRefetch = 60s; // one refetch a minute for an unknown key id

FetchedKeys keysIn(const http::Exchange& exchange, const QByteArray& url, base::Instant now)
{
    FetchedKeys fetched {.url = QString::fromUtf8(url), .fetched = now};
    // Half a key set is none: a key behind the cut would be missing, and nobody told.
    const bool whole = exchange.response && !exchange.failure && !exchange.response->truncated;
    if (!whole || exchange.response->status != 200)
        fetched.problem = exchange.failure ? exchange.failure->text : u"The key set could not be fetched."_s;
    else if (auto keys = jose::readKeys(exchange.response->body))
        fetched.keys = std::move(*keys);
    else
        fetched.problem = keys.error().text;
    return fetched;
}

} // namespace

void Runner::fetchKeys(StepRecord record)
{
    const auto wanted = [&](const KeySource& source) {
        const auto have = m_run.keys.constFind(source.issuer);
        for (const Token& token : record.tokens) {
            if (token.isOpaque() || token.jwt.text("iss") != source.issuer)
                continue;
            if (have == m_run.keys.constEnd())
                return true;
            const bool known = have->keys.find(token.jwt.header.root()["kid"].bytes()) != nullptr;
            if (!known && m_clock() - have->fetched > keysAgeForRefetch)
                return true;
        }
        return false;
    };
    for (const KeySource& source : std::as_const(m_flow.keys)) {
        if (!wanted(source))
            continue;
        const auto url = resolveValue(source.url, m_known);
        if (!url)
            continue;
        m_transport->send({.method = "GET", .url = *url}, m_context.get(), [this, issuer = source.issuer, url = *url, record = std::move(record)](http::Exchange exchange) mutable {
            m_run.keys.insert(issuer, keysIn(exchange, url, m_clock()));
            fetchKeys(std::move(record));
        });
        return;
    }
    append(std::move(record));
}

void Runner::readKeysAgain()
{
    if (m_busy)
        return;
    m_context = std::make_unique<QObject>();
    for (const KeySource& source : std::as_const(m_flow.keys)) {
        const auto url = resolveValue(source.url, m_known);
        if (!url)
            continue;
        m_transport->send({.method = "GET", .url = *url}, m_context.get(), [this, issuer = source.issuer, url = *url](const http::Exchange& exchange) {
            m_run.keys.insert(issuer, keysIn(exchange, url, m_clock()));
            emit changed();
        });
    }
}

} // namespace flow
