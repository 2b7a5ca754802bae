// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QList>

#include <deque>
#include <functional>
#include <vector>

namespace http {

/// A JSON text as RapidJSON reads it, piece by piece, with long strings set aside: an archive's bodies may be hundreds of
/// megabytes, RapidJSON looks at every character of a string, and nothing in them is structure. What is longer than the limit is
/// left out, and searched for tokens on the way.
class LongStrings
{
public:
    using Ch = char;
    using Progress = std::function<bool(qint64 read)>;   ///< false stops the reading

    LongStrings(QIODevice& from, qsizetype limit, Progress progress);

    // Once a character: two pointers, and nothing that could detach or allocate.
    Ch Peek() { return m_at == m_end && !fill() ? '\0' : *m_at; }
    Ch Take() { return m_at == m_end && !fill() ? '\0' : *m_at++; }
    size_t Tell() const { return size_t(m_before + (m_at - m_out.constData())); }
    // RapidJSON asks for these of every stream; nothing is written in place.
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) { }
    void Flush() { }
    size_t PutEnd(Ch*) { return 0; }

    /// The string that ends just before Tell(): what RapidJSON has of it, or what was set aside. An escape that is none stays as
    /// it is written.
    QByteArray text(const char* parsed, qsizetype size);
    /// Whether the string that text() gave last was cut.
    bool wasCut() const { return m_wasCut; }
    /// Drops what was set aside before Tell(): nobody wants it.
    void forget();
    /// Texts that begin like a JWT, in what was left out before Tell(); each is given once.
    QList<QByteArray> takeTokens();
    /// Tell() as a place in the file.
    qint64 place() const;
    bool stopped() const { return m_stopped; }
    qint64 read() const { return m_read; }
    QString problem() const { return m_problem; }

private:
    struct Aside
    {
        qint64 end;     ///< of the output, just behind the closing quote
        QByteArray raw; ///< as it stands in the file
        bool cut;
    };

    bool fill();
    void outside(const char*& at, const char* end);
    void inside(const char*& at, const char* end);
    void copyKept(const char* to);
    void setAside(const char* from, const char* to);
    void drop(const char* from, const char* to);
    void endString();
    void endToken();

    QIODevice& m_from;
    const qsizetype m_limit;
    Progress m_progress;
    QByteArray m_raw {};
    QByteArray m_out {};
    const char* m_kept = nullptr; ///< in m_raw: from here on it is to be copied
    const char* m_at = nullptr;  ///< in m_out
    const char* m_end = nullptr;
    qint64 m_before = 0; ///< of the output, before m_out
    qint64 m_read = 0;
    bool m_inString = false;
    bool m_escape = false; ///< an odd number of backslashes stands before the next character
    bool m_isLong = false; ///< the string under way is set aside
    Aside m_aside {};
    std::deque<Aside> m_asides {};
    bool m_wasCut = false;
    qint64 m_away = 0; ///< bytes of strings that are not in the output
    std::vector<std::pair<qint64, qint64>> m_leftOut {}; ///< in m_out: behind a place of the output, how many those were until then
    std::deque<std::pair<qint64, QByteArray>> m_tokens {};
    QByteArray m_token {};
    bool m_inToken = false;
    int m_matched = 0; ///< characters of "eyJ" seen
    bool m_stopped = false;
    QString m_problem {};
};

} // namespace http
