// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "raildelegate.h"

#include "ui/models/stepsmodel.h"
#include "ui/models/steprow.h"
#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

int lineHeight(Type type)
{
    return QFontMetrics(theme::font(type)).height();
}

int headingHeight()
{
    return lineHeight(Type::Caption) + px(12);
}

bool hasGlyph(flow::PartyKind kind)
{
    return kind != flow::PartyKind::Issuer && kind != flow::PartyKind::Host;
}

// Draws text at x, elided to the room left, and says where it ends.
int drawWord(QPainter& painter, const QRect& line, int x, const QString& text)
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, line.right() - x);
    painter.drawText(QRect(x, line.top(), line.right() - x + 1, line.height()), int(Qt::AlignLeft | Qt::AlignVCenter), shown);
    return x + painter.fontMetrics().horizontalAdvance(shown);
}

} // namespace

int RailDelegate::rowHeight() const
{
    const int lines = lineHeight(Type::Body) + lineHeight(Type::Caption) * (m_short ? 1 : 2);
    return lines + px(m_short ? 16 : 21);
}

QSize RailDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const auto row = index.data(StepsModel::RowRole).value<StepRow>();
    return {px(100), rowHeight() + (row.group.isEmpty() ? 0 : headingHeight())};
}

void RailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(StepsModel::RowRole).value<StepRow>();
    const bool isSelected = option.state & QStyle::State_Selected;
    QRect rect = option.rect;
    painter->save();
    if (!row.group.isEmpty()) {
        const QRect heading(rect.left() + px(16), rect.top(), rect.width() - px(24), headingHeight());
        painter->setFont(theme::font(Type::Caption, 600));
        painter->setPen(theme::color(Token::Text2));
        drawWord(*painter, heading, heading.left(), row.group);
        rect.setTop(rect.top() + headingHeight());
    }
    if (isSelected)
        painter->fillRect(rect, theme::color(Token::Select));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, theme::color(Token::Hover));
    if (isSelected)
        painter->fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme::color(Token::Accent));

    paintGate(*painter, rect, row, index.row() == 0 || !row.group.isEmpty(), index.row() == index.model()->rowCount() - 1);

    QRect line(rect.left() + px(m_short ? 42 : 48), rect.top() + px(m_short ? 8 : 9), rect.width() - px(m_short ? 46 : 56), lineHeight(Type::Body));
    if (row.isNext) { // beside the title, or below it where names are short of room
        const int y = m_short ? line.bottom() + px(1) + lineHeight(Type::Caption) / 2 : line.center().y();
        theme::paintIcon(*painter, QRect(rect.right() - px(20), y - px(7) + 1, px(14), px(14)), u"next"_s, theme::color(Token::Text));
    }
    painter->setFont(theme::font(Type::Body, isSelected ? 600 : 400));
    const bool quiet = row.state == flow::StepState::NotReached && !row.isNext && !isSelected;
    painter->setPen(theme::color(quiet ? Token::Text2 : Token::Text));
    drawWord(*painter, row.isNext && !m_short ? line.adjusted(0, 0, -px(16), 0) : line, line.left(), u"%1. %2"_s.arg(row.number).arg(m_short ? row.shortTitle : row.title));
    line.translate(0, line.height() + px(1));
    line.setHeight(lineHeight(Type::Caption));
    if (!m_short) {
        paintParties(*painter, line, row);
        line.translate(0, line.height() + px(1));
    }
    paintOutcome(*painter, row.isNext && m_short ? line.adjusted(0, 0, -px(18), 0) : line, row);
    painter->restore();
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        QStyleOptionFocusRect focus;
        focus.rect = rect;
        option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

void RailDelegate::paintGate(QPainter& painter, const QRect& rect, const StepRow& row, bool first, bool last) const
{
    const int side = px(20);
    const QRect gate(rect.left() + px(m_short ? 12 : 16), rect.top() + px(m_short ? 8 : 8), side, side);
    painter.setPen(theme::color(Token::LineStrong));
    const int x = gate.center().x();
    if (!first)
        painter.drawLine(x, rect.top(), x, gate.top() - px(3));
    if (!last)
        painter.drawLine(x, gate.bottom() + px(3), x, rect.bottom() + 1);
    if (row.predicted)
        theme::paintDecision(painter, gate, *row.predicted, true);
    else
        theme::paintState(painter, gate, row.state);
}

void RailDelegate::paintParties(QPainter& painter, const QRect& line, const StepRow& row) const
{
    painter.setFont(theme::font(Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    int x = line.left();
    const int side = px(13);
    const auto glyph = [&](flow::PartyKind kind) {
        if (!hasGlyph(kind))
            return;
        theme::paintParty(painter, QRect(x, line.center().y() - side / 2 + 1, side, side), kind);
        x += side + px(4);
    };
    glyph(row.from.kind);
    x = drawWord(painter, line.adjusted(0, 0, -px(40), 0), x, askerWord(row.from)) + px(5);
    theme::paintIcon(painter, QRect(x, line.center().y() - px(5), px(11), px(11)), u"next"_s, theme::color(Token::Text2));
    x += px(16);
    glyph(row.to.kind);
    drawWord(painter, line, x, row.to.title);
}

void RailDelegate::paintOutcome(QPainter& painter, const QRect& line, const StepRow& row) const
{
    using flow::StepState;
    const bool decided = row.state == StepState::Accepted || row.state == StepState::Refused || row.state == StepState::Failed;
    const bool strong = decided || row.state == StepState::Waiting || row.state == StepState::Sending;
    painter.setFont(theme::font(Type::Caption, strong ? 600 : 400));
    painter.setPen(row.predicted ? theme::color(Token::Predicted) : decided ? theme::stateColor(row.state) : theme::color(Token::Text));
    const int x = drawWord(painter, line, line.left(), row.word);
    if (m_short || row.aside.isEmpty())
        return;
    painter.setFont(theme::font(Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    drawWord(painter, line, x + px(4), row.aside);
}
