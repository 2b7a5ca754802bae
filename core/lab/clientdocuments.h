// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/transport.h"
#include "core/lab/world.h"
#include "core/trust/mcpclientdocument.h"

#include <QHash>
#include <QThread>

#include <future>
#include <memory>
#include <mutex>
#include <optional>

namespace lab {

/// Fetches clients' metadata documents for an authorization server (OAuth client id metadata document, draft): from this machine
/// alone (a real server takes https from everywhere), no redirects, 5 KB and 5 seconds at most. An answer is kept for a minute: one
/// sign-in asks several times.
class ClientDocuments
{
public:
    /// `authorities` are trusted beside the system's: the lab's own.
    explicit ClientDocuments(QList<QSslCertificate> authorities);
    ~ClientDocuments();
    ClientDocuments(const ClientDocuments&) = delete;
    ClientDocuments& operator=(const ClientDocuments&) = delete;

    /// Waits for the answer, on a thread of the server. An address that must not be fetched is not: the document is then empty.
    trust::ClientDocument fetch(const QString& url);

private:
    struct Kept
    {
        trust::ClientDocument document {};
        std::chrono::steady_clock::time_point until {};
    };
    trust::ClientDocument fetched(const QString& url);

    QList<QSslCertificate> m_authorities;
    std::mutex m_guard {};
    QHash<QString, Kept> m_kept {};
    std::unique_ptr<http::NetworkTransport> m_transport {}; ///< lives in the thread
    std::promise<http::Exchange> m_answer {}; ///< of the request that is on its way
    QObject m_worker {};
    QThread m_thread {};
};

/// The document of a client whose id is an address; nothing for any other client id.
std::optional<trust::ClientDocument> clientDocumentFor(const World& world, const QByteArray& clientId);

/// The document that the lab hosts at a target's `clientId`, for the client that walks there.
QByteArray hostedClientDocument(const World& world, const setup::Target& target);
/// Whether the client of that target is known by its document; `clientId` is then an address.
bool hasClientDocument(const setup::Target& target);

} // namespace lab
