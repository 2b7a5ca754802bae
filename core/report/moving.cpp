// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "moving_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace report {

using namespace Qt::StringLiterals;

bool isVolatileName(const QString& name)
{
    static constexpr std::array names {"iat"_L1, "nbf"_L1, "exp"_L1, "auth_time"_L1, "uti"_L1, "jti"_L1, "aio"_L1, "rh"_L1, "sid"_L1, "nonce"_L1, "at_hash"_L1,
        "c_hash"_L1, "state"_L1, "code"_L1, "code_challenge"_L1, "code_verifier"_L1, "redirect_uri"_L1, "assertion"_L1, "client_assertion"_L1, "access_token"_L1,
        "id_token"_L1, "refresh_token"_L1, "subject_token"_L1, "actor_token"_L1, "client_secret"_L1, "client_info"_L1, "webidentitytoken"_L1, "session_state"_L1,
        "expires_in"_L1, "expires_on"_L1, "timestamp"_L1, "trace_id"_L1, "correlation_id"_L1, "kid"_L1, "x5t"_L1, "authorization"_L1, "date"_L1, "content-length"_L1,
        "request-id"_L1, "user-agent"_L1, "host"_L1, "set-cookie"_L1, "cookie"_L1, "client-request-id"_L1, "accept-encoding"_L1, "accept-language"_L1, "connection"_L1, "origin"_L1, "referer"_L1, "cache-control"_L1, "pragma"_L1,
        "priority"_L1, "te"_L1, "dnt"_L1, "upgrade-insecure-requests"_L1};
    static constexpr std::array families {"x-ms-"_L1, "x-amz"_L1, "sec-"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView n) { return name.compare(n, Qt::CaseInsensitive) == 0; })
        || std::ranges::any_of(families, [&](QLatin1StringView f) { return name.startsWith(f, Qt::CaseInsensitive); });
}

QString steady(QString text)
{
    static const QRegularExpression port(u"(https?://)?(127\\.0\\.0\\.1|localhost|\\[::1\\]):[0-9]+"_s);
    static const QRegularExpression mark(u"\\b[0-9a-f]{8,16}\\b"_s);
    static const QRegularExpression time(u"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"_s);
    static const QRegularExpression file(u"^file:///\\S+?(\\.[A-Za-z]+)?$"_s); // the key of an Azure Arc server has a new name each time
    return text.replace(file, u"(file)\\1"_s).replace(port, u"(lab)"_s).replace(mark, u"#"_s).replace(time, u"(time)"_s);
}

} // namespace report
