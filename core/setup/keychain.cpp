// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secrets.h"

#include "core/setup/keychaincall.h"
#include "core/setup/secretservice.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// The entry that holds the names of all others, one a line. No setup's entry is called so: theirs have
/// slashes.
const QString indexEntry = u"index"_s;

base::Result<QStringList> entriesOf(const KeychainCall::Answer& index)
{
    if (index)
        return QString::fromUtf8(index->reveal()).split(u'\n', Qt::SkipEmptyParts);
    if (index.error().code == "secret-missing"_L1)
        return QStringList();
    return tl::unexpected(index.error());
}

std::function<void(KeychainCall::Answer)> withoutValue(SecretStore::Done done)
{
    return [done = std::move(done)](const KeychainCall::Answer& answer) {
        done(answer ? base::Result<void>() : tl::unexpected(answer.error()));
    };
}

} // namespace

struct Keychain::Operation
{
    KeychainCall::Kind kind{};
    QString entry{};
    base::Secret secret{};
    QPointer<QObject> context{};
    std::function<void(KeychainCall::Answer)> done{};
};

Keychain::Keychain(QObject* parent)
    : QObject(parent)
{
}
Keychain::~Keychain() = default;

void Keychain::read(const SecretKey& key, QObject* context, ReadDone done)
{
    enqueue({.kind = KeychainCall::Kind::Read,
        .entry = key.entry(),
        .context = context,
        .done = std::move(done)});
}

void Keychain::write(const SecretKey& key, base::Secret secret, QObject* context, Done done)
{
    enqueue({.kind = KeychainCall::Kind::Write,
        .entry = key.entry(),
        .secret = std::move(secret),
        .context = context,
        .done = withoutValue(std::move(done))});
}

void Keychain::remove(const SecretKey& key, QObject* context, Done done)
{
    enqueue({.kind = KeychainCall::Kind::Remove,
        .entry = key.entry(),
        .context = context,
        .done = withoutValue(std::move(done))});
}

void Keychain::list(
    const QString& setupId, QObject* context, std::function<void(base::Result<QStringList>)> done)
{
    const QString prefix = SecretKey{.setup = setupId}.entry().section(u'/', 0, 0) + u'/';
    enqueue({.kind = KeychainCall::Kind::Read,
        .entry = indexEntry,
        .context = context,
        .done = [prefix, done = std::move(done)](KeychainCall::Answer index) {
            auto entries = entriesOf(index);
            if (entries)
                entries->removeIf([&prefix](const QString& entry) { return !entry.startsWith(prefix); });
            done(std::move(entries));
        }});
}

void Keychain::removeAll(const QString& setupId, QObject* context, RemovedDone done)
{
    list(setupId, context, [this, context, done = std::move(done)](const base::Result<QStringList>& entries) {
        if (!entries)
            return done(tl::unexpected(entries.error()));
        removeEach(*entries, 0, context, done);
    });
}

// One after the other, for what stays when one of them fails is still in the list.
void Keychain::removeEach(QStringList entries, qsizetype removed, QObject* context, RemovedDone done)
{
    if (entries.isEmpty())
        return done(removed);
    const QString entry = entries.takeFirst();
    enqueue({.kind = KeychainCall::Kind::Remove,
        .entry = entry,
        .context = context,
        .done = [this, entries, removed, context, done = std::move(done)](const KeychainCall::Answer& answer) {
            if (!answer)
                return done(tl::unexpected(answer.error()));
            removeEach(entries, removed + 1, context, done);
        }});
}

void Keychain::probe()
{
    askSecretService(this, m_limit, [this](KeychainState state) { setState(state); });
}

void Keychain::setState(KeychainState state)
{
    if (std::exchange(m_state, state) != state)
        emit stateChanged();
}

void Keychain::enqueue(Operation operation)
{
    m_waiting.push_back(std::move(operation));
    if (m_waiting.size() == 1)
        startNext();
}

void Keychain::startNext()
{
    Operation& now = m_waiting.front();
    call(int(now.kind), now.entry, std::move(now.secret), [this](KeychainCall::Answer result) {
        if (result && m_waiting.front().kind != KeychainCall::Kind::Read)
            updateIndex();
        else
            answer(std::move(result));
    });
}

void Keychain::updateIndex()
{
    call(int(KeychainCall::Kind::Read), indexEntry, {}, [this](KeychainCall::Answer index) {
        auto entries = entriesOf(index);
        if (!entries)
            return answer(tl::unexpected(entries.error()));
        const Operation& now = m_waiting.front();
        entries->removeAll(now.entry);
        if (now.kind == KeychainCall::Kind::Write)
            entries->append(now.entry);
        const QByteArray text = entries->join(u'\n').toUtf8();
        call(int(KeychainCall::Kind::Write), indexEntry, base::Secret(text),
            [this](KeychainCall::Answer result) { answer(std::move(result)); });
    });
}

void Keychain::call(
    int kind, const QString& entry, base::Secret secret, std::function<void(base::Result<base::Secret>)> done)
{
    auto* one = new KeychainCall(KeychainCall::Kind(kind), entry, std::move(secret), this);
    one->start(m_limit, [this, done = std::move(done)](KeychainCall::Answer result, KeychainState state) {
        setState(state);
        done(std::move(result));
    });
}

void Keychain::answer(base::Result<base::Secret> result)
{
    const Operation now = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (!m_waiting.empty())
        startNext();
    // Last: who is called may delete this.
    if (now.context)
        now.done(std::move(result));
}

} // namespace setup
