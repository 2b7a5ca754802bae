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

/// What it is may take several lines: the code stands at its end. What does not fit in the last one is elided.
QStringList titleLines(const QString& title, int width)
{
    QTextLayout layout(title, theme::font(Type::Body, 600));
    layout.beginLayout();
    QStringList lines;
    qsizetype from = 0;
    for (QTextLine line = layout.createLine(); line.isValid() && lines.size() < mostLines; line = layout.createLine()) {
        line.setLineWidth(std::max(width, px(60)));
        from = line.textStart();
        lines.append(title.mid(from, line.textLength()).trimmed());
    }
    layout.endLayout();
    if (lines.size() == mostLines)
        lines.back() = QFontMetrics(theme::font(Type::Body, 600)).elidedText(title.mid(from), Qt::ElideRight, width);
    return lines;
}

int titleHeight(const QString& title, int width)
{
    return int(titleLines(title, width).size()) * QFontMetrics(theme::font(Type::Body, 600)).lineSpacing();
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
    const QFontMetrics caption(theme::font(Type::Caption));
    return {px(120), 2 * px(above) + titleHeight(row.title, room(option)) + (row.aside.isEmpty() ? 0 : caption.lineSpacing())};
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
    const int width = room(option), height = titleHeight(row.title, width);
    QRect title(option.rect.left() + px(left), option.rect.top() + px(above), width, height);
    painter->setFont(theme::font(Type::Body, 600));
    painter->setPen(theme::color(Token::Text));
    const int step = painter->fontMetrics().lineSpacing();
    int y = title.top();
    for (const QString& line : titleLines(row.title, width)) {
        painter->drawText(QRect(title.left(), y, width, step), int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine), line);
        y += step;
    }
    const QFontMetrics caption(theme::font(Type::Caption));
    painter->setFont(theme::font(Type::Caption));
    painter->setPen(asideInk(row));
    painter->drawText(QRect(title.left(), title.bottom() + 1, width, caption.lineSpacing()), int(Qt::AlignLeft | Qt::AlignVCenter), caption.elidedText(row.aside, Qt::ElideRight, width));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme::color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}
