// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/setup/binding.h"
#include "core/setup/secrets.h"
#include "core/setup/setup.h"

#include <QObject>
#include <QSslCertificate>

#include <memory>
#include <vector>

/// The loopback servers that play a setup.
namespace lab {

struct Options
{
    int portBase = 0; ///< 0: the system chooses; else consecutive ports from here, or an Error "port-taken"
    /// Path of lab-manifest.json; empty: in a private temporary folder. A path promises the manifest's
    /// objects to other programs, so `complete` goes without saying.
    QString manifest {};
    /// Adds every object that the manifest requires. Without it only what every tenant has is added
    /// (Microsoft's own resources), so that what is missing in the setup is missing in the lab: the choice
    /// for walking.
    bool complete = false;
    QByteArray seed {}; ///< same text, same keys and ids; empty: fresh
    base::Clock clock {}; ///< empty: the system's
    QStringList faults {}; ///< ids of faults
    /// Whether the manifest names the outside issuers and holds their keys. Without it a key is made when its issuer is first
    /// asked for: the choice for walking, where most issuers of a setup are not passed.
    bool listsIssuers = true;
    bool plain = false; ///< http in place of https, for benches only; never in a manifest
    QByteArray signing {"RS256"};
    int threads = 2;
};

/// What a lab plays that was given no setup: everything the manifest promises.
base::Result<setup::Setup> baseSetup();

/// The true reason behind an answer that the wire keeps opaque.
struct HistoryEntry
{
    QString requestId {}; ///< the answer's request-id header
    QString target {};
    QString reason {}; ///< "match_subject_prefix"
    QString text {}; ///< a sentence
    base::Verdict verdict {};
    base::Instant at {};
};

/// What a sign-in page is filled in with when the lab's user signs in by itself.
struct SignIn
{
    QString username {};
    QString password {};
};

/// Starts asynchronously (keys are made off the caller's thread), serves from its own threads, stops with its
/// object.
class Lab : public QObject
{
    Q_OBJECT
public:
    explicit Lab(QObject* parent = nullptr);
    ~Lab() override;

    /// Plays `real` (faults of setup kind are applied first, missing required objects are added): emits
    /// ready() or failed(). A running lab is stopped first.
    void start(const setup::Setup& real, Options options);
    void stop();
    bool isRunning() const;

    // Valid once ready:
    /// What is played: faulted, completed, bound. The client walks this one.
    const setup::Setup& played() const;
    setup::Bindings bindings() const;
    QList<QSslCertificate> authorities() const;
    QString manifestPath() const;
    QString caFile() const;
    struct Endpoint
    {
        QString name;
        QString url;
    };
    QList<Endpoint> endpoints() const;
    /// The lab's secrets, as the walker's store has to hold them: keyed for played().
    void fillSecrets(setup::MemorySecrets& store) const;
    /// Of a user of the setup, by name.
    base::Result<SignIn> signInFor(const QString& user) const;
    /// Folder of the key file that the Azure Arc endpoint's challenge names.
    QString keyFolder() const;
    /// Header value of the App Service endpoint.
    QByteArray identityHeader() const;

    QList<HistoryEntry> history() const; ///< newest last, at most 1000
    quint64 requestsServed() const;

    /// Every tenant signs with new keys; the old ones stay published. Emits keysRotated().
    void rotateKeys();

signals:
    void ready();
    void failed(const base::Error& error);
    void keysRotated();

private:
    void made(int attempt);
    void rotated(int attempt);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace lab
