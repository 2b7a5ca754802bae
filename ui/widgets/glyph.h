// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QWidget>

#include <functional>

/// A square with one glyph of the theme. Says nothing to assistive tools: the word stands beside it.
class Glyph : public QWidget
{
    Q_OBJECT
public:
    using Draw = std::function<void(QPainter& painter, const QRectF& rect)>;

    /// `size` at u = 4.
    explicit Glyph(int size, QWidget* parent = nullptr);
    void setDraw(Draw draw);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void resettle() { setFixedSize(theme::px(m_size), theme::px(m_size)); }

    int m_size;
    Draw m_draw {};
};

/// A short word in a small box: an environment, a state.
class Chip : public QWidget
{
    Q_OBJECT
public:
    explicit Chip(QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    static void paint(QPainter& painter, const QRect& rect, const QString& text);
    static int widthFor(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text {};
};
