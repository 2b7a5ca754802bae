// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "settings.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;
constexpr int recentCount = 10;
const auto versionKey = u"version"_s;

std::unique_ptr<QSettings> store(const QString& file)
{
    if (file.isEmpty())
        return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"Trustwalk"_s, u"Trustwalk"_s);
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

bool isOurs(const QSettings& settings)
{
    return settings.status() == QSettings::NoError && settings.value(versionKey).toInt() == version;
}

QString layoutKey(const QString& part, const QScreen* screen)
{
    const QSize size = screen ? screen->availableSize() : QSize();
    const qreal ratio = screen ? screen->devicePixelRatio() : 1;
    return u"layout/%1x%2@%3/%4"_s.arg(size.width()).arg(size.height()).arg(ratio).arg(part);
}

} // namespace

Settings::Settings(const QString& file)
    : m_store(store(file))
{
    const QString path = m_store->fileName();
    if (QFileInfo(path).size() > 0 && !isOurs(*m_store))
        keepAside(path);
    m_store->setValue(versionKey, version);
}

void Settings::keepAside(const QString& file)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    const QString aside = u"%1.broken-%2"_s.arg(file, stamp);
    m_store.reset();
    const bool moved = QFile::rename(file, aside);
    if (!moved)
        QFile::remove(file);
    m_store = store(file);
    m_store->clear();
    m_problem = u"The settings file could not be read. Trustwalk starts with its defaults."_s;
    if (moved)
        m_problem += u" The old file is kept as %1."_s.arg(aside);
}

QByteArray Settings::layout(const QString& part, const QScreen* screen) const
{
    return m_store->value(layoutKey(part, screen)).toByteArray();
}

void Settings::setLayout(const QString& part, const QScreen* screen, const QByteArray& state)
{
    m_store->setValue(layoutKey(part, screen), state);
}

void Settings::remember(const QString& fileOrSample)
{
    QStringList recent = get(recentSetups);
    recent.removeAll(fileOrSample);
    recent.prepend(fileOrSample);
    set(recentSetups, QStringList(recent.mid(0, recentCount)));
    set(lastSetup, fileOrSample);
}

void Settings::forget(const QString& fileOrSample)
{
    QStringList recent = get(recentSetups);
    recent.removeAll(fileOrSample);
    set(recentSetups, recent);
    if (get(lastSetup) == fileOrSample)
        set(lastSetup, {});
}

void Settings::sync()
{
    m_store->sync();
    QFile::setPermissions(m_store->fileName(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}
