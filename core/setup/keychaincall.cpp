// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keychaincall.h"

#include "core/setup/secretservice.h"

#include <qt6keychain/keychain.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

using Answer = KeychainCall::Answer;

const QString serviceName = u"Trustwalk"_s;

// `details` are the backend's own words: they name buses and objects, never a value.
Answer absent(const QString& details = {})
{
    return base::fail(u"keychain-absent"_s,
        u"No keychain on this machine. Keep the secret in memory until you quit? It is never written to disk."_s,
        details);
}

Answer locked(const QString& details = {})
{
    return base::fail(u"keychain-locked"_s,
        u"The keychain is locked. Unlock it in the system's dialog, then send again."_s, details);
}

Answer denied(const QString& details)
{
    return base::fail(u"keychain-denied"_s,
        u"The keychain refused. Allow Trustwalk in the system's dialog, or keep the secret in memory until you quit."_s,
        details);
}

Answer tooSlow(std::chrono::milliseconds limit)
{
    return base::fail(u"keychain-timeout"_s,
        u"The keychain did not answer in %1 s. Answer its dialog if one is open, then send again."_s.arg(
            double(limit.count()) / 1000));
}

Answer missing()
{
    return base::fail(
        u"secret-missing"_s, u"The keychain has no secret for this credential. Enter it, then send again."_s);
}

/// Overwrites the bytes where they are, in every copy that shares them: QtKeychain's job holds one until it
/// is deleted.
void wipe(const QByteArray& bytes)
{
    volatile char* p = const_cast<char*>(bytes.constData());
    for (qsizetype i = 0; i < bytes.size(); ++i)
        p[i] = 0;
}

} // namespace

KeychainCall::KeychainCall(Kind kind, QString entry, base::Secret secret, QObject* parent)
    : QObject(parent)
    , m_kind(kind)
    , m_entry(std::move(entry))
    , m_secret(std::move(secret))
{
    m_timer.setSingleShot(true);
    // A job cannot be called back: it ends by itself one day, and nobody listens any more.
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_job->disconnect(this);
        finish(m_before == KeychainState::Locked ? locked() : tooSlow(m_limit), m_before);
    });
}

void KeychainCall::start(std::chrono::milliseconds limit, Done done)
{
    m_limit = limit;
    m_done = std::move(done);
    askSecretService(this, m_limit, [this](KeychainState state) { begin(state); });
}

void KeychainCall::begin(KeychainState state)
{
    m_before = state;
    if (state == KeychainState::Absent)
        finish(absent(), state);
    else if (state == KeychainState::Unknown)
        finish(tooSlow(m_limit), state);
    else
        runJob(); // when locked too: the job is what opens the system's dialog
}

void KeychainCall::runJob()
{
    m_job = makeJob();
    m_job->setKey(m_entry);
    m_job->setInsecureFallback(false);
    connect(m_job, &QKeychain::Job::finished, this, &KeychainCall::jobFinished);
    // Without a parent: the backend keeps a pointer to a running job, which has to outlive this call.
    m_timer.start(m_limit);
    m_job->start();
}

QKeychain::Job* KeychainCall::makeJob()
{
    if (m_kind == Kind::Read)
        return new QKeychain::ReadPasswordJob(serviceName);
    if (m_kind == Kind::Remove)
        return new QKeychain::DeletePasswordJob(serviceName);
    auto* write = new QKeychain::WritePasswordJob(serviceName);
    const QByteArray bytes = m_secret.reveal().toByteArray();
    write->setBinaryData(bytes);
    connect(write, &QKeychain::Job::finished, write, [bytes] { wipe(bytes); });
    return write;
}

void KeychainCall::jobFinished(QKeychain::Job* job)
{
    m_timer.stop();
    m_error = job->error();
    m_details = job->errorString();
    if (auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job); read && m_error == QKeychain::NoError) {
        const QByteArray bytes = read->binaryData();
        m_secret = base::Secret(bytes);
        wipe(bytes);
    }
    const bool certain = m_kind != Kind::Remove || m_before == KeychainState::Ready;
    if (m_error == QKeychain::NoError && certain)
        finish(m_kind == Kind::Read ? std::move(m_secret) : base::Secret(), KeychainState::Ready);
    else
        askSecretService(this, m_limit, [this](KeychainState state) { weigh(state); });
}

void KeychainCall::weigh(KeychainState state)
{
    const bool unlocked = m_before == KeychainState::Locked && state == KeychainState::Ready;
    if (unlocked && !m_again) {
        m_again = true;
        m_before = state;
        runJob();
        return;
    }
    switch (state) {
    case KeychainState::Absent:
        return finish(absent(m_details), state);
    case KeychainState::Locked:
        return finish(locked(m_details), state);
    case KeychainState::Unknown:
        return finish(tooSlow(m_limit), state);
    case KeychainState::Ready:
        return finish(judged(), state);
    }
}

/// What an answer means when the service is there and open.
KeychainCall::Answer KeychainCall::judged() const
{
    switch (m_error) {
    case QKeychain::NoError:
        return base::Secret();
    case QKeychain::EntryNotFound:
        if (m_kind == Kind::Remove)
            return base::Secret();
        return missing();
    case QKeychain::NoBackendAvailable:
        return absent(m_details);
    default:
        return denied(m_details);
    }
}

void KeychainCall::finish(Answer answer, KeychainState state)
{
    deleteLater();
    m_done(std::move(answer), state);
}

} // namespace setup
