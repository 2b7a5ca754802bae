// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QList>

#include <deque>
#include <functional>

namespace http {

/// A JSON text as RapidJSON reads it, piece by piece, with the middle of long strings left out: an archive's bodies may be
/// hundreds of megabytes, and nothing that decides stands there. What is left out is searched for tokens on the way.
class LongStrings
{
public:
    using Ch = char;
    using Progress = std::function<bool(qint64 read)>;   ///< false stops the reading

    LongStrings(QIODevice& from, qsizetype limit, Progress progress);

    Ch Peek() { return m_at == m_out.size() && !fill() ? '\0' : m_out[m_at]; }
    Ch Take() { const Ch c = Peek(); ++m_at; return c; }
    size_t Tell() const { return size_t(m_before + m_at); }
    // RapidJSON asks for these of every stream; nothing is written in place.
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) { }
    void Flush() { }
    size_t PutEnd(Ch*) { return 0; }

    /// Whether the string that ends just before Tell() was cut.
    bool wasCut();
    /// Texts that begin like a JWT, in what was left out before Tell(); each is given once.
    QList<QByteArray> takeTokens();
    bool stopped() const { return m_stopped; }
    qint64 read() const { return m_read; }
    QString problem() const { return m_problem; }

private:
    bool fill();
    void outside(const char*& at, const char* end);
    void inside(const char*& at, const char* end);
    void take(const char* from, const char* to);
    void drop(const char* from, const char* to);
    void endString();
    void follow(const char* from, const char* to);
    bool isClean() const { return m_escaping == 0 && !m_highSurrogate; }
    void endToken();

    QIODevice& m_from;
    const qsizetype m_limit;
    Progress m_progress;
    QByteArray m_raw {};
    QByteArray m_out {};
    qsizetype m_at = 0;
    qint64 m_before = 0; ///< of the output, before m_out
    qint64 m_read = 0;
    bool m_inString = false;
    bool m_escape = false; ///< an odd number of backslashes stands before the next character
    qsizetype m_kept = 0;  ///< of the string under way
    bool m_cut = false;
    std::deque<qint64> m_cuts {};
    int m_escaping = 0;    ///< place within an escape that what is kept ends in: 1 after the backslash, 2 to 5 in \uXXXX
    unsigned m_code = 0;
    bool m_highSurrogate = false; ///< its other half has to follow
    std::deque<std::pair<qint64, QByteArray>> m_tokens {};
    QByteArray m_token {};
    bool m_inToken = false;
    int m_matched = 0; ///< characters of "eyJ" seen
    bool m_stopped = false;
    QString m_problem {};
};

} // namespace http
