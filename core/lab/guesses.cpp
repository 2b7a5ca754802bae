// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "guesses.h"

#include "core/jose/key.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

/// The guesses that are still within the window. A clock that was set back does not prolong a pause.
Guesses::Recent& Guesses::recent(const QString& whom, base::Instant now)
{
    const QByteArray key = whom.toUtf8();
    m_recent.insert(key, {});
    Recent& list = *m_recent.find(key);
    list.removeIf([now](const Guess& g) { return g.at > now || now - g.at >= window; });
    return list;
}

std::optional<std::chrono::seconds> Guesses::pause(const QString& whom, base::Instant now)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_recent.contains(whom.toUtf8()))
        return std::nullopt;
    const Recent& list = recent(whom, now);
    if (list.size() < most)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(list.front().at + window - now);
}

void Guesses::wrong(const QString& whom, QByteArrayView value, base::Instant now)
{
    const QByteArray hash = jose::hmacSha256(m_key, value);
    const std::scoped_lock lock(m_mutex);
    Recent& list = recent(whom, now);
    const bool again = std::ranges::any_of(list, [&](const Guess& g) { return g.hash == hash; });
    if (!again && list.size() < most)
        list.append({hash, now});
}

namespace {

bool failed(const base::Verdict& verdict, QLatin1StringView id)
{
    return std::ranges::any_of(
        verdict.checks, [id](const base::Check& c) { return c.id == id && c.outcome == base::Outcome::Fail; });
}

/// The secret as it was presented, in the body or by Basic.
QByteArray secretIn(const http::Form& form, const QByteArray& authorization)
{
    const bool basic = authorization.left(6).toLower() == "basic ";
    return basic ? authorization : form.value("client_secret");
}

/// What the check with this id compared.
struct Guessed
{
    QLatin1StringView check;
    QByteArray value;
};

base::Verdict verdictOf(const GuessCall& call, std::chrono::seconds wait)
{
    const QString seconds = base::duration(wait);
    return {.receiver = call.server,
        .decision = base::Decision::Refuse,
        .checks = {{.id = u"guesses"_s,
            .title = u"Wrong guesses"_s,
            .expected = u"fewer than %1 different ones within a minute"_s.arg(Guesses::most),
            .presented = QString::number(Guesses::most),
            .outcome = base::Outcome::Fail,
            .fix = u"Wait %1, then send the right value."_s.arg(seconds),
            .source = u"RFC 6749, 10.10"_s}},
        .refusal = base::Refusal {.status = 429,
            .error = u"temporarily_unavailable"_s,
            .text = u"Too many wrong guesses within a minute. Come again in %1."_s.arg(seconds)}};
}

} // namespace

std::optional<GuessPause> guessPause(const GuessCall& call)
{
    const auto wait = call.world.guesses.pause(call.key(), call.now);
    return wait ? std::optional(GuessPause {*wait, verdictOf(call, *wait)}) : std::nullopt;
}

void noteGuess(const GuessCall& call, QByteArrayView value) { call.world.guesses.wrong(call.key(), value, call.now); }

std::optional<GuessPause> guessPause(
    const GuessCall& call, const http::Form& form, const QByteArray& authorization, const base::Verdict& verdict)
{
    // A client that is not known is refused whatever it guesses.
    if (call.whom.isEmpty() || failed(verdict, "client"_L1))
        return std::nullopt;
    if (auto pause = guessPause(call))
        return pause;
    for (const Guessed& each : {Guessed {"secret"_L1, secretIn(form, authorization)}, Guessed {"code"_L1, form.value("code")},
             Guessed {"code_verifier"_L1, form.value("code_verifier")}}) {
        if (!each.value.isEmpty() && failed(verdict, each.check))
            noteGuess(call, each.value);
    }
    return std::nullopt;
}

http::ServerResponse withRetryAfter(http::ServerResponse reply, const GuessPause& pause)
{
    reply.status = 429;
    addHeader(reply, "Retry-After", QByteArray::number(qint64(pause.wait.count())));
    return reply;
}

http::ServerResponse pausedReply(const GuessCall& call, const GuessPause& pause, http::ServerResponse reply)
{
    return withTruth(
        call.world, withRetryAfter(std::move(reply), pause), call.server, pause.verdict, u"too_many_guesses"_s);
}

} // namespace lab
