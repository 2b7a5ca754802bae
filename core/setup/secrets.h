// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/setup/setup.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>

namespace setup {

/// Names one secret. The keychain entry is called "<setup id>/<tenant id>/<client id>/<credential>", service "Trustwalk":
/// nothing in it is secret, and two setups with the same name share nothing.
struct SecretKey
{
    QString setup {};
    QString tenant {};
    QString clientId {};
    QString credential {};
    QString entry() const;
    bool operator==(const SecretKey&) const = default;
    bool operator<(const SecretKey& other) const { return entry() < other.entry(); }
};
/// The key of an app's secret credential in a setup.
SecretKey secretKey(const Setup& setup, const App& app, const Credential& credential);

/// Where secrets are. One shape for all: `done` is called once from the event loop; not at all when `context` dies.
/// Errors: "secret-missing", "keychain-absent", "keychain-locked", "keychain-denied", "keychain-timeout", each with a
/// sentence for people. A locked keychain never reads as "missing".
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    using ReadDone = std::function<void(base::Result<base::Secret>)>;
    using Done = std::function<void(base::Result<void>)>;
    virtual void read(const SecretKey& key, QObject* context, ReadDone done) = 0;
    virtual void write(const SecretKey& key, base::Secret secret, QObject* context, Done done) = 0;
    virtual void remove(const SecretKey& key, QObject* context, Done done) = 0;
};

/// For this session only, in memory, wiped at the end: the lab's secrets, or the user's choice when there is no keychain.
class MemorySecrets : public SecretStore
{
public:
    void put(const SecretKey& key, base::Secret secret);
    void clear();
    void read(const SecretKey& key, QObject* context, ReadDone done) override;
    void write(const SecretKey& key, base::Secret secret, QObject* context, Done done) override;
    void remove(const SecretKey& key, QObject* context, Done done) override;

private:
    std::map<SecretKey, base::Secret> m_secrets {};
};

enum class KeychainState { Unknown, Ready, Locked, Absent };

/// The OS keychain through QtKeychain, never its insecure fallback. Each job has a time limit. Keeps an own list of entry
/// names (not values) under one more keychain entry, so that `secret list` can answer. Does one thing after the other.
/// What has no answer yet when the keychain object dies is not answered.
class Keychain : public QObject, public SecretStore
{
    Q_OBJECT
public:
    explicit Keychain(QObject* parent = nullptr);
    ~Keychain() override;
    /// How long the system's keychain may take for one request, its dialog included. 20 s unless set.
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = limit; }
    void read(const SecretKey& key, QObject* context, ReadDone done) override;
    void write(const SecretKey& key, base::Secret secret, QObject* context, Done done) override;
    void remove(const SecretKey& key, QObject* context, Done done) override;
    /// Entry names of a setup that are in the keychain.
    void list(const QString& setupId, QObject* context, std::function<void(base::Result<QStringList>)> done);
    /// Deletes all entries of a setup, those of credentials it names no more as well; how many there were.
    void removeAll(const QString& setupId, QObject* context, std::function<void(base::Result<qsizetype>)> done);
    /// Asks the Secret Service whether it is there and unlocked; answers through state and stateChanged.
    void probe();
    KeychainState state() const { return m_state; }
signals:
    void stateChanged();

private:
    struct Operation;
    using RemovedDone = std::function<void(base::Result<qsizetype>)>;
    void removeEach(QStringList entries, qsizetype removed, QObject* context, RemovedDone done);
    void enqueue(Operation operation);
    void startNext();
    void answer(base::Result<base::Secret> result);
    void updateIndex();
    void call(int kind, const QString& entry, base::Secret secret, std::function<void(base::Result<base::Secret>)> done);
    void setState(KeychainState state);

    KeychainState m_state = KeychainState::Unknown;
    std::chrono::milliseconds m_limit {20'000};
    std::list<Operation> m_waiting; ///< the first one is under way
};

/// Whether a client secret may be stored for this app at all: an Error "secret-in-higher" that explains what to use
/// instead when the environment is higher.
base::Result<void> mayStoreSecret(const Setup& setup);

} // namespace setup
