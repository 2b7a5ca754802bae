// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/recorded.h"
#include "core/session/session.h"

namespace session {

/// A session that shows one recorded run and has nothing to send with: what stands beside another run in a comparison.
class Still
{
public:
    Still(diagnosis::Recorded recorded, const QString& name);
    Session& session() { return m_session; }

private:
    /// Answers every request with why it is not sent.
    class Silence : public http::Transport
    {
    public:
        void send(http::Request request, QObject* context, http::Done done) override;
    };

    Silence m_transport {};
    setup::MemorySecrets m_secrets {};
    Session m_session;
};

/// The session's run as it stands now, as a record: what the walk goes on to do does not change it.
diagnosis::Recorded recordOf(const Session& session);

} // namespace session
