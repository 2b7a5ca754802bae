// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "date.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace http {

std::optional<base::Instant> dateOf(const Response& response)
{
    const QByteArray text = response.headers.value("Date");
    const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text).section(u' ', 1, 4), u"dd MMM yyyy HH:mm:ss"_s);
    if (!date.isValid())
        return {};
    const QDateTime utc(date.date(), date.time(), Qt::UTC);
    return base::fromEpochSeconds(utc.toSecsSinceEpoch());
}

} // namespace http
