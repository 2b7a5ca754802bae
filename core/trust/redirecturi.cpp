// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "entratoken.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct Loopback
{
    QStringView host {};  ///< with scheme: "http://127.0.0.1"
    QStringView rest {};  ///< path and query
};

bool isPort(QStringView text)
{
    const bool digits = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits && !text.isEmpty() && text.size() <= 5 && text.toInt() > 0 && text.toInt() <= 65535;
}

/// A loopback redirect without its port; nothing for any other URI. `[::1]` is not supported (Microsoft: reply URLs).
std::optional<Loopback> loopback(QStringView uri)
{
    for (const QStringView host : {QStringView(u"http://127.0.0.1"), QStringView(u"http://localhost")}) {
        if (!uri.startsWith(host))
            continue;
        QStringView rest = uri.sliced(host.size());
        if (rest.startsWith(u':')) {
            const auto end = std::ranges::find_if(rest,
                [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
            const QStringView port = rest.first(end - rest.begin()).sliced(1);
            if (!isPort(port))
                return {};
            rest = rest.sliced(1 + port.size());
        }
        if (!rest.isEmpty() && rest.front() != u'/' && rest.front() != u'?')
            return {};
        return Loopback {host, rest};
    }
    return {};
}

} // namespace

bool redirectMatches(QStringView asked, const QStringList& registered)
{
    const auto ours = loopback(asked);
    return std::ranges::any_of(registered, [&](const QString& uri) {
        if (uri == asked)
            return true;
        const auto theirs = ours ? loopback(uri) : std::nullopt;
        return theirs && ours->host == theirs->host && ours->rest == theirs->rest;
    });
}

} // namespace trust
