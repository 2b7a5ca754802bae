// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "glyph.h"

#include <QPainter>

Glyph::Glyph(int size, QWidget* parent)
    : QWidget(parent), m_size(size)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &Glyph::resettle);
    resettle();
}

void Glyph::setDraw(Draw draw)
{
    m_draw = std::move(draw);
    update();
}

void Glyph::paintEvent(QPaintEvent*)
{
    if (!m_draw)
        return;
    QPainter painter(this);
    m_draw(painter, rect());
}

Chip::Chip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setText(const QString& text)
{
    m_text = text;
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

int Chip::widthFor(const QString& text)
{
    return QFontMetrics(theme::font(theme::Type::Caption)).horizontalAdvance(text) + theme::px(12);
}

QSize Chip::sizeHint() const
{
    return {widthFor(m_text), theme::px(20)};
}

void Chip::paint(QPainter& painter, const QRect& rect, const QString& text)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(theme::Token::Sunken));
    painter.drawRoundedRect(rect, theme::px(3), theme::px(3));
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(theme::Token::Text2));
    painter.drawText(rect, Qt::AlignCenter, text);
    painter.restore();
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), m_text);
}
