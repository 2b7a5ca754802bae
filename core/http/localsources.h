// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/transport.h"

#include <QStringList>

namespace http {

/// Answers requests for what lies on this computer, and passes all others on. So a token out of a file is a step like
/// any other: an answer, or a failure in words.
///
/// - `file:///path`: a file's text, when it is a JSON Web Token. Nothing else is read: a setup comes from elsewhere, and
///   may not have any file it likes sent to any address it likes. The one exception is Azure Arc's key file: below 4096
///   bytes, named `.key`, directly in a folder of `keyFolders` (entra.md 5.3).
/// - `env:NAME`: a variable of this process, under the same condition.
/// - `paste:`: what the request itself carries as bearer, as a person pasted it.
class LocalSources : public Transport
{
public:
    explicit LocalSources(Transport& network);

    void send(Request request, QObject* context, Done done) override;
    void setClock(base::Clock clock) { m_clock = std::move(clock); }
    /// Where an administrators-only key file may lie; at first where the Azure Arc agent puts them.
    void setKeyFolders(const QStringList& folders) { m_keyFolders = folders; }

private:
    Transport& m_network;
    base::Clock m_clock;
    QStringList m_keyFolders;
};

/// Whether a URL names something on this computer.
bool isLocalSource(QByteArrayView url);
/// What stands there: an answer with the status 200, or why there is none.
Exchange readLocally(const Request& request, const QStringList& keyFolders);
/// The folders of the Azure Arc agent on this system.
QStringList arcKeyFolders();

} // namespace http
