// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "walker.h"

#include "browser.h"
#include "selfsignin.h"

#include "core/lab/faults.h"

namespace app {

using namespace Qt::StringLiterals;
using session::Against;

Walker::Walker(QObject* parent)
    : QObject(parent)
    , m_session(m_sources, m_labSecrets, base::systemNow)
{
    m_session.runner().setBrowser(browser());
    connect(&m_lab, &lab::Lab::ready, this, &Walker::labReady);
    connect(&m_lab, &lab::Lab::failed, this, &Walker::failed);
    connect(&m_session, &session::Session::recorded, this, &Walker::annotate);
}

Walker::~Walker() = default;

flow::Runner::Browser Walker::browser()
{
    return [this](const QByteArray& url) -> base::Result<void> {
        if (m_selfSignIn.isEmpty() || m_against != Against::Lab)
            return openInBrowser(url);
        auto signIn = SelfSignIn::fromManifest(m_lab.manifestPath(), m_selfSignIn, m_transport);
        if (!signIn)
            return tl::unexpected(signIn.error());
        connect(signIn->get(), &SelfSignIn::failed, this, &Walker::signInFailed);
        SelfSignIn* started = signIn->get();
        m_signIn = std::move(*signIn);
        started->open(url);
        return {};
    };
}

void Walker::open(setup::Setup setup, Against against)
{
    m_setup = std::move(setup);
    m_against = against;
    play();
}

void Walker::releaseLab()
{
    m_deferred = false;
    if (m_pending)
        play();
    m_pending = false;
}

void Walker::setFaults(const QStringList& ids) { m_faults = ids; }

void Walker::setExtraAuthorities(const QList<QSslCertificate>& authorities) { m_extra = authorities; }

void Walker::play()
{
    if (m_against == Against::Live)
        return playLive();
    // The setup is on screen at once; nothing is sent until the lab that plays it is up.
    // A recording that was opened while the lab's start was put off stays on screen.
    if (!(m_pending && m_session.recording())) {
        m_session.open(m_setup, m_setup, {}, Against::Lab);
        m_session.hold();
    }
    m_pending = m_deferred;
    if (m_deferred)
        return;
    lab::Options options = m_options;
    options.faults = m_faults;
    m_lab.start(m_setup, options);
}

void Walker::playLive()
{
    m_lab.stop();
    m_transport.setExtraAuthorities(m_extra);
    m_transport.setClock(base::systemNow);
    m_sources.setClock(base::systemNow);
    m_sources.setKeyFolders(http::arcKeyFolders());
    m_session.setClock(base::systemNow);
    m_session.runner().setSecrets(m_liveSecrets);
    m_session.open(m_setup, m_setup, {}, Against::Live);
    emit opened();
}

void Walker::labReady()
{
    m_transport.setExtraAuthorities(m_lab.authorities());
    const base::Clock clock = m_options.clock ? m_options.clock : base::Clock(base::systemNow);
    m_transport.setClock(clock);
    m_sources.setClock(clock);
    m_sources.setKeyFolders({m_lab.keyFolder()});
    m_session.setClock(clock);
    m_labSecrets.clear();
    m_lab.fillSecrets(m_labSecrets);
    m_session.runner().setSecrets(m_labSecrets);
    if (!m_session.recording())
        m_session.open(m_setup, m_lab.played(), m_lab.bindings(), Against::Lab);
    emit opened();
}

void Walker::annotate(const QString& stepId)
{
    const flow::StepRecord* record = m_session.record(stepId);
    if (m_against != Against::Lab || !record || record->observed.requestId.isEmpty())
        return;
    for (const lab::HistoryEntry& entry : m_lab.history()) {
        if (entry.requestId != record->observed.requestId)
            continue;
        const QString note = entry.reason.isEmpty() ? QString {} : entry.reason + u": "_s + entry.text;
        m_session.annotate(stepId, note, entry.verdict);
        return;
    }
}

} // namespace app
