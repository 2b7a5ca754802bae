// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "longstrings_p.h"

#include "unescape_p.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace http {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
constexpr qsizetype longestInPlace = 128; // RapidJSON takes these itself: most strings of an archive are names
constexpr qsizetype longestToken = 64 * 1024;
constexpr char tokenStart[] = "eyJ"; // base64url of {" begins every JOSE header

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

} // namespace

LongStrings::LongStrings(QIODevice& from, qsizetype limit, Progress progress)
    : m_from(from)
    , m_limit(limit)
    , m_progress(std::move(progress))
    , m_raw(pieceSize, Qt::Uninitialized)
{
    m_out.reserve(pieceSize + 64);
    m_at = m_end = m_out.constData();
    constexpr QByteArrayView mark = "\xEF\xBB\xBF"; // UTF-8 as some tools begin it
    if (m_from.peek(mark.size()) == mark)
        m_read = m_away = m_from.skip(mark.size());
}

QByteArray LongStrings::text(const char* parsed, qsizetype size)
{
    while (!m_asides.empty() && m_asides.front().end < qint64(Tell()))
        m_asides.pop_front();
    m_wasCut = false;
    if (m_asides.empty() || m_asides.front().end != qint64(Tell()))
        return QByteArray(parsed, size);
    const Aside aside = std::move(m_asides.front());
    m_asides.pop_front();
    m_wasCut = aside.cut;
    return unescaped(aside.raw, aside.cut);
}

qint64 LongStrings::place() const
{
    qint64 away = 0;
    for (const auto& [at, sum] : m_leftOut)
        if (at <= qint64(Tell()))
            away = sum;
    return qint64(Tell()) + away;
}

void LongStrings::forget()
{
    while (!m_asides.empty() && m_asides.front().end <= qint64(Tell()))
        m_asides.pop_front();
}

/// More of the output; false at the end.
bool LongStrings::fill()
{
    m_before += m_out.size();
    m_out.resize(0); // keeps what is reserved
    m_at = m_end = m_out.constData();
    m_leftOut = {{m_before, m_away}};
    while (m_out.isEmpty()) {
        if (m_stopped || (m_progress && !m_progress(m_read))) {
            m_stopped = true;
            return false;
        }
        const qint64 got = m_from.read(m_raw.data(), m_raw.size());
        if (got <= 0) {
            if (got < 0)
                m_problem = m_from.errorString();
            return false;
        }
        m_read += got;
        const char* at = m_kept = m_raw.constData();
        const char* const end = at + got;
        while (at < end)
            m_inString ? inside(at, end) : outside(at, end);
        copyKept(end);
    }
    m_at = m_out.constData();
    m_end = m_at + m_out.size();
    return true;
}

void LongStrings::outside(const char*& at, const char* end)
{
    const auto* quote = static_cast<const char*>(std::memchr(at, '"', size_t(end - at)));
    at = quote ? quote + 1 : end;
    if (!quote)
        return;
    m_inString = true;
    m_isLong = false;
}

/// To the string's end, or to the end of what is there: quotes after a backslash do not end it.
void LongStrings::inside(const char*& at, const char* end)
{
    const char* quote = at;
    while (true) {
        quote = static_cast<const char*>(std::memchr(quote, '"', size_t(end - quote)));
        const char* stop = quote ? quote : end;
        const char* slash = stop;
        while (slash > at && slash[-1] == '\\')
            --slash;
        const bool reachesBack = slash == at && m_escape;
        const bool escaped = (stop - slash + (reachesBack ? 1 : 0)) % 2 == 1;
        if (quote && escaped) {
            ++quote;
            continue;
        }
        m_isLong = m_isLong || !quote || stop - at > std::min(longestInPlace, m_limit);
        if (m_isLong) {
            copyKept(at);
            setAside(at, stop);
            m_kept = stop;
        }
        m_escape = !quote && escaped;
        at = stop;
        if (!quote)
            return;
        endString();
        ++at;
        return;
    }
}

/// Everything up to here belongs to the output: one copy for a whole stretch between long strings.
void LongStrings::copyKept(const char* to)
{
    m_out.append(m_kept, to - m_kept);
    m_kept = to;
}

/// Keeps what fits.
void LongStrings::setAside(const char* from, const char* to)
{
    const qsizetype kept = std::min<qsizetype>(to - from, m_limit - m_aside.raw.size());
    m_aside.raw.append(from, kept);
    m_away += to - from;
    m_aside.cut = m_aside.cut || from + kept < to;
    drop(from + kept, to);
}

QList<QByteArray> LongStrings::takeTokens()
{
    QList<QByteArray> out;
    while (!m_tokens.empty() && m_tokens.front().first <= qint64(Tell())) {
        out.append(std::move(m_tokens.front().second));
        m_tokens.pop_front();
    }
    return out;
}

void LongStrings::endToken()
{
    m_inToken = false;
    m_tokens.emplace_back(m_before + m_out.size(), std::exchange(m_token, {}));
}

void LongStrings::drop(const char* from, const char* to)
{
    while (from < to) {
        if (m_inToken) {
            const char* stop = std::find_if_not(from, to, isTokenCharacter);
            if (m_token.size() < longestToken)
                m_token.append(from, stop - from);
            from = stop;
            if (from < to)
                endToken();
            continue;
        }
        if (m_matched == 0) {
            const auto* e = static_cast<const char*>(std::memchr(from, tokenStart[0], size_t(to - from)));
            if (!e)
                return;
            from = e;
        }
        m_matched = *from == tokenStart[m_matched] ? m_matched + 1 : int(*from == tokenStart[0]);
        ++from;
        if (m_matched == 3) {
            m_matched = 0;
            m_inToken = true;
            m_token = tokenStart;
        }
    }
}

void LongStrings::endString()
{
    if (m_inToken)
        endToken();
    m_matched = 0;
    m_inString = false;
    if (!m_isLong)
        return;
    m_leftOut.push_back({m_aside.end = m_before + m_out.size() + 1, m_away}); // the quote follows
    m_asides.push_back(std::exchange(m_aside, {}));
}

} // namespace http
