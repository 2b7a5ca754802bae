// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "foldheader.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyleOption>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

FoldHeader::FoldHeader(const QString& name, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FoldHeader::setSummary(const QString& summary)
{
    m_summary = summary;
    setAccessibleName(u"%1: %2"_s.arg(text(), summary));
    update();
}

void FoldHeader::setHint(const QString& hint)
{
    m_hint = hint;
    update();
}

QSize FoldHeader::sizeHint() const
{
    return {px(300), px(30)};
}

QSize FoldHeader::minimumSizeHint() const
{
    return {px(120), px(30)};
}

void FoldHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(underMouse() ? Token::Hover : Token::Window));
    painter.fillRect(0, 0, width(), 1, theme::color(Token::Line));
    if (isChecked())
        painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
    const int side = px(14);
    theme::paintIcon(painter, QRect(px(16), (height() - side) / 2, side, side), isChecked() ? u"collapse"_s : u"expand"_s, theme::color(Token::Text));
    int x = px(42);
    const auto write = [&](const QString& words, const QFont& font, Token ink) {
        painter.setFont(font);
        painter.setPen(theme::color(ink));
        const QString shown = painter.fontMetrics().elidedText(words, Qt::ElideRight, width() - x - px(16));
        painter.drawText(QRect(x, 0, width() - x, height()), int(Qt::AlignLeft | Qt::AlignVCenter), shown);
        x += painter.fontMetrics().horizontalAdvance(shown) + px(10);
    };
    write(text(), theme::font(Type::Body, 600), Token::Text);
    write(m_summary, theme::font(Type::Body), Token::Text2);
    painter.setFont(theme::font(Type::Caption));
    if (width() - x > painter.fontMetrics().horizontalAdvance(m_hint) + px(32)) {
        painter.setPen(theme::color(Token::Text2));
        painter.drawText(rect().adjusted(0, 0, -px(16), 0), int(Qt::AlignRight | Qt::AlignVCenter), m_hint);
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}
