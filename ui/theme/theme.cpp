// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "state.h"
#include "style.h"
#include "system.h"

#include <QApplication>
#include <QEvent>
#include <QPixmapCache>
#include <QPointer>

namespace theme {
namespace {

/// Keeps palette and type in step with the wish of the user and of the system. Lives and dies with the application.
class Keeper : public Watcher
{
public:
    explicit Keeper(QApplication* app)
        : Watcher(app), m_system(this)
    {
        samplePalette();
        app->installEventFilter(this);
        connect(&m_system, &System::changed, this, &Keeper::apply);
    }

    void want(Appearance appearance)
    {
        m_wanted = appearance;
        apply();
    }
    Appearance wanted() const { return m_wanted; }
    Column column() const { return m_column; }
    const System& system() const { return m_system; }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (m_applying)
            return false;
        if (event->type() == QEvent::ThemeChange || (event->type() == QEvent::ApplicationPaletteChange && watched == qApp)) {
            samplePalette();
            apply();
        } else if (event->type() == QEvent::ApplicationFontChange && watched == qApp) {
            forgetType();
            emit changed();
        }
        return false;
    }

private:
    Column resolved() const
    {
        switch (m_wanted) {
        case Appearance::Light: return Column::Light;
        case Appearance::Dark: return Column::Dark;
        case Appearance::HighContrast: return Column::HighContrast;
        case Appearance::System: break;
        }
        if (m_system.prefersContrast())
            return Column::HighContrast;
        return m_system.prefersDark() ? Column::Dark : Column::Light;
    }

    // An empty palette falls back to the platform's: that is how to see it behind ours.
    void samplePalette()
    {
        const bool before = std::exchange(m_applying, true);
        QApplication::setPalette(QPalette());
        m_system.setSystemPalette(QApplication::palette());
        QApplication::setPalette(palette());
        m_applying = before;
    }

    void apply()
    {
        m_column = resolved();
        const bool before = std::exchange(m_applying, true);
        QApplication::setPalette(palette());
        m_applying = before;
        emit changed();
    }

    System m_system;
    Appearance m_wanted = Appearance::System;
    Column m_column = Column::Light;
    bool m_applying = false;
};

QPointer<Keeper> keeper {};

Keeper& kept()
{
    if (!keeper)
        keeper = new Keeper(qApp);
    return *keeper;
}

} // namespace

Column column()
{
    return keeper ? keeper->column() : Column::Light;
}

void install(Appearance appearance)
{
    QApplication::setStyle(new Style);
    QPixmapCache::setCacheLimit(4096);
    kept().want(appearance);
}

void setAppearance(Appearance appearance)
{
    kept().want(appearance);
}

Appearance appearance()
{
    return kept().wanted();
}

bool isDark()
{
    return column() != Column::Light;
}

bool isHighContrast()
{
    return column() == Column::HighContrast;
}

bool reducedMotion()
{
    return kept().system().prefersLessMotion();
}

Watcher& watcher()
{
    return kept();
}

} // namespace theme
