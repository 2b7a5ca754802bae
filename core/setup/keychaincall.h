// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

#include <QTimer>

#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace setup {

/// One request to the system's keychain that tells the truth: QtKeychain's answer is weighed against what the
/// Secret Service says of itself before and after, because a locked collection reads as "not found" and
/// deletes as "done". Calls `done` once and deletes itself; not at all when its parent dies first.
class KeychainCall : public QObject
{
public:
    enum class Kind { Read, Write, Remove };
    using Answer = base::Result<base::Secret>; ///< what was read; empty for the other kinds
    using Done = std::function<void(Answer, KeychainState)>;

    KeychainCall(Kind kind, QString entry, base::Secret secret, QObject* parent);
    void start(std::chrono::milliseconds limit, Done done);

private:
    void begin(KeychainState state);
    void runJob();
    QKeychain::Job* makeJob();
    void jobFinished(QKeychain::Job* job);
    void weigh(KeychainState state);
    Answer judged() const;
    void finish(Answer answer, KeychainState state);

    Kind m_kind;
    QString m_entry;
    base::Secret m_secret; ///< to be written, or as it was read
    Done m_done{};
    std::chrono::milliseconds m_limit{};
    KeychainState m_before = KeychainState::Unknown;
    bool m_again = false;
    int m_error = 0; ///< QtKeychain's
    QString m_details{}; ///< the backend's own words
    QKeychain::Job* m_job = nullptr; ///< deletes itself
    QTimer m_timer{};
};

} // namespace setup
