// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "longstrings_p.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace http {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
constexpr qsizetype longestToken = 64 * 1024;
constexpr char tokenStart[] = "eyJ"; // base64url of {" begins every JOSE header

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// A byte within a character of UTF-8.
bool isContinuation(char c) { return (uchar(c) & 0xC0) == 0x80; }

unsigned hexOf(char c) { return c <= '9' ? unsigned(c - '0') : unsigned((c | 0x20) - 'a' + 10); }

} // namespace

LongStrings::LongStrings(QIODevice& from, qsizetype limit, Progress progress)
    : m_from(from)
    , m_limit(limit)
    , m_progress(std::move(progress))
    , m_raw(pieceSize, Qt::Uninitialized)
{
    m_out.reserve(pieceSize + 64);
}

bool LongStrings::wasCut()
{
    while (!m_cuts.empty() && m_cuts.front() < qint64(Tell()))
        m_cuts.pop_front();
    return !m_cuts.empty() && m_cuts.front() == qint64(Tell());
}

/// More of the output; false at the end.
bool LongStrings::fill()
{
    m_before += m_out.size();
    m_out.resize(0); // keeps what is reserved
    m_at = 0;
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
        const char* at = m_raw.constData();
        const char* const end = at + got;
        while (at < end)
            m_inString ? inside(at, end) : outside(at, end);
    }
    return true;
}

void LongStrings::outside(const char*& at, const char* end)
{
    const auto* quote = static_cast<const char*>(std::memchr(at, '"', size_t(end - at)));
    const char* stop = quote ? quote + 1 : end;
    m_out.append(at, stop - at);
    at = stop;
    if (!quote)
        return;
    m_inString = true;
    m_kept = 0;
    m_cut = false;
    m_escaping = 0;
    m_highSurrogate = false;
}

void LongStrings::inside(const char*& at, const char* end)
{
    const auto* quote = static_cast<const char*>(std::memchr(at, '"', size_t(end - at)));
    const char* stop = quote ? quote : end;
    qsizetype slashes = 0;
    while (stop - slashes > at && stop[-slashes - 1] == '\\')
        ++slashes;
    const bool reachesBack = stop - slashes == at && m_escape;
    const bool escaped = (slashes + (reachesBack ? 1 : 0)) % 2 == 1;
    take(at, stop);
    at = stop;
    if (!quote) {
        m_escape = escaped;
        return;
    }
    m_escape = false;
    if (escaped)
        take(quote, quote + 1);
    else
        endString();
    ++at;
}

/// Keeps what fits, and a few characters more where an escape or a character would be cut in two.
void LongStrings::take(const char* from, const char* to)
{
    if (m_cut)
        return drop(from, to);
    const qsizetype room = m_limit - m_kept;
    const char* end = to - from <= room ? to : from + std::max<qsizetype>(room, 0);
    follow(from, end);
    while (to - from > room && end < to && (!isClean() || isContinuation(*end))) {
        follow(end, end + 1);
        ++end;
    }
    m_out.append(from, end - from);
    m_kept += end - from;
    m_cut = end < to;
    if (m_cut)
        drop(end, to);
}

/// Knows of the kept text whether it ends within an escape (RFC 8259 section 7).
void LongStrings::follow(const char* from, const char* to)
{
    while (from < to) {
        if (isClean()) {
            from = static_cast<const char*>(std::memchr(from, '\\', size_t(to - from)));
            if (!from)
                return;
        }
        const char c = *from++;
        if (m_escaping == 0) {
            m_highSurrogate = m_highSurrogate && c == '\\';
            m_escaping = c == '\\' ? 1 : 0;
        } else if (m_escaping == 1) {
            m_escaping = c == 'u' ? 2 : 0;
            m_code = 0;
            m_highSurrogate = m_highSurrogate && c == 'u';
        } else {
            m_code = m_code * 16 + hexOf(c);
            m_escaping = m_escaping == 5 ? 0 : m_escaping + 1;
            if (m_escaping == 0)
                m_highSurrogate = m_code >= 0xD800 && m_code < 0xDC00;
        }
    }
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
    m_out.append('"');
    m_inString = false;
    if (m_cut)
        m_cuts.push_back(m_before + m_out.size());
}

} // namespace http
