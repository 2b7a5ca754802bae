// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "lab.h"

#include "core/lab/stage.h"
#include "core/lab/walkersecrets.h"

#include <QTemporaryDir>

#include <thread>

using namespace Qt::StringLiterals;

namespace lab {

struct Lab::Private
{
    std::unique_ptr<QTemporaryDir> folder {};
    std::unique_ptr<Stage> stage {};
    std::thread maker {};
    std::thread rotator {};
    base::Result<std::unique_ptr<Stage>>
        made {}; ///< written by the maker before it posts, read after it is joined
    int attempt = 0;
};

Lab::Lab(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

Lab::~Lab() { stop(); }

void Lab::start(const setup::Setup& real, Options options)
{
    stop();
    d->folder = std::make_unique<QTemporaryDir>(); // mode 0700
    const int attempt = ++d->attempt;
    d->maker = std::thread([this, attempt, real, options = std::move(options), folder = d->folder->path()] {
        d->made = makeStage(real, options, folder);
        QMetaObject::invokeMethod(
            this, [this, attempt] { made(attempt); }, Qt::QueuedConnection);
    });
}

void Lab::made(int attempt)
{
    if (attempt != d->attempt)
        return;
    d->maker.join();
    if (!d->made) {
        const base::Error error = d->made.error();
        d->made = {};
        emit failed(error);
        return;
    }
    d->stage = std::move(*d->made);
    emit ready();
}

void Lab::stop()
{
    ++d->attempt; // whatever is being made comes too late
    if (d->maker.joinable())
        d->maker.join();
    if (d->rotator.joinable())
        d->rotator.join();
    d->made = {};
    d->stage.reset();
    d->folder.reset();
}

void Lab::rotateKeys()
{
    if (!d->stage || d->rotator.joinable())
        return;
    d->rotator = std::thread([this, world = d->stage->world.get(), attempt = d->attempt] {
        world->rotateKeys();
        QMetaObject::invokeMethod(
            this, [this, attempt] { rotated(attempt); }, Qt::QueuedConnection);
    });
}

void Lab::rotated(int attempt)
{
    if (attempt != d->attempt)
        return;
    d->rotator.join();
    emit keysRotated();
}

bool Lab::isRunning() const { return d->stage != nullptr; }

const setup::Setup& Lab::played() const
{
    static const setup::Setup none;
    return d->stage ? d->stage->world->setup : none;
}

setup::Bindings Lab::bindings() const { return d->stage ? d->stage->bindings : setup::Bindings(); }

QList<QSslCertificate> Lab::authorities() const
{
    return d->stage ? QSslCertificate::fromData(d->stage->authority.certificatePem)
                    : QList<QSslCertificate>();
}

QString Lab::manifestPath() const { return d->stage ? d->stage->manifestPath : QString(); }

QString Lab::caFile() const { return d->stage ? d->stage->files.value(1) : QString(); }

QList<Lab::Endpoint> Lab::endpoints() const
{
    return d->stage ? endpointsOf(*d->stage->world) : QList<Endpoint>();
}

void Lab::fillSecrets(setup::MemorySecrets& store) const
{
    if (d->stage)
        fillWalkerSecrets(*d->stage->world, d->stage->certificateKeys, store);
}

QString Lab::keyFolder() const { return d->stage ? d->stage->keyFolder : QString(); }

base::Result<SignIn> Lab::signInFor(const QString& user) const
{
    const setup::User* found = played().user(user);
    if (!found)
        return base::fail(
            u"user-unknown"_s, u"The setup has no user of this name. Name one of its users."_s, user);
    if (!found->agent.isEmpty())
        return base::fail(
            u"user-of-agent"_s, u"This is the user of an agent, and signs in nowhere. Name a person of the setup."_s, user);
    return SignIn {found->username, QString::fromLatin1(password(d->stage->world->entropy, *found))};
}

QByteArray Lab::identityHeader() const { return d->stage ? d->stage->world->identityHeader : QByteArray(); }

QList<HistoryEntry> Lab::history() const
{
    return d->stage ? d->stage->world->history.entries() : QList<HistoryEntry>();
}

quint64 Lab::requestsServed() const { return d->stage ? d->stage->world->served.load() : 0; }

} // namespace lab
