// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/http/server.h"
#include "core/lab/ledger.h"

namespace lab {

struct World;

/// Wrong guesses of the last minute, by who is guessed at. The same wrong value counts once: a client that is set up wrongly
/// says one thing again and again and guesses nothing (as Microsoft Entra's smart lockout counts bad passwords). Every member
/// may be called from several threads.
class Guesses
{
public:
    static constexpr qsizetype most = 10;
    static constexpr std::chrono::seconds window {60};

    explicit Guesses(const Entropy& entropy)
        : m_key(entropy.derived("guesses"))
    {
    }

    /// How long nothing is looked at that comes for `whom`; nothing when there is room for a guess.
    std::optional<std::chrono::seconds> pause(const QString& whom, base::Instant now);
    void wrong(const QString& whom, QByteArrayView value, base::Instant now);

private:
    struct Guess
    {
        QByteArray hash {}; ///< a near miss of a password is nearly a password
        base::Instant at {};
    };
    using Recent = QList<Guess>;

    Recent& recent(const QString& whom, base::Instant now);

    QByteArray m_key;
    std::mutex m_mutex {};
    BoundedTable<Recent> m_recent {10'000};
};

/// A request in which something could be guessed.
struct GuessCall
{
    World& world;
    QString server {};         ///< as in HistoryEntry::target
    QString whom {};           ///< client or user that is guessed at; empty: nobody, and nothing can be guessed
    base::Instant now {};

    QString key() const { return QString(server + u'\n' + whom); }
};

/// A server looks at nothing more from there for a while.
struct GuessPause
{
    std::chrono::seconds wait {};
    base::Verdict verdict {};

    const base::Refusal& refusal() const { return *verdict.refusal; }
};

/// Whether it is paused.
std::optional<GuessPause> guessPause(const GuessCall& call);
/// This value was wrong.
void noteGuess(const GuessCall& call, QByteArrayView value);
/// The same for a token endpoint; when it is not, what the request was guessing is remembered: a client secret that is
/// not right, a code that nobody was given (RFC 6749 section 10.10).
std::optional<GuessPause> guessPause(const GuessCall& call, const http::Form& form, const QByteArray& authorization, const base::Verdict& verdict);

/// An answer that says why in the server's own shape says when to come again as well (RFC 6585 section 4).
http::ServerResponse withRetryAfter(http::ServerResponse reply, const GuessPause& pause);
/// The same, with the reason kept.
http::ServerResponse pausedReply(const GuessCall& call, const GuessPause& pause, http::ServerResponse reply);

} // namespace lab
