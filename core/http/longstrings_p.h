// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>

#include <deque>
#include <functional>

namespace http {

/// A JSON text as RapidJSON reads it, piece by piece, with the middle of long strings left out: an archive's bodies may be
/// hundreds of megabytes, and nothing that decides stands there. What is left out is searched for tokens on the way.
class LongStrings
{
public:
    using Ch = char;
    using Found = std::function<void(QByteArray token)>; ///< text that begins like a JWT
    using Progress = std::function<bool(qint64 read)>;   ///< false stops the reading

    LongStrings(QIODevice& from, qsizetype limit, Found found, Progress progress);

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

    QIODevice& m_from;
    const qsizetype m_limit;
    Found m_found;
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
    QByteArray m_token {};
    bool m_inToken = false;
    int m_matched = 0; ///< characters of "eyJ" seen
    bool m_stopped = false;
    QString m_problem {};
};

} // namespace http
