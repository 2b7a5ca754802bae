// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/layeredsecrets.h"
#include "core/base/result.h"
#include "core/http/localsources.h"
#include "core/lab/lab.h"
#include "core/session/session.h"
#include "core/setup/secrets.h"

#include <QObject>

namespace app {

/// What the window and the command line share: a session, the lab that plays its setup, and the switch between them.
/// The composition root owns one.
class Walker : public QObject
{
    Q_OBJECT
public:
    explicit Walker(QObject* parent = nullptr);
    ~Walker() override;

    session::Session& session() { return m_session; }
    lab::Lab& lab() { return m_lab; }
    setup::Keychain& keychain() { return m_keychain; }
    http::NetworkTransport& transport() { return m_transport; }

    /// Opens a setup against the lab (started anew) or live; answers by opened() or failed().
    void open(setup::Setup setup, session::Against against);
    const setup::Setup& setup() const { return m_setup; }
    session::Against against() const { return m_against; }
    /// The lab waits for releaseLab(): making its keys would compete with the window's first paint.
    void deferLab() { m_deferred = true; }
    void releaseLab();
    void setFaults(const QStringList& ids);
    const QStringList& faults() const { return m_faults; }
    void setLabOptions(const lab::Options& options) { m_options = options; }
    /// Authorities beside the system's, when live.
    void setExtraAuthorities(const QList<QSslCertificate>& authorities);
    /// The lab's user signs in by itself; empty: the system's browser.
    void setSelfSignIn(const QString& user) { m_selfSignIn = user; }
    /// Where live secrets are.
    LayeredSecrets& secrets() { return m_liveSecrets; }

signals:
    void opened();
    void failed(const base::Error& error);
    void signInFailed(const QString& why);

private:
    void play();
    void playLive();
    void labReady();
    void annotate(const QString& stepId);
    flow::Runner::Browser browser();

    http::NetworkTransport m_transport {};
    http::LocalSources m_sources {m_transport};
    setup::Keychain m_keychain {};
    setup::MemorySecrets m_labSecrets {};
    LayeredSecrets m_liveSecrets {m_keychain};
    lab::Lab m_lab {};
    session::Session m_session;
    setup::Setup m_setup {};
    session::Against m_against = session::Against::Lab;
    lab::Options m_options {};
    QStringList m_faults {};
    bool m_deferred = false;
    bool m_pending = false;  ///< a lab was asked for while deferred
    QString m_selfSignIn {};
    QList<QSslCertificate> m_extra {};
    std::unique_ptr<QObject> m_signIn {};
};

} // namespace app
