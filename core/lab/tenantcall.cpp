// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tenantcall.h"

namespace lab {

http::Form TenantCall::parameters() const
{
    if (request.method != "POST")
        return http::parseForm(request.query);
    return isForm(request.headers) ? http::parseForm(request.body) : http::Form();
}

QByteArray TenantCall::origin() const
{
    return (request.secure ? "https://" : "http://") + request.headers.value("Host");
}

bool isForm(const http::Headers& headers)
{
    QByteArray type = headers.value("Content-Type");
    if (const qsizetype end = type.indexOf(';'); end >= 0)
        type.truncate(end);
    return type.trimmed().compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) == 0;
}

} // namespace lab
