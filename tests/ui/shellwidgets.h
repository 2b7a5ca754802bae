// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/file.h"
#include "tests/support/screens.h"
#include "ui/frame.h"
#include "ui/theme.h"
#include "ui/widgets/chooser.h"
#include "ui/widgets/label.h"
#include "windowfixture.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Tab = TabPane::Tab;

inline bool isSeen(const QWidget* widget)
{
    return widget->isVisible() && !widget->visibleRegion().isEmpty();
}

inline QString named(const QWidget* widget)
{
    return u"%1 '%2' %3x%4+%5+%6"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName())
        .arg(widget->width()).arg(widget->height()).arg(widget->mapTo(widget->window(), QPoint()).x()).arg(widget->mapTo(widget->window(), QPoint()).y());
}

/// Words that are cut: buttons narrower than their text, paragraphs lower than their lines.
inline QStringList clipped(QWidget& window)
{
    QStringList found;
    const auto buttons = window.findChildren<QPushButton*>();
    for (const QPushButton* b : buttons)
        if (isSeen(b) && !qobject_cast<const Chooser*>(b) && b->width() < b->sizeHint().width() - 1)
            found.append(u"button: %1"_s.arg(named(b)));
    const auto labels = window.findChildren<QLabel*>();
    for (const QLabel* l : labels) {
        if (!isSeen(l) || l->text().isEmpty() || (l->minimumSizeHint().width() < l->sizeHint().width() && !l->wordWrap()))
            continue; // shortens itself
        const int height = l->wordWrap() ? l->heightForWidth(l->width()) : l->sizeHint().height();
        if (l->height() < height - 2 || (!l->wordWrap() && l->width() < l->sizeHint().width() - 1))
            found.append(u"label: %1 '%2'"_s.arg(named(l), l->text().left(40)));
    }
    return found;
}

inline QString text(QAbstractItemView& view)
{
    QString all;
    for (int row = 0; row < view.model()->rowCount(); ++row)
        all += view.model()->index(row, 0).data(Qt::AccessibleTextRole).toString() + u'\n';
    return all;
}

/// A whole window over a real session and lab, made anew for each test.
struct ShellStage
{
    void beginAll()
    {
        QFont font = QApplication::font();
        font.setPointSizeF(10);
        QApplication::setFont(font);
        m_font = font;
        theme::install(theme::Appearance::Light);
    }

    void begin()
    {
        m_fixture = std::make_unique<WindowFixture>();
        window().resize(1440, 900);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }

    void end()
    {
        m_fixture.reset();
        QApplication::setFont(m_font);
    }

    MainWindow& window() { return m_fixture->window(); }
    Frame& frame() { return window().frame(); }
    session::Session& session() { return m_fixture->session(); }

    QFont m_font {};
    std::unique_ptr<WindowFixture> m_fixture {};
};
