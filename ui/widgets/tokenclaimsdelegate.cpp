// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenclaims.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

constexpr int rowAt4 = 26;
constexpr int edgeAt4 = 5;
constexpr int insetAt4 = 16; // of the first column, as of every pane

flow::PartyKind fillerOf(const QModelIndex& index)
{
    return flow::PartyKind(index.siblingAtColumn(ClaimsModel::Claim).data(ClaimsModel::FillerRole).toInt());
}

bool isProblem(const QModelIndex& index) { return index.siblingAtColumn(ClaimsModel::Claim).data(ClaimsModel::ProblemRole).toBool(); }
bool isGroup(const QModelIndex& index) { return !index.parent().isValid(); }

QFont fontOf(const QModelIndex& index)
{
    const bool fixed = index.column() == ClaimsModel::Claim || (index.column() == ClaimsModel::Value && !isProblem(index));
    return theme::font(fixed && !isProblem(index) ? theme::Type::Fixed : theme::Type::Body);
}

QString fullTextOf(const QModelIndex& index)
{
    const QString aside = index.data(ClaimsModel::AsideRole).toString();
    const QString text = index.data().toString();
    return index.column() == ClaimsModel::Meaning && !aside.isEmpty() ? QString(text + u", " + aside) : text;
}

QRect textRect(const QRect& cell, int column)
{
    return cell.adjusted(column == ClaimsModel::Claim ? px(insetAt4) : 0, 0, -px(8), 0);
}

constexpr int wrapped = int(Qt::AlignLeft) | int(Qt::AlignTop) | int(Qt::TextWrapAnywhere);

} // namespace

ClaimsDelegate::ClaimsDelegate(QTreeView* view) : QStyledItemDelegate(view), m_view(view) {}

void ClaimsDelegate::toggle(const QModelIndex& row)
{
    const QPersistentModelIndex key(row.siblingAtColumn(0));
    if (!m_open.remove(key))
        m_open.insert(key);
    emit sizeHintChanged(row.siblingAtColumn(0));
}

bool ClaimsDelegate::isOpen(const QModelIndex& index) const { return m_open.contains(QPersistentModelIndex(index.siblingAtColumn(0))); }

/// The columns of the view decide, not the rectangle of the option, which knows no width when this is asked.
int ClaimsDelegate::openHeight(const QModelIndex& index) const
{
    int height = px(rowAt4);
    for (int column = 0; column < ClaimsModel::FilledBy; ++column) {
        const QModelIndex cell = index.siblingAtColumn(column);
        const QRect room(0, 0, m_view->columnWidth(column), 100'000);
        const QFontMetrics metrics(fontOf(cell));
        height = std::max(height, metrics.boundingRect(textRect(room, column), wrapped, fullTextOf(cell)).height() + px(10));
    }
    return height;
}

QSize ClaimsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {px(40), isOpen(index) && !isGroup(index) ? openHeight(index) : px(rowAt4)};
}

void ClaimsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    if (isGroup(index)) {
        paintGroup(*painter, option, index);
        painter->restore();
        return;
    }
    const bool selected = option.state & QStyle::State_Selected;
    const bool hover = option.state & QStyle::State_MouseOver;
    painter->fillRect(option.rect, theme::color(selected ? Token::Select : isProblem(index) ? Token::WarnBg : hover ? Token::Hover : Token::Surface));
    const QRect text = textRect(option.rect, index.column());
    switch (index.column()) {
    case ClaimsModel::Meaning: paintMeaning(*painter, text, index); break;
    case ClaimsModel::FilledBy: paintFiller(*painter, text, index); break;
    default: paintClaim(*painter, text, index); break;
    }
    if (index.column() == ClaimsModel::Claim)
        painter->fillRect(option.rect.left(), option.rect.top(), px(edgeAt4), option.rect.height(),
                          isProblem(index) ? theme::color(Token::Warn) : theme::partyColor(fillerOf(index)));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme::color(Token::Line));
    if (selected)
        paintFocus(*painter, option, index);
    painter->restore();
}

void ClaimsDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter.fillRect(option.rect, theme::color(option.state & QStyle::State_MouseOver ? Token::Hover : Token::Raised));
    painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme::color(Token::Line));
    if (index.model()->hasChildren(index)) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(option.rect.left() + px(24), option.rect.center().y());
        painter.rotate(m_view->isExpanded(index) ? 0 : -90);
        theme::paintIcon(painter, QRectF(-px(7), -px(7), px(14), px(14)), u"chevron-down"_s, theme::color(Token::Text));
        painter.restore();
    }
    const QRect text = option.rect.adjusted(px(38), 0, -px(16), 0);
    painter.setFont(theme::font(theme::Type::Body, 600));
    painter.setPen(theme::color(Token::Text));
    painter.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, index.data().toString());
    const int used = painter.fontMetrics().horizontalAdvance(index.data().toString()) + px(8);
    painter.setFont(theme::font(theme::Type::Body));
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(text.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(index.data(ClaimsModel::SummaryRole).toString(), Qt::ElideMiddle, text.width() - used));
    if (!(option.state & QStyle::State_Selected))
        return;
    painter.setPen(QPen(theme::color(Token::Accent), 2));
    painter.drawRect(option.rect.adjusted(1, 1, -1, -1));
}

void ClaimsDelegate::paintClaim(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    painter.setFont(fontOf(index));
    painter.setPen(theme::color(isProblem(index) ? Token::Warn : Token::Text));
    if (isOpen(index)) {
        painter.drawText(rect.adjusted(0, px(4), 0, 0), wrapped, fullTextOf(index));
        return;
    }
    const Qt::TextElideMode elide = isProblem(index) ? Qt::ElideRight : Qt::ElideMiddle;
    painter.drawText(rect, Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(index.data().toString(), elide, rect.width()));
}

void ClaimsDelegate::paintMeaning(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    painter.setFont(fontOf(index));
    painter.setPen(theme::color(Token::Text));
    if (isOpen(index)) {
        painter.drawText(rect.adjusted(0, px(4), 0, 0), int(Qt::AlignLeft) | int(Qt::AlignTop) | int(Qt::TextWordWrap), fullTextOf(index));
        return;
    }
    const QFontMetrics metrics = painter.fontMetrics();
    const QString meaning = metrics.elidedText(index.data().toString(), Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignVCenter | Qt::TextSingleLine, meaning);
    const QString aside = index.data(ClaimsModel::AsideRole).toString();
    const int used = metrics.horizontalAdvance(meaning);
    if (aside.isEmpty() || used + px(24) > rect.width())
        return;
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(rect.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(QString(u", " + aside), Qt::ElideRight, rect.width() - used));
}

void ClaimsDelegate::paintFiller(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    if (isProblem(index))
        return;
    const int middle = rect.top() + px(rowAt4) / 2;
    theme::paintParty(painter, QRectF(rect.left(), middle - px(7), px(14), px(14)), fillerOf(index));
    painter.setFont(theme::font(theme::Type::Body));
    painter.setPen(theme::partyColor(fillerOf(index)));
    const QRect text(rect.left() + px(20), rect.top(), rect.width() - px(20), px(rowAt4));
    painter.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
}

/// One ring around the whole row, drawn column by column.
void ClaimsDelegate::paintFocus(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (!m_view->hasFocus() || index.siblingAtColumn(0) != m_view->currentIndex().siblingAtColumn(0))
        return;
    const QColor ring = theme::color(Token::Accent);
    const QRect& r = option.rect;
    painter.fillRect(r.left(), r.top(), r.width(), 2, ring);
    painter.fillRect(r.left(), r.bottom() - 1, r.width(), 2, ring);
    if (index.column() == ClaimsModel::Claim)
        painter.fillRect(r.left(), r.top(), 2, r.height(), ring);
    if (index.column() == ClaimsModel::FilledBy)
        painter.fillRect(r.right() - 1, r.top(), 2, r.height(), ring);
}
