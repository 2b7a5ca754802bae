// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QPalette>
#include <QVariant>

namespace theme {

/// What the desktop asks for, as far as it says so: dark, more contrast, less motion. Qt 6.4 has no colour scheme of its
/// own, so the settings portal (org.freedesktop.portal.Settings) is asked and watched, and the system's palette is looked at
/// where there is no portal.
class System : public QObject
{
    Q_OBJECT
public:
    explicit System(QObject* parent = nullptr);

    bool prefersDark() const;
    bool prefersContrast() const { return m_contrast; }
    bool prefersLessMotion() const { return m_lessMotion; }
    /// The palette of the platform, before ours was set.
    void setSystemPalette(const QPalette& palette);

signals:
    void changed();

private slots:
    void settingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& space, const QString& key);
    void take(const QString& space, const QString& key, const QVariant& value);

    enum class Scheme { NotSaid, Dark, Light };
    Scheme m_scheme = Scheme::NotSaid;
    bool m_paletteIsDark = false;
    bool m_contrast = false;
    bool m_lessMotion = false;
};

} // namespace theme
