// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "system.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace theme {
namespace {

constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto interface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearanceSpace = "org.freedesktop.appearance"_L1;
constexpr auto gnomeSpace = "org.gnome.desktop.interface"_L1;

// Read() wraps its answer twice.
QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

System::System(QObject* parent)
    : QObject(parent)
{
    // Without an address Qt would try to start a bus of its own.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") && qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(appearanceSpace, u"color-scheme"_s);
    ask(appearanceSpace, u"contrast"_s);
    ask(gnomeSpace, u"enable-animations"_s);
}

bool System::prefersDark() const
{
    return m_scheme == Scheme::NotSaid ? m_paletteIsDark : m_scheme == Scheme::Dark;
}

void System::setSystemPalette(const QPalette& palette)
{
    m_paletteIsDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

void System::ask(const QString& space, const QString& key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    call << space << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, space, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            take(space, key, unwrapped(QVariant::fromValue(reply.value())));
    });
}

void System::settingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    take(space, key, unwrapped(QVariant::fromValue(value)));
}

void System::take(const QString& space, const QString& key, const QVariant& value)
{
    if (space == appearanceSpace && key == "color-scheme"_L1)
        m_scheme = value.toUInt() == 1 ? Scheme::Dark : value.toUInt() == 2 ? Scheme::Light : Scheme::NotSaid;
    else if (space == appearanceSpace && key == "contrast"_L1)
        m_contrast = value.toUInt() == 1;
    else if (space == gnomeSpace && key == "enable-animations"_L1)
        m_lessMotion = !value.toBool();
    else
        return;
    emit changed();
}

} // namespace theme
