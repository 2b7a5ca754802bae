// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secretservice.h"

#include <QMetaObject>

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

using namespace Qt::StringLiterals;

namespace setup {

namespace {

void answerLater(QObject* context, KeychainState state, std::function<void(KeychainState)> done)
{
    QMetaObject::invokeMethod(
        context, [state, done = std::move(done)] { done(state); }, Qt::QueuedConnection);
}

} // namespace

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

namespace {

using Done = std::function<void(KeychainState)>;

/// A connection of our own: one that was lost is made again, which the shared one is not.
QDBusConnection sessionBus()
{
    const QString name = u"trustwalk-secret-service"_s;
    QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
    if (bus.isConnected())
        return bus;
    QDBusConnection::disconnectFromBus(name);
    return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
}

QDBusMessage call(
    const QString& path, const QString& interface, const QString& method, const QVariantList& arguments)
{
    QDBusMessage message
        = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return message;
}

template <typename Reply>
void send(QObject* context, const QDBusMessage& message, std::chrono::milliseconds limit,
    std::function<void(const Reply&)> done)
{
    auto* watcher = new QDBusPendingCallWatcher(sessionBus().asyncCall(message, int(limit.count())), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(Reply(*watcher));
    });
}

KeychainState stateOf(const QDBusError& error, KeychainState otherwise)
{
    switch (error.type()) {
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return KeychainState::Unknown;
    default:
        return otherwise;
    }
}

void askCollection(QObject* context, const QString& path, std::chrono::milliseconds limit, Done done)
{
    using Reply = QDBusPendingReply<QDBusVariant>;
    const auto message = call(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
        {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
    send<Reply>(context, message, limit, [done = std::move(done)](const Reply& reply) {
        if (reply.isError())
            done(stateOf(reply.error(), KeychainState::Locked));
        else
            done(reply.value().variant().toBool() ? KeychainState::Locked : KeychainState::Ready);
    });
}

} // namespace

void askSecretService(QObject* context, std::chrono::milliseconds limit, Done done)
{
    if (!sessionBus().isConnected())
        return answerLater(context, KeychainState::Absent, std::move(done));
    using Reply = QDBusPendingReply<QDBusObjectPath>;
    const auto message = call(
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s, {u"default"_s});
    send<Reply>(context, message, limit, [context, limit, done = std::move(done)](const Reply& reply) {
        if (reply.isError())
            return done(stateOf(reply.error(), KeychainState::Absent));
        const QString collection = reply.value().path();
        if (collection.size() <= 1)
            return done(KeychainState::Locked);
        askCollection(context, collection, limit, done);
    });
}

#else

void askSecretService(QObject* context, std::chrono::milliseconds, std::function<void(KeychainState)> done)
{
    answerLater(context, KeychainState::Ready, std::move(done));
}

#endif

} // namespace setup
