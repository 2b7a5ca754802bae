// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "audiencesdelegate.h"

#include "ui/models/audiencesmodel.h"
#include "ui/theme.h"

#include <QPainter>
#include <QTableView>

using theme::px;
using theme::Token;

namespace {

constexpr int rowAt4 = 48;
constexpr int lineAt4 = 18;

} // namespace

AudiencesDelegate::AudiencesDelegate(QTableView* view) : QStyledItemDelegate(view), m_view(view) {}

QSize AudiencesDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {px(80), px(rowAt4)}; }

void AudiencesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, theme::color(selected ? Token::Select : Token::Surface));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme::color(Token::Line));
    if (index.column() == AudiencesModel::Token)
        paintToken(*painter, option.rect, index);
    else
        paintLines(*painter, option.rect.adjusted(0, 0, -px(12), 0), index);
    if (selected && m_view->hasFocus())
        paintRing(*painter, option.rect, index);
    painter->restore();
}

void AudiencesDelegate::paintToken(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    const auto kind = flow::PartyKind(index.data(AudiencesModel::SpeakerRole).toInt());
    painter.fillRect(rect.left(), rect.top(), px(5), rect.height(), theme::partyColor(kind));
    theme::paintParty(painter, QRectF(rect.left() + px(16), rect.center().y() - px(8), px(16), px(16)), kind);
    painter.setFont(theme::font(theme::Type::Body, 600));
    painter.setPen(theme::color(Token::Text));
    painter.drawText(rect.adjusted(px(38), 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, index.data().toString());
}

void AudiencesDelegate::paintLines(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    const bool fixed = index.data(AudiencesModel::FixedRole).toBool();
    const QString second = index.data(AudiencesModel::SecondRole).toString();
    QRect line(rect.left(), rect.center().y() - (second.isEmpty() ? px(lineAt4) / 2 : px(lineAt4)), rect.width(), px(lineAt4));
    QRect text = line;
    const QVariant outcome = index.data(AudiencesModel::OutcomeRole);
    const bool verdict = index.column() == AudiencesModel::Verdict;
    if (verdict) {
        const QRectF glyph(line.left(), line.center().y() - px(8), px(16), px(16));
        if (outcome.isValid())
            theme::paintOutcome(painter, glyph, base::Outcome(outcome.toInt()));
        else
            theme::paintState(painter, glyph, flow::StepState::NotReached);
        text.adjust(px(22), 0, 0, 0);
    }
    painter.setFont(verdict ? theme::font(theme::Type::Body, 600) : theme::font(fixed ? theme::Type::Fixed : theme::Type::Body));
    const QColor ink = verdict ? (outcome.isValid() ? theme::outcomeColor(base::Outcome(outcome.toInt())) : theme::color(Token::Text2))
                               : theme::color(fixed ? Token::Text : Token::Text2);
    painter.setPen(ink);
    painter.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(index.data().toString(), fixed ? Qt::ElideMiddle : Qt::ElideRight, text.width()));
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    line.translate(0, px(lineAt4));
    painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(second, Qt::ElideRight, line.width()));
}

void AudiencesDelegate::paintRing(QPainter& painter, const QRect& r, const QModelIndex& index) const
{
    const QColor ring = theme::color(Token::Accent);
    painter.fillRect(r.left(), r.top(), r.width(), 2, ring);
    painter.fillRect(r.left(), r.bottom() - 1, r.width(), 2, ring);
    if (index.column() == AudiencesModel::Token)
        painter.fillRect(r.left(), r.top(), 2, r.height(), ring);
    if (index.column() == AudiencesModel::Verdict)
        painter.fillRect(r.right() - 1, r.top(), 2, r.height(), ring);
}
