// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "differencedelegate.h"

#include "ui/models/differencerows.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;
using Kind = DifferenceRow::Kind;

namespace {

constexpr int inset = 16; // of the first column, as of every pane

/// Sign and word; filled where they differ, outlined where they are the same, bare where it says nothing.
void paintRelation(QPainter& painter, const QRect& rect, Kind kind)
{
    if (kind == Kind::Heading)
        return;
    const QString text = (kind == Kind::Differs ? u"\u2260 "_s : kind == Kind::Same ? u"= "_s : u"~ "_s) + relationWord(kind);
    painter.setFont(theme::font(Type::Caption, kind == Kind::Differs ? 600 : 400));
    const int width = painter.fontMetrics().horizontalAdvance(text) + px(14);
    const QRectF chip(rect.left() + 0.5, rect.center().y() - px(10) + 0.5, width, px(20));
    if (kind != Kind::Volatile) {
        painter.setPen(theme::color(kind == Kind::Differs ? Token::Accent : Token::LineStrong));
        painter.setBrush(kind == Kind::Differs ? QBrush(theme::color(Token::Accent)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(chip, px(3), px(3));
    }
    painter.setPen(theme::color(kind == Kind::Differs ? Token::OnAccent : kind == Kind::Same ? Token::Text2 : Token::Text3));
    painter.drawText(chip, Qt::AlignCenter | Qt::TextSingleLine, text);
}

Token inkOf(Kind kind, int column)
{
    if (kind == Kind::Volatile)
        return Token::Text3;
    const bool quiet = kind == Kind::Same && column != DifferenceModel::What;
    return quiet || column == DifferenceModel::Meaning ? Token::Text2 : Token::Text;
}

} // namespace

DifferenceDelegate::DifferenceDelegate(QTableView* view)
    : QStyledItemDelegate(view), m_view(view)
{
}

void DifferenceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto kind = Kind(index.data(DifferenceModel::KindRole).toInt());
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, theme::color(selected ? Token::Select : kind == Kind::Heading ? Token::Raised : Token::Surface));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme::color(Token::Line));
    const int column = index.column();
    const QRect text = option.rect.adjusted(column == DifferenceModel::What ? px(kind == Kind::Heading ? inset : inset + 12) : 0, 0, -px(10), -1);
    if (column == DifferenceModel::Relation) {
        paintRelation(*painter, text, Kind(index.data(DifferenceModel::RelationRole).toInt()));
    } else {
        const bool fixed = index.data(DifferenceModel::FixedRole).toBool();
        const bool strong = kind == Kind::Heading ? column != DifferenceModel::Meaning : kind == Kind::Differs && !fixed && column != DifferenceModel::Meaning;
        painter->setFont(fixed ? theme::font(Type::Fixed) : theme::font(Type::Body, strong ? 600 : 400));
        painter->setPen(theme::color(inkOf(kind, column)));
        painter->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, painter->fontMetrics().elidedText(index.data().toString(), fixed ? Qt::ElideMiddle : Qt::ElideRight, text.width()));
    }
    if (selected && column == 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), px(3), option.rect.height()), theme::color(Token::Accent));
    painter->restore();
}

bool DifferenceDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto cell = [&](int column) { return index.siblingAtColumn(column).data().toString(); };
    QStringList lines {cell(DifferenceModel::What), u"A: "_s + cell(DifferenceModel::Left), u"B: "_s + cell(DifferenceModel::Right)};
    if (const QString meaning = cell(DifferenceModel::Meaning); !meaning.isEmpty())
        lines.append(meaning);
    QToolTip::showText(event->globalPos(), controls::plainToolTip(lines.join(u'\n')), m_view->viewport());
    return true;
}
