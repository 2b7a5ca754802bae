// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diagnosedelegate.h"

#include "ui/models/diagnosemodel.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

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

/// What it is may take several lines: the code stands at its end.
int titleHeight(const QString& title, int width)
{
    const QFontMetrics metrics(theme::font(Type::Body, 600));
    const int wanted = metrics.boundingRect(QRect(0, 0, std::max(width, px(60)), 10000), int(Qt::TextWordWrap), title).height();
    return std::min(wanted, mostLines * metrics.lineSpacing());
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
    theme::paintDecision(*painter, QRectF(option.rect.left() + px(16), option.rect.top() + px(above), px(20), px(20)), row.decision);
    const int width = room(option), height = titleHeight(row.title, width);
    QRect title(option.rect.left() + px(left), option.rect.top() + px(above), width, height);
    painter->setFont(theme::font(Type::Body, 600));
    painter->setPen(theme::color(Token::Text));
    painter->drawText(title, int(Qt::TextWordWrap), row.title);
    const QFontMetrics caption(theme::font(Type::Caption));
    painter->setFont(theme::font(Type::Caption));
    painter->setPen(row.decision == base::Decision::Refuse ? theme::decisionColor(row.decision) : theme::color(Token::Text2));
    painter->drawText(QRect(title.left(), title.bottom() + 1, width, caption.lineSpacing()), int(Qt::AlignLeft | Qt::AlignVCenter), caption.elidedText(row.aside, Qt::ElideRight, width));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme::color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}
