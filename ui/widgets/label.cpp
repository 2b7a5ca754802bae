// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "label.h"

#include "controls.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

Label::Label(theme::Type type, theme::Token token, QWidget* parent)
    : QLabel(parent), m_type(type), m_colour([token] { return theme::color(token); })
{
    setTextFormat(Qt::PlainText);
    setMinimumWidth(0);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &Label::restyle);
    restyle();
}

void Label::setWeight(int weight)
{
    m_weight = weight;
    restyle();
}

void Label::setToken(theme::Token token)
{
    setColour([token] { return theme::color(token); });
}

void Label::setColour(Colour colour)
{
    m_colour = std::move(colour);
    restyle();
}

void Label::setElide(Qt::TextElideMode mode)
{
    m_elide = mode;
    if (mode != Qt::ElideNone)
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    updateGeometry();
}

void Label::restyle()
{
    setFont(theme::font(m_type, m_weight));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, m_colour());
    setPalette(colours);
}

QSize Label::minimumSizeHint() const
{
    if (m_elide == Qt::ElideNone)
        return QLabel::minimumSizeHint();
    return {std::min(QLabel::sizeHint().width(), theme::px(24)), QLabel::sizeHint().height()};
}

bool Label::isElided() const
{
    return m_elide != Qt::ElideNone && fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

bool Label::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isElided()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), controls::plainToolTip(text()), this);
        return true;
    }
    return QLabel::event(event);
}

void Label::paintEvent(QPaintEvent* event)
{
    if (m_elide == Qt::ElideNone)
        return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), int(alignment()), fontMetrics().elidedText(text(), m_elide, contentsRect().width()));
}
