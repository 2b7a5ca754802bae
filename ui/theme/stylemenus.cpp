// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "styleparts.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace theme::parts {
namespace {

constexpr int mark = 28;  // room for the check mark or icon, at u = 4
constexpr int arrow = 24; // room for the submenu's arrow
constexpr int between = 24; // text and shortcut

struct Halves
{
    QString text {};
    QString shortcut {};
};

Halves halves(const QString& text)
{
    const qsizetype tab = text.indexOf(u'\t');
    return tab < 0 ? Halves {text, {}} : Halves {text.left(tab), text.mid(tab + 1)};
}

void checkMark(QPainter& painter, const QRect& rect, const QStyleOptionMenuItem& option, const QColor& ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, px(2) * 0.9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = QRectF(rect).center();
    const qreal k = px(4);
    if (option.checkType == QStyleOptionMenuItem::Exclusive) {
        painter.setBrush(ink);
        painter.drawEllipse(c, k * 0.5, k * 0.5);
    } else {
        painter.drawPolyline(QPolygonF {c + QPointF(-k, 0), c + QPointF(-k * 0.3, k * 0.7), c + QPointF(k, -k * 0.7)});
    }
    painter.restore();
}

void separator(QPainter& painter, const QStyleOptionMenuItem& option)
{
    painter.setPen(color(Token::Line));
    const int y = option.rect.center().y();
    painter.drawLine(option.rect.left() + px(8), y, option.rect.right() - px(8), y);
}

// A separator with words is a heading.
void heading(QPainter& painter, const QStyleOptionMenuItem& option)
{
    painter.setFont(font(Type::Caption, 600));
    painter.setPen(color(Token::Text3));
    painter.drawText(option.rect.adjusted(px(12), 0, 0, 0), int(Qt::AlignVCenter | Qt::AlignLeft), option.text);
}

} // namespace

void menuItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return option.text.isEmpty() ? separator(painter, option) : heading(painter, option);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect.adjusted(1, 0, -1, 0), color(Token::Select));
    const QColor inkColor = color(enabled ? Token::Text : Token::Text3);
    const QRect markRect(option.rect.left(), option.rect.top(), px(mark), option.rect.height());
    if (option.checked)
        checkMark(painter, markRect, option, inkColor);
    else if (!option.icon.isNull())
        option.icon.paint(&painter, QRect(0, 0, px(16), px(16)).translated(markRect.center() - QPoint(px(7), px(8) - 1)), Qt::AlignCenter,
            enabled ? QIcon::Normal : QIcon::Disabled);
    const Halves parts = halves(option.text);
    const QRect textRect = option.rect.adjusted(px(mark), 0, -px(arrow), 0);
    painter.setFont(option.font);
    painter.setPen(inkColor);
    painter.drawText(textRect, int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine), parts.text);
    painter.setPen(color(Token::Text3));
    painter.drawText(textRect.adjusted(0, 0, px(12), 0), int(Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine), parts.shortcut);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const int side = px(12);
        paintIcon(painter, QRect(option.rect.right() - side - px(6), option.rect.center().y() - side / 2 + 1, side, side),
            u"expand"_s, inkColor);
    }
}

QSize menuItemSize(const QStyleOptionMenuItem& option)
{
    const QFontMetrics metrics(option.font);
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return option.text.isEmpty() ? QSize(px(10), px(9)) : QSize(metrics.horizontalAdvance(option.text) + px(24), px(24));
    const Halves parts = halves(option.text);
    const int shortcut = parts.shortcut.isEmpty() ? 0 : metrics.horizontalAdvance(parts.shortcut) + px(between);
    return {metrics.size(Qt::TextShowMnemonic, parts.text).width() + shortcut + px(mark + arrow), std::max(px(28), metrics.height() + px(6))};
}

void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    const bool lit = option.state & (QStyle::State_Selected | QStyle::State_Sunken);
    painter.fillRect(option.rect, color(Token::Window));
    if (lit)
        painter.fillRect(option.rect, color(Token::Select));
    painter.setPen(color(option.state & QStyle::State_Enabled ? Token::Text : Token::Text3));
    painter.drawText(option.rect, int(Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine), option.text);
}

} // namespace theme::parts
