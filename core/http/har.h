// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/http/exchange.h"

#include <QIODevice>
#include <QStringList>

#include <functional>

namespace http {

/// One entry of an HTTP archive (HAR 1.2), as an exchange.
struct HarEntry
{
    qint64 index = 0;              ///< in the file, from 0
    Exchange exchange {};          ///< a body longer than the limit is cut; the response then says `truncated`. `started` is
                                   ///< the default instant where the archive gives no time that can be read
    qint64 responseSize = -1;      ///< bytes of the response's content, as the archive says; -1 where it does not
    bool requestCut = false;
    bool bodyMissing = false;      ///< the answer's content is not in the archive, and the archive does not say that there was none
    QString problem {};            ///< why this is no exchange: "is null"; empty otherwise
    QList<QByteArray> moreTokens {}; ///< texts that begin like a JWT, in the parts that were cut off
};

struct HarOptions
{
    qsizetype bodyLimit = 64 * 1024; ///< bytes kept of one text, as it stands in the file
};

struct HarSummary
{
    qint64 entries = 0;
    qint64 bytes = 0;              ///< read
    QString creator {};            ///< "WebInspector 537.36"
    QStringList problems {};       ///< what is odd, and where the reading ended when the file is broken
    bool whole = false;            ///< the file was read to its end
    bool stopped = false;          ///< because `take` or `progress` said so
};

/// Reads an archive in one pass; each entry is handed to `take` as soon as it is whole, so the first rows come at once and
/// memory does not grow with the file. A broken file keeps what came before the fault, and says where it is. Errors:
/// "not-a-har" when there is no `log.entries` at all, "har-broken" when nothing came before the fault.
base::Result<HarSummary> readHar(QIODevice& from, const HarOptions& options,
    const std::function<bool(HarEntry&&)>& take, const std::function<bool(qint64 read)>& progress = {});

/// Whether a text begins like an archive: an object whose first members lead to "log".
bool looksLikeHar(QByteArrayView text);

/// Exchanges as an archive, as they are: redact before.
QByteArray toHar(const QList<Exchange>& exchanges, const QString& creator);

} // namespace http
