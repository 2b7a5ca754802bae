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
constexpr qsizetype longestEscape = 12; // a pair of \\uXXXX
constexpr char tokenStart[] = "eyJ"; // base64url of {" begins every JOSE header

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// Where a text may end without cutting an escape or a character in two.
qsizetype wholeEnd(const QByteArray& text, qsizetype from)
{
    qsizetype end = text.size();
    const qsizetype escape = text.indexOf('\\', std::max(from, end - longestEscape));
    if (escape >= 0)
        return escape;
    while (end > from && (uchar(text[end - 1]) & 0xC0) == 0x80)
        --end;
    return end > from && uchar(text[end - 1]) >= 0xC0 ? end - 1 : end;
}

} // namespace

LongStrings::LongStrings(QIODevice& from, qsizetype limit, Found found, Progress progress)
    : m_from(from)
    , m_limit(limit)
    , m_found(std::move(found))
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
    if (escaped) {
        take(quote, quote + 1);
        m_cut = m_cut || m_kept >= m_limit; // an escaped quote ends nothing, and nothing is cut in two behind it
    } else {
        endString();
    }
    ++at;
}

void LongStrings::take(const char* from, const char* to)
{
    if (m_cut)
        return drop(from, to);
    // At least as long as an escape that may have begun in the piece before.
    const qsizetype room = std::max(m_limit - m_kept, longestEscape);
    if (to - from <= room) {
        m_out.append(from, to - from);
        m_kept += to - from;
        return;
    }
    const qsizetype before = m_out.size();
    m_out.append(from, room);
    const qsizetype end = wholeEnd(m_out, before);
    m_cut = true;
    const qsizetype kept = end - before;
    m_out.truncate(end);
    drop(from + kept, to);
}

void LongStrings::drop(const char* from, const char* to)
{
    while (from < to) {
        if (m_inToken) {
            const char* stop = std::find_if_not(from, to, isTokenCharacter);
            if (m_token.size() < longestToken)
                m_token.append(from, stop - from);
            from = stop;
            if (from < to) {
                m_inToken = false;
                m_found(std::exchange(m_token, {}));
            }
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
        m_found(std::exchange(m_token, {}));
    m_inToken = false;
    m_matched = 0;
    m_out.append('"');
    m_inString = false;
    if (m_cut)
        m_cuts.push_back(m_before + m_out.size());
}

} // namespace http
