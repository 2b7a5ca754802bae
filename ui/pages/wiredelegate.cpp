// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "wiredelegate.h"

#include "ui/models/wiremodel.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

WireRow rowOf(const QModelIndex& index)
{
    return index.data(WireModel::RowRole).value<WireRow>();
}

struct Columns
{
    QRect name {};
    QRect value {};
    QRect origin {};
};

Columns columns(const QRect& rect, const WireRow& row)
{
    Columns c;
    const int left = rect.left() + px(16) + row.depth * px(14);
    const int nameWidth = std::min(px(170), rect.width() * 36 / 100);
    const int originWidth = row.origin.isEmpty() ? 0 : QFontMetrics(theme::font(Type::Caption)).horizontalAdvance(row.origin) + px(4);
    const int valueLeft = rect.left() + px(16) + nameWidth;
    c.name = QRect(QPoint(left, rect.top()), QPoint(valueLeft - px(8), rect.bottom()));
    c.origin = QRect(rect.right() - px(12) - originWidth, rect.top(), originWidth, rect.height());
    c.value = QRect(QPoint(valueLeft, rect.top()), QPoint(c.origin.left() - px(8), rect.bottom()));
    return c;
}

int rowHeight(const WireRow& row)
{
    switch (row.kind) {
    case WireRow::Kind::Start: return px(34);
    case WireRow::Kind::Section: return px(30);
    case WireRow::Kind::Field: return px(26);
    case WireRow::Kind::Text: return QFontMetrics(theme::font(Type::Fixed)).height() + px(2);
    }
    return px(26);
}

int wrappedHeight(const QString& text, int width)
{
    return QFontMetrics(theme::font(Type::Fixed)).boundingRect(QRect(0, 0, std::max(width, px(40)), 1 << 20), int(Qt::TextWrapAnywhere), text).height();
}

// Length and fingerprint stay: equal values look equal. Where there is little room the words go first.
QString fitted(const QString& mark, const QFontMetrics& metrics, int room)
{
    QString shorter = mark;
    shorter.remove(u" characters"_s).remove(u" character"_s);
    for (const QString& text : {mark, shorter, shorter.section(u", "_s, 1)})
        if (metrics.horizontalAdvance(text) <= room)
            return text;
    return metrics.elidedText(shorter.section(u", "_s, 1), Qt::ElideLeft, room);
}

int paintLozenge(QPainter& painter, int x, const QRect& line, const QString& text)
{
    painter.save();
    painter.setFont(theme::font(Type::Caption));
    const QString shown = fitted(text, painter.fontMetrics(), line.right() - x - px(12));
    const int width = painter.fontMetrics().horizontalAdvance(shown) + px(12);
    const QRectF box(x, line.center().y() - px(9), width, px(19));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(Token::Sunken));
    painter.drawRoundedRect(box, px(9), px(9));
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(box, Qt::AlignCenter, shown);
    painter.restore();
    return width + px(2);
}

void paintValue(QPainter& painter, const QRect& rect, const QString& value)
{
    int x = rect.left();
    for (const MarkedPart& part : markedParts(value)) {
        if (x > rect.right() - px(12))
            return;
        if (part.isMark) {
            x += paintLozenge(painter, x, rect, part.text);
            continue;
        }
        painter.setFont(theme::font(Type::Fixed));
        painter.setPen(theme::color(Token::Text));
        const QString shown = painter.fontMetrics().elidedText(part.text, Qt::ElideMiddle, rect.right() - x);
        painter.drawText(QRect(QPoint(x, rect.top()), rect.bottomRight()), int(Qt::AlignLeft | Qt::AlignVCenter), shown);
        x += painter.fontMetrics().horizontalAdvance(shown);
    }
}

} // namespace

QSize WireDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const WireRow row = rowOf(index);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    if (!row.open)
        return {px(120), rowHeight(row)};
    const Columns c = columns(QRect(0, 0, width, px(26)), row);
    const int room = row.kind == WireRow::Kind::Field ? c.value.width() : width - px(32);
    return {px(120), wrappedHeight(row.value, room) + px(10)};
}

void WireDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const WireRow row = rowOf(index);
    const QRect rect = option.rect;
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    if (row.kind != WireRow::Kind::Section && (selected || (option.state & QStyle::State_MouseOver)))
        painter->fillRect(rect, theme::color(selected ? Token::Select : Token::Hover));
    switch (row.kind) {
    case WireRow::Kind::Start: paintStart(*painter, rect, row); break;
    case WireRow::Kind::Field: paintField(*painter, rect, row); break;
    case WireRow::Kind::Section:
        painter->setFont(theme::font(Type::Caption, 600));
        painter->setPen(theme::color(Token::Text2));
        painter->drawText(rect.adjusted(px(16), px(6), 0, 0), int(Qt::AlignLeft | Qt::AlignVCenter), row.name);
        break;
    case WireRow::Kind::Text: {
        painter->setFont(theme::font(Type::Fixed));
        painter->setPen(theme::color(Token::Text));
        const QRect room = rect.adjusted(px(16), 0, -px(12), 0);
        if (row.open)
            painter->drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWrapAnywhere), row.value);
        else
            painter->drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter), painter->fontMetrics().elidedText(row.value, Qt::ElideRight, room.width()));
        break;
    }
    }
    painter->restore();
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        QStyleOptionFocusRect focus;
        focus.rect = rect;
        option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

void WireDelegate::paintStart(QPainter& painter, const QRect& rect, const WireRow& row) const
{
    const QRect room = rect.adjusted(px(16), 0, -px(12), 0);
    painter.setFont(theme::font(Type::Fixed, 600));
    painter.setPen(theme::color(Token::Text));
    painter.drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter), row.name);
    const int x = painter.fontMetrics().horizontalAdvance(row.name) + px(10);
    QRect value = room.adjusted(x, 0, 0, 0);
    if (row.open) {
        painter.setFont(theme::font(Type::Fixed));
        painter.drawText(value, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWrapAnywhere), row.value);
        return;
    }
    paintValue(painter, value, row.value);
}

void WireDelegate::paintField(QPainter& painter, const QRect& rect, const WireRow& row) const
{
    const Columns c = columns(rect, row);
    painter.fillRect(QRect(rect.left() + px(16), rect.bottom(), rect.width() - px(28), 1), theme::color(Token::Line));
    painter.setFont(theme::font(Type::Fixed));
    painter.setPen(theme::color(Token::Text2));
    const int top = row.open ? int(Qt::AlignTop) : int(Qt::AlignVCenter);
    const int drop = row.open ? px(5) : 0;
    painter.drawText(c.name.adjusted(0, drop, 0, 0), top | int(Qt::AlignLeft), painter.fontMetrics().elidedText(row.name, Qt::ElideMiddle, c.name.width()));
    if (row.open) {
        painter.setPen(theme::color(Token::Text));
        painter.drawText(c.value.adjusted(0, drop, 0, 0), int(Qt::AlignTop | Qt::AlignLeft | Qt::TextWrapAnywhere), row.value);
    } else {
        paintValue(painter, c.value, row.value);
    }
    painter.setFont(theme::font(Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(c.origin.adjusted(0, drop, 0, 0), top | int(Qt::AlignRight), row.origin);
}
