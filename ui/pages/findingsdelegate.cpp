// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "findingsdelegate.h"

#include "ui/models/findingsmodel.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

struct FindingsDelegate::Places
{
    QRect line {};
    QRect glyph {};
    QRect word {};
    QRect rule {};
    QRect text {};
    QRect place {};
    QRect button {};
    QRect fix {};
};

namespace {

QString buttonText(const FindingRow& row)
{
    return row.open ? u"Hide fix"_s : u"Show fix"_s;
}

int viewWidth(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view ? view->viewport()->width() : option.rect.width();
}

FindingRow rowOf(const QModelIndex& index)
{
    return index.data(FindingsModel::RowRole).value<FindingRow>();
}

int fixLeft()
{
    return px(43);
}

int fixHeight(const FindingRow& row, int width)
{
    const QFontMetrics metrics(theme::font(Type::Body));
    const int room = width - fixLeft() - px(28) - metrics.horizontalAdvance(u"Fix  "_s);
    return metrics.boundingRect(QRect(0, 0, std::max(room, px(60)), 10000), int(Qt::TextWordWrap), row.finding.fix).height() + px(10);
}

} // namespace

FindingsDelegate::Places FindingsDelegate::places(const QStyleOptionViewItem& option, const FindingRow& row) const
{
    const QFontMetrics body(theme::font(Type::Body)), strong(theme::font(Type::Body, 600)), fixed(theme::font(Type::Fixed));
    Places p;
    p.line = QRect(option.rect.topLeft(), QSize(option.rect.width(), px(32)));
    const int h = p.line.height(), top = p.line.top(), left = p.line.left();
    p.glyph = QRect(left + px(16), top + (h - px(16)) / 2, px(16), px(16));
    p.word = QRect(left + px(43), top, strong.horizontalAdvance(u"Warning"_s) + px(14), h);
    const int buttonWidth = body.horizontalAdvance(u"Show fix"_s) + px(16);
    int right = p.line.right() - px(16);
    if (!row.finding.fix.isEmpty()) {
        p.button = QRect(right - buttonWidth + 1, top + (h - px(24)) / 2, buttonWidth, px(24));
        right = p.button.left() - px(12);
    }
    const int placeWidth = std::min(body.horizontalAdvance(row.place) + 1, p.line.width() / 4);
    p.place = QRect(right - placeWidth + 1, top, placeWidth, h);
    right = p.place.left() - px(16);
    const bool wide = p.line.width() > px(720); // below, the sentence needs the room more than the rule's id
    const int ruleWidth = wide ? std::max(fixed.horizontalAdvance(row.finding.rule), px(150)) + px(12) : 0;
    p.rule = QRect(p.word.right() + 1, top, ruleWidth, h);
    p.text = QRect(QPoint(p.rule.left() + ruleWidth, top), QPoint(right, p.line.bottom()));
    p.fix = QRect(QPoint(left + fixLeft(), p.line.bottom() + 1), QPoint(p.line.right() - px(28), option.rect.bottom()));
    return p;
}

QSize FindingsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const FindingRow row = rowOf(index);
    return {px(200), px(32) + (row.open ? fixHeight(row, viewWidth(option)) : 0)};
}

void FindingsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const FindingRow row = rowOf(index);
    const Places p = places(option, row);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected || (option.state & QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme::color(selected ? Token::Select : Token::Hover));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme::color(Token::Line));
    theme::paintSeverity(*painter, p.glyph, row.finding.severity);
    const auto write = [&](const QRect& rect, const QString& words, const QFont& font, const QColor& ink) {
        painter->setFont(font);
        painter->setPen(ink);
        painter->drawText(rect, int(Qt::AlignLeft | Qt::AlignVCenter), painter->fontMetrics().elidedText(words, Qt::ElideRight, rect.width()));
    };
    write(p.word, theme::severityWord(row.finding.severity), theme::font(Type::Body, 600), theme::severityColor(row.finding.severity));
    if (p.rule.width())
        write(p.rule, row.finding.rule, theme::font(Type::Fixed), theme::color(Token::Text2));
    write(p.text, row.finding.text, theme::font(Type::Body), theme::color(Token::Text));
    QFont link = theme::font(Type::Body);
    link.setUnderline(true);
    write(p.place, row.place, link, theme::color(Token::Text2));
    if (p.button.isValid()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(theme::color(Token::LineStrong));
        painter->setBrush(theme::color(Token::Surface));
        painter->drawRoundedRect(QRectF(p.button).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4));
        painter->setFont(theme::font(Type::Body));
        painter->setPen(theme::color(Token::Text));
        painter->drawText(p.button, Qt::AlignCenter, buttonText(row));
    }
    if (row.open) {
        painter->setFont(theme::font(Type::Body, 600));
        painter->setPen(theme::color(Token::Text));
        painter->drawText(p.fix, int(Qt::AlignLeft | Qt::AlignTop), u"Fix"_s);
        const int indent = painter->fontMetrics().horizontalAdvance(u"Fix  "_s);
        painter->setFont(theme::font(Type::Body));
        painter->drawText(p.fix.adjusted(indent, 0, 0, 0), int(Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap), row.finding.fix);
    }
    painter->restore();
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        QStyleOptionFocusRect focus;
        focus.rect = option.rect;
        option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

FindingsDelegate::Part FindingsDelegate::partAt(const QStyleOptionViewItem& option, const QModelIndex& index, QPoint at) const
{
    const Places p = places(option, rowOf(index));
    if (p.button.contains(at))
        return Part::Fix;
    return p.place.contains(at) ? Part::Place : Part::Row;
}
