// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "repeat.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace flow {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostRepeats = 2;
constexpr std::chrono::seconds longestPause = 60s;
constexpr std::array busy {429, 500, 502, 503, 504};

bool isBusy(const http::Response& response) { return std::ranges::find(busy, response.status) != busy.end(); }

std::optional<std::chrono::seconds> untilDate(const QString& text, base::Instant now)
{
    QDateTime date = QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    date.setTimeSpec(Qt::UTC);
    if (!date.isValid())
        return std::nullopt;
    return std::chrono::seconds(date.toSecsSinceEpoch() - base::epochSeconds(now));
}

QString answersText(const Repeats& before)
{
    return u"%1, then sent again after %2"_s.arg(before.answers.join(u" and "_s), base::duration(before.waited));
}

} // namespace

std::optional<std::chrono::seconds> retryAfter(const http::Response& response, base::Instant now)
{
    const QByteArray value = response.headers.value("Retry-After").trimmed();
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    const auto wait = isNumber ? std::optional(std::chrono::seconds(number)) : untilDate(QString::fromLatin1(value), now);
    return wait && *wait >= 0s ? wait : std::nullopt;
}

std::optional<std::chrono::seconds> pauseBeforeRepeat(const http::Exchange& exchange, const Repeats& before, base::Instant now)
{
    if (exchange.request.method != "GET" || !exchange.response || !isBusy(*exchange.response) || before.answers.size() >= mostRepeats)
        return std::nullopt;
    const auto wait = retryAfter(*exchange.response, now);
    return wait && *wait <= longestPause ? wait : std::nullopt;
}

std::optional<base::Check> repeatCheck(const http::Exchange& exchange, const Repeats& before, base::Instant now)
{
    base::Check check {.id = u"retry-after"_s, .title = u"Retry-After"_s, .expected = u"an answer"_s, .source = u"RFC 9110 section 10.2.3"_s};
    const bool stillBusy = exchange.response && isBusy(*exchange.response);
    if (!stillBusy && before.answers.isEmpty())
        return std::nullopt;
    if (!before.answers.isEmpty()) {
        check.presented = answersText(before);
        check.outcome = stillBusy ? base::Outcome::Warning : base::Outcome::Pass;
        check.relation = stillBusy ? u"still busy after that"_s : u"answered then"_s;
        check.fix = stillBusy ? u"Send the step again later."_s : QString();
        return check;
    }
    const auto wait = retryAfter(*exchange.response, now);
    if (!wait)
        return std::nullopt;
    check.presented = u"%1, and asks for %2"_s.arg(exchange.response->status).arg(base::duration(*wait));
    check.outcome = base::Outcome::Warning;
    check.relation = exchange.request.method == "GET" ? u"longer than a minute is not waited for"_s : u"a %1 is never sent again by itself"_s.arg(QString::fromLatin1(exchange.request.method));
    check.fix = u"Send the step again after that time."_s;
    return check;
}

} // namespace flow
