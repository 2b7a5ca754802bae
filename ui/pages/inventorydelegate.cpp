// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inventorydelegate.h"

#include "ui/models/inventorymodel.h"
#include "ui/theme.h"

#include <QPainter>

using theme::px;
using theme::Token;
using theme::Type;

namespace {

constexpr int side = 8, above = 8, glyph = 16, gap = 6;
constexpr int flags = int(Qt::AlignLeft | Qt::AlignTop) | int(Qt::TextWordWrap);

/// Names of the field are long words: they may break behind the signs inside of them.
QString breakable(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        out += c;
        if (QStringView(u"/.:-_@").contains(c))
            out += QChar(0x200b);
    }
    return out;
}

struct Cell
{
    QString head {};
    QString text {};
    QRect headRect {}, textRect {};
    bool alarm = false;

    int height() const { return textRect.bottom() + px(above); }
};

Cell cellOf(const QModelIndex& index, int width)
{
    Cell cell {.head = breakable(index.data(InventoryModel::HeadRole).toString()), .text = breakable(index.data(Qt::DisplayRole).toString()),
        .alarm = index.data(InventoryModel::AlarmRole).toBool()};
    const int left = px(side) + (cell.alarm ? px(glyph + gap) : 0);
    const int room = std::max(px(40), width - left - px(side));
    int top = px(above);
    if (!cell.head.isEmpty()) {
        cell.headRect = QFontMetrics(theme::font(Type::Body, 600)).boundingRect(QRect(left, top, room, px(4000)), flags, cell.head);
        top = cell.headRect.bottom() + 1;
    }
    const Type type = cell.head.isEmpty() ? Type::Body : Type::Caption;
    cell.textRect = QFontMetrics(theme::font(type)).boundingRect(QRect(left, top, room, px(4000)), flags, cell.text);
    cell.headRect.setWidth(room);
    cell.textRect.setWidth(room);
    return cell;
}

} // namespace

QSize InventoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {px(90), cellOf(index, option.rect.width()).height()};
}

void InventoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme::color(Token::Select));
    painter->setPen(theme::color(Token::Line));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const Cell cell = cellOf(index, option.rect.width());
    painter->translate(option.rect.topLeft());
    if (cell.alarm)
        theme::paintOutcome(*painter, QRectF(px(side), px(above), px(glyph), px(glyph)), base::Outcome::Warning);
    if (!cell.head.isEmpty()) {
        painter->setFont(theme::font(Type::Body, 600));
        painter->setPen(theme::color(Token::Text));
        painter->drawText(cell.headRect, flags, cell.head);
    }
    const bool known = index.data(InventoryModel::KnownRole).toBool();
    painter->setFont(theme::font(cell.head.isEmpty() ? Type::Body : Type::Caption));
    painter->setPen(theme::color(!known ? Token::Text3 : cell.head.isEmpty() ? Token::Text : Token::Text2));
    painter->drawText(cell.textRect, flags, cell.text);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme::color(Token::Accent), 2));
        painter->drawRect(QRect(QPoint(1, 1), option.rect.size() - QSize(3, 3)));
    }
    painter->restore();
}
