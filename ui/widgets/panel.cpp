// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "panel.h"

#include <QPainter>
#include <QPaintEvent>

Panel::Panel(theme::Token ground, Qt::Edges lines, QWidget* parent)
    : QWidget(parent), m_ground(ground), m_lines(lines)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void Panel::setGround(theme::Token ground)
{
    m_ground = ground;
    update();
}

void Panel::setLines(Qt::Edges lines)
{
    m_lines = lines;
    update();
}

void Panel::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), theme::color(m_ground));
    const QColor line = theme::color(theme::Token::Line);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_lines & Qt::LeftEdge)
        painter.fillRect(0, 0, 1, height(), line);
    if (m_lines & Qt::RightEdge)
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

Box::Box(theme::Token ground, theme::Token outline, QWidget* parent)
    : QWidget(parent), m_ground(ground), m_outline(outline)
{
}

void Box::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::color(m_outline));
    painter.setBrush(theme::color(m_ground));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::px(4), theme::px(4));
}
