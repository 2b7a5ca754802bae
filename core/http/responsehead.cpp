// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "responsehead.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace http {

namespace {

bool isServersOwn(QByteArrayView name)
{
    static constexpr std::array own{"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"};
    return std::any_of(
        own.begin(), own.end(), [name](const char* o) { return name.compare(o, Qt::CaseInsensitive) == 0; });
}

bool breaksLines(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// One text a second and thread: formatting it for every answer would cost as much as parsing the request.
const QByteArray& dateNow()
{
    thread_local std::time_t when = -1;
    thread_local QByteArray text;
    const std::time_t now = std::time(nullptr);
    if (now != when) {
        when = now;
        text = httpDate(now);
    }
    return text;
}

void add(QByteArray& out, QByteArrayView name, QByteArrayView value)
{
    out.append(name).append(": ", 2).append(value).append("\r\n", 2);
}

} // namespace

QByteArray httpDate(std::time_t time)
{
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
#ifdef Q_OS_WIN
    gmtime_s(&utc, &time);
#else
    gmtime_r(&time, &utc);
#endif
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
        days[static_cast<size_t>(utc.tm_wday)], utc.tm_mday, months[static_cast<size_t>(utc.tm_mon)],
        utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return QByteArray(text.data());
}

bool mayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

QByteArray responseHead(const ServerResponse& response, QByteArrayView reason, Persistence persistence)
{
    QByteArray out;
    out.reserve(512);
    out.append("HTTP/1.1 ")
        .append(QByteArray::number(response.status))
        .append(' ')
        .append(reason)
        .append("\r\n");
    for (const Header& h : response.headers) {
        if (!isServersOwn(h.name) && !breaksLines(h.name) && !breaksLines(h.value))
            add(out, h.name, h.value);
    }
    if (!response.headers.has("Date"))
        add(out, "Date", dateNow());
    if (mayHaveBody(response.status))
        add(out, "Content-Length", QByteArray::number(response.body.size()));
    if (persistence != Persistence::Default)
        add(out, "Connection", persistence == Persistence::Close ? "close" : "keep-alive");
    return out.append("\r\n");
}

} // namespace http
