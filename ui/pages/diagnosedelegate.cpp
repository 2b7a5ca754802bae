// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diagnosedelegate.h"

#include "ui/models/diagnosemodel.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

using theme::px;
using theme::Token;
using theme::Type;

namespace {

constexpr int left = 48, right = 12, above = 8, mostLines = 3;

int room(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return (view ? view->viewport()->width() : option.rect.width()) - px(left) - px(right);
}

/// What it is and what is said of it may take several lines: the code stands at the end. What does not fit in the last one is elided.
QStringList wrapped(const QString& text, const QFont& font, int width)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QStringList lines;
    qsizetype from = 0;
    for (QTextLine line = layout.createLine(); line.isValid() && lines.size() < mostLines; line = layout.createLine()) {
        line.setLineWidth(std::max(width, px(60)));
        from = line.textStart();
        lines.append(text.mid(from, line.textLength()).trimmed());
    }
    layout.endLayout();
    if (lines.size() == mostLines)
        lines.back() = QFontMetrics(font).elidedText(text.mid(from), Qt::ElideRight, width);
    return lines;
}

QFont titleFont() { return theme::font(Type::Body, 600); }
QFont asideFont() { return theme::font(Type::Caption); }

int heightOf(const QString& text, const QFont& font, int width)
{
    return text.isEmpty() ? 0 : int(wrapped(text, font, width).size()) * QFontMetrics(font).lineSpacing();
}

/// Draws the lines from `top` on, and gives where the next text begins.
int drawLines(QPainter& painter, const QString& text, const QFont& font, QPoint top, int width)
{
    painter.setFont(font);
    const int step = painter.fontMetrics().lineSpacing();
    for (const QString& line : wrapped(text, font, width)) {
        painter.drawText(QRect(top, QSize(width, step)), int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine), line);
        top.ry() += step;
    }
    return top.y();
}

QColor asideInk(const DiagnoseRow& row)
{
    if (row.mixed)
        return theme::color(Token::Warn);
    return row.decision == base::Decision::Refuse ? theme::decisionColor(row.decision) : theme::color(Token::Text2);
}

} // namespace

QSize DiagnoseDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(DiagnoseModel::RowRole).value<DiagnoseRow>();
    return {px(120), 2 * px(above) + heightOf(row.title, titleFont(), room(option)) + heightOf(row.aside, asideFont(), room(option))};
}

void DiagnoseDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(DiagnoseModel::RowRole).value<DiagnoseRow>();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected || (option.state & QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme::color(selected ? Token::Select : Token::Hover));
    if (selected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(px(3), option.rect.height())), theme::color(Token::Accent));
    const QRectF glyph(option.rect.left() + px(16), option.rect.top() + px(above), px(20), px(20));
    if (row.mixed)
        theme::paintOutcome(*painter, glyph, base::Outcome::Warning);
    else
        theme::paintDecision(*painter, glyph, row.decision, row.hollow);
    const int x = option.rect.left() + px(left), width = room(option);
    painter->setPen(theme::color(Token::Text));
    const int below = drawLines(*painter, row.title, titleFont(), {x, option.rect.top() + px(above)}, width);
    painter->setPen(asideInk(row));
    if (!row.aside.isEmpty())
        drawLines(*painter, row.aside, asideFont(), {x, below}, width);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme::color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}
