// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>

/// A Secret Service that misbehaves as told.
class FakeSecretService : public QDBusVirtualObject
{
public:
    enum class Mood { Silent, Garbled, OpenButSilent };
    explicit FakeSecretService(Mood mood)
        : m_mood(mood)
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        m_there = bus.registerVirtualObject(m_path, this, QDBusConnection::SubPath)
            && bus.registerService(m_name);
    }
    ~FakeSecretService() override
    {
        QDBusConnection::sessionBus().unregisterService(m_name);
        QDBusConnection::sessionBus().unregisterObject(m_path, QDBusConnection::UnregisterTree);
    }
    bool isThere() const { return m_there; }
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override
    {
        if (m_mood == Mood::Garbled)
            bus.send(message.createReply(QStringLiteral("what?")));
        else if (m_mood == Mood::OpenButSilent && message.member() == u"ReadAlias")
            bus.send(message.createReply(QVariant::fromValue(
                QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login")))));
        else if (m_mood == Mood::OpenButSilent && message.member() == u"Get")
            bus.send(message.createReply(QVariant::fromValue(QDBusVariant(false))));
        return true;
    }

private:
    Mood m_mood;
    bool m_there = false;
    const QString m_path = QStringLiteral("/org/freedesktop/secrets");
    const QString m_name = QStringLiteral("org.freedesktop.secrets");
};
