// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "still.h"

#include <QMetaObject>

namespace session {

using namespace Qt::StringLiterals;

void Still::Silence::send(http::Request request, QObject* context, http::Done done)
{
    http::Exchange exchange {.request = std::move(request)};
    exchange.failure = http::Failure {http::Failure::Kind::NotAllowed, u"A recorded run is read only: nothing of it is sent."_s};
    QMetaObject::invokeMethod(context, [done = std::move(done), exchange = std::move(exchange)] { done(exchange); }, Qt::QueuedConnection);
}

Still::Still(diagnosis::Recorded recorded, const QString& name)
    : m_session(m_transport, m_secrets, base::systemNow)
{
    m_session.show(std::move(recorded), name);
}

diagnosis::Recorded recordOf(const Session& session)
{
    if (session.recording())
        return *session.recording();
    diagnosis::Recorded out {.setup = session.played(), .bindings = session.bindings(), .chain = session.chain(), .findings = session.findings(), .last = session.now()};
    out.made.flow = session.flow();
    out.made.run = session.run();
    out.made.entries = out.made.steps = session.flow().steps.size();
    out.saved = diagnosis::Saved {.setupTitle = session.setup().title, .against = session.run().against};
    return out;
}

} // namespace session
