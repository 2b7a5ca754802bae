// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencolumns.h"

#include "ui/theme.h"

#include <QPaintEvent>
#include <QPainter>

using theme::px;
using theme::Token;

TokenColumns::TokenColumns(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionResizeMode(Fixed);
    setStretchLastSection(false);
    setSectionsMovable(false);
    setHighlightSections(false);
    setMinimumSectionSize(px(24));
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] {
        setMinimumSectionSize(px(24));
        updateGeometry();
    });
}

QSize TokenColumns::sizeHint() const { return {QHeaderView::sizeHint().width(), px(28)}; }

void TokenColumns::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme::color(Token::Window));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
    painter.end();
    QHeaderView::paintEvent(event);
}

void TokenColumns::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    painter->fillRect(rect, theme::color(Token::Window));
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme::color(Token::Line));
    painter->setFont(theme::font(theme::Type::Body));
    painter->setPen(theme::color(Token::Text2));
    const QRect text = rect.adjusted(section == 0 ? px(16) : 0, 0, -px(8), 0);
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    painter->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, painter->fontMetrics().elidedText(title, Qt::ElideRight, text.width()));
}
