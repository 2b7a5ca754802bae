// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "iconengine.h"

#include "ui/theme.h"

#include <QPainter>

namespace theme {
namespace {

QColor inkFor(QIcon::Mode mode)
{
    return color(mode == QIcon::Disabled ? Token::Text3 : Token::Text);
}

} // namespace

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State)
{
    const int side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    paintIcon(*painter, square, m_name, inkFor(mode));
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

// Qt asks in device pixels and sets the ratio itself.
QPixmap IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal)
{
    return theme::pixmap(m_name, std::min(size.width(), size.height()), inkFor(mode), 1.0);
}

QIcon icon(const QString& name)
{
    return QIcon(new IconEngine(name));
}

} // namespace theme
