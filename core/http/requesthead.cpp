// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "requesthead.h"

#include <algorithm>

namespace http {

namespace {

bool isToken(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c != 0 && QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isPrintable(char c) { return c >= 0x20 && c <= 0x7e; }
bool isFieldByte(char c) { return isPrintable(c) || c == '\t' || static_cast<unsigned char>(c) >= 0x80; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

qsizetype countOf(const Headers& headers, QByteArrayView name)
{
    return std::count_if(headers.begin(), headers.end(),
        [name](const Header& h) { return name.compare(h.name, Qt::CaseInsensitive) == 0; });
}

bool isOriginForm(QByteArrayView target)
{
    return target.startsWith('/') && !target.contains('#')
        && std::all_of(target.begin(), target.end(), [](char c) { return isPrintable(c) && c != ' '; });
}

/// One length, in plain digits, and not beside a transfer coding.
bool isLengthClear(const Headers& headers, int version)
{
    const qsizetype lengths = countOf(headers, "Content-Length");
    const qsizetype codings = countOf(headers, "Transfer-Encoding");
    if (lengths + codings > 1 || (codings && version < 11))
        return false;
    if (codings)
        return headers.value("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0;
    const QByteArray length = headers.value("Content-Length");
    return !lengths
        || (!length.isEmpty() && length.size() <= 18 && std::all_of(length.begin(), length.end(), isDigit));
}

int hostRefusal(const ServerRequest& request, int version)
{
    const qsizetype hosts = countOf(request.headers, "Host");
    if (hosts > 1 || (hosts == 0 && version >= 11))
        return 400;
    return hosts == 0 || isOwnHost(request.headers.value("Host"), request.port, request.secure) ? 0 : 421;
}

} // namespace

HeadScan::Where HeadScan::startField(char c)
{
    if (c == '\r')
        return Where::EndLf;
    // A blank here would be a folded line, which no two readers take alike.
    return isToken(c) && ++m_headers <= m_maxHeaders ? Where::Name : Where::Broken;
}

HeadScan::Where HeadScan::step(char c)
{
    switch (m_where) {
    case Where::Before:
        return c == '\r' ? Where::BeforeLf : isToken(c) ? Where::Line : Where::Broken;
    case Where::BeforeLf:
        return c == '\n' && m_start == 0 ? Where::Before : Where::Broken;
    case Where::Line:
        return c == '\r' ? Where::LineLf : isPrintable(c) ? Where::Line : Where::Broken;
    case Where::LineLf:
    case Where::ValueLf:
        return c == '\n' ? Where::FieldStart : Where::Broken;
    case Where::FieldStart:
        return startField(c);
    case Where::Name:
        return c == ':' ? Where::Value : isToken(c) ? Where::Name : Where::Broken;
    case Where::Value:
        return c == '\r' ? Where::ValueLf : isFieldByte(c) ? Where::Value : Where::Broken;
    case Where::EndLf:
        return c == '\n' ? Where::Done : Where::Broken;
    case Where::Done:
    case Where::Broken:
        break;
    }
    return Where::Broken;
}

HeadScan::State HeadScan::feed(QByteArrayView bytes)
{
    const qsizetype limit = std::min(bytes.size(), maxBytes);
    while (m_at < limit && m_where != Where::Done && m_where != Where::Broken) {
        const bool leading = m_where == Where::BeforeLf;
        m_where = step(bytes[m_at++]);
        if (leading)
            m_start = m_at;
    }
    if (m_where == Where::Done)
        return State::Complete;
    if (m_where == Where::Broken)
        return m_headers > m_maxHeaders ? State::TooLong : State::Bad;
    return m_at >= maxBytes ? State::TooLong : State::More;
}

bool isOwnHost(QByteArrayView host, int port, bool secure)
{
    const QByteArray number = QByteArray::number(port);
    for (const QByteArrayView name :
        {QByteArrayView("127.0.0.1"), QByteArrayView("localhost"), QByteArrayView("[::1]")}) {
        if (host.first(std::min(host.size(), name.size())).compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArrayView rest = host.sliced(name.size());
        return rest.isEmpty() ? port == (secure ? 443 : 80) : rest.front() == ':' && rest.sliced(1) == number;
    }
    return false;
}

int refusal(const ServerRequest& request, int version, const ServerLimits& limits)
{
    if (!isOriginForm(request.target) || !isLengthClear(request.headers, version))
        return 400;
    if (const int status = hostRefusal(request, version))
        return status;
    if (request.headers.value("Content-Length").toLongLong() > limits.body)
        return 413;
    const QByteArray expect = request.headers.value("Expect");
    return expect.isEmpty() || expect.compare("100-continue", Qt::CaseInsensitive) == 0 ? 0 : 417;
}

} // namespace http
