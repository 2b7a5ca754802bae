// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchgroup.h"

#include "core/base/text.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

MatchGroupHeader::MatchGroupHeader(const QString& title, const QString& summary, QWidget* parent)
    : QAbstractButton(parent), m_title(base::visible(title)), m_summary(base::visible(summary))
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::ClickFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::toggled, this, &MatchGroupHeader::describe);
    describe();
}

void MatchGroupHeader::describe()
{
    setAccessibleName(u"%1, %2, %3"_s.arg(m_title, m_summary, isFolded() ? u"folded"_s : u"unfolded"_s));
    update();
}

void MatchGroupHeader::setFolded(bool folded) { setChecked(!folded); }

QSize MatchGroupHeader::sizeHint() const { return {px(320), px(30)}; }

void MatchGroupHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme::color(underMouse() ? Token::Hover : Token::Raised));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
    painter.save();
    painter.translate(px(24), height() / 2.0);
    painter.rotate(isFolded() ? -90 : 0);
    theme::paintIcon(painter, QRectF(-px(8), -px(8), px(16), px(16)), u"chevron-down"_s, theme::color(Token::Text));
    painter.restore();
    const QFont bold = theme::font(theme::Type::Body, 600);
    const QFontMetrics titles(bold);
    const int room = width() - px(38) - px(16);
    const QString title = titles.elidedText(m_title, Qt::ElideRight, room);
    painter.setFont(bold);
    painter.setPen(theme::color(Token::Text));
    painter.drawText(QRect(px(38), 0, room, height()), Qt::AlignVCenter | Qt::TextSingleLine, title);
    const int used = titles.horizontalAdvance(title) + px(8);
    const QFont plain = theme::font(theme::Type::Body);
    painter.setFont(plain);
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(QRect(px(38) + used, 0, room - used, height()), Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(plain).elidedText(m_summary, Qt::ElideRight, room - used));
    if (!hasFocus())
        return;
    painter.setPen(QPen(theme::color(Token::Accent), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

void MatchGroupHeader::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        setFolded(event->key() == Qt::Key_Left);
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        event->ignore(); // a button would walk through its siblings by itself
    else
        QAbstractButton::keyPressEvent(event);
}

void MatchGroupHeader::focusInEvent(QFocusEvent* event)
{
    QAbstractButton::focusInEvent(event);
    emit activated();
}
