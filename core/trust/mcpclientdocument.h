// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"

#include <QByteArray>
#include <QString>

namespace trust {

/// A client's own metadata document, as an authorization server fetched it from the address that is the client's id (OAuth client
/// id metadata document, draft; MCP authorization 2026-07-28, client id metadata documents).
struct ClientDocument
{
    QString url {};       ///< the client id
    int status = 0;       ///< of the answer; 0: there was none
    QByteArray body {};
    QString problem {};   ///< why there is no whole answer: "timed out", "longer than 5 KB"
};

/// No longer document is read (draft, section 6.6: a limit is recommended, 5 kilobytes).
inline constexpr qint64 mostClientDocument = 5 * 1024;

/// Whether a client id is an address: then nobody registers it, its document speaks for it.
bool isClientDocumentId(const QString& clientId);
/// Whether an authorization server would fetch it: https, or http on this machine as in development; with a path, without user,
/// fragment or dot segments (draft, section 3). Empty when it would, else why not.
QString faultOfClientDocumentId(const QString& clientId);

} // namespace trust
