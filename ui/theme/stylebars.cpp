// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "styleparts.h"

#include "ui/theme.h"

#include <QHash>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace theme::parts {
namespace {

bool selected(const QStyleOption& option)
{
    return option.state & QStyle::State_Selected;
}

QFont tabFont(bool isSelected)
{
    return font(Type::Body, isSelected ? 600 : 400);
}

/// A bar asks for each tab's size as often as it has tabs, at each change of any; its words are few and the same.
int tabTextWidth(const QString& text)
{
    static QHash<QString, int> widths;
    static QFont measured;
    const QFont font = tabFont(true);
    if (font != measured)
        widths.clear();
    measured = font;
    auto known = widths.constFind(text);
    if (known == widths.cend())
        known = widths.insert(text, QFontMetrics(font).size(Qt::TextShowMnemonic, text).width());
    return *known;
}

} // namespace

void tabShape(QPainter& painter, const QStyleOptionTab& option)
{
    if (selected(option))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - px(3) + 1, option.rect.width(), px(3)), color(Token::Accent));
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect.adjusted(0, px(4), 0, -px(4)), color(Token::Hover));
}

void tabLabel(QPainter& painter, const QStyleOptionTab& option)
{
    painter.save();
    painter.setFont(tabFont(selected(option)));
    const int side = option.icon.isNull() ? 0 : px(14);
    const int gap = side ? px(6) : 0;
    const int room = option.rect.width() - side - gap - px(8);
    const QString text = painter.fontMetrics().elidedText(option.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const int width = painter.fontMetrics().size(Qt::TextShowMnemonic, text).width();
    const int x = option.rect.left() + (option.rect.width() - width - side - gap) / 2;
    if (side)
        option.icon.paint(&painter, QRect(x, option.rect.center().y() - side / 2 + 1, side, side));
    const bool lit = selected(option) || (option.state & QStyle::State_MouseOver);
    painter.setPen(color(lit ? Token::Text : Token::Text2));
    painter.drawText(QRect(x + side + gap, option.rect.top(), width + 1, option.rect.height()),
        int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic), text);
    painter.restore();
    if ((option.state & QStyle::State_HasFocus) && selected(option))
        focusRing(painter, option.rect.adjusted(px(2), px(3), -px(2), -px(5)), px(4));
}

QSize tabSize(const QStyleOptionTab& option)
{
    return {tabTextWidth(option.text) + px(24) + (option.icon.isNull() ? 0 : px(20)), px(36)};
}

void headerSection(QPainter& painter, const QStyleOptionHeader& option)
{
    painter.fillRect(option.rect, color(Token::Window));
    painter.setPen(color(Token::Line));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void headerLabel(QPainter& painter, const QStyleOptionHeader& option)
{
    painter.save();
    painter.setFont(font(Type::Body));
    painter.setPen(color(Token::Text2));
    const QString text = QFontMetrics(painter.font()).elidedText(option.text, Qt::ElideRight, option.rect.width());
    painter.drawText(option.rect, int(option.textAlignment | Qt::AlignVCenter), text);
    painter.restore();
}

void splitter(QPainter& painter, const QStyleOption& option)
{
    const QRect rect = option.rect;
    const bool across = !(option.state & QStyle::State_Horizontal); // a horizontal bar
    const int thickness = across ? rect.height() : rect.width();
    const bool lit = option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    const QColor line = color(lit ? Token::LineStrong : Token::Line);
    if (thickness < 3)
        return painter.fillRect(rect, line);
    painter.fillRect(rect, color(Token::Window));
    painter.setPen(line);
    if (across) {
        painter.drawLine(rect.topLeft(), rect.topRight());
        painter.drawLine(rect.bottomLeft(), rect.bottomRight());
    } else {
        painter.drawLine(rect.topLeft(), rect.bottomLeft());
        painter.drawLine(rect.topRight(), rect.bottomRight());
    }
}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part)
{
    const bool lying = option.orientation == Qt::Horizontal;
    const int length = lying ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    const qint64 pages = range + option.pageStep;
    const int size = range > 0 && pages > 0 ? std::clamp(int(option.pageStep * qint64(length) / pages), std::min(px(24), length), length) : length;
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown);
    const auto strip = [&](int from, int extent) {
        return lying ? QRect(option.rect.left() + from, option.rect.top(), extent, option.rect.height())
                     : QRect(option.rect.left(), option.rect.top() + from, option.rect.width(), extent);
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove: return option.rect;
    case QStyle::SC_ScrollBarSlider: return strip(start, size);
    case QStyle::SC_ScrollBarSubPage: return strip(0, start);
    case QStyle::SC_ScrollBarAddPage: return strip(start + size, length - start - size);
    default: return {};
    }
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const int gap = px(3);
    const QRectF inner = option.orientation == Qt::Horizontal ? QRectF(handle).adjusted(2, gap, -2, -gap) : QRectF(handle).adjusted(gap, 2, -gap, -2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(lit ? Token::Text2 : Token::LineStrong));
    const qreal radius = std::min(inner.width(), inner.height()) / 2;
    if (option.maximum > option.minimum)
        painter.drawRoundedRect(inner, radius, radius);
    painter.restore();
}

} // namespace theme::parts
