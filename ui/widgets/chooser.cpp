// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chooser.h"

#include "controls.h"
#include "glyph.h"
#include "ui/theme.h"

#include <QStyleOptionButton>
#include <QStylePainter>

using namespace Qt::StringLiterals;
using theme::px;

Chooser::Chooser(const QString& caption, QWidget* parent)
    : QPushButton(parent), m_caption(caption)
{
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    controls::followType(this, theme::Type::Body);
}

void Chooser::setChosen(const QString& title, const QString& chip)
{
    m_title = title;
    m_chip = chip;
    setAccessibleName(chip.isEmpty() ? u"%1: %2"_s.arg(m_caption, title) : u"%1: %2, %3"_s.arg(m_caption, title, chip));
    setToolTip(controls::plainToolTip(accessibleName()));
    updateGeometry();
    update();
}

void Chooser::setCaptionShown(bool shown)
{
    m_captionShown = shown;
    updateGeometry();
}

void Chooser::setChipShown(bool shown)
{
    m_chipShown = shown;
    updateGeometry();
}

void Chooser::setTitleWeight(int weight)
{
    m_weight = weight;
    updateGeometry();
}

int Chooser::widthBesideTitle() const
{
    const int caption = m_captionShown ? fontMetrics().horizontalAdvance(m_caption) + px(8) : 0;
    const int chip = showsChip() ? Chip::widthFor(m_chip) + px(8) : 0;
    return px(12) + caption + chip + px(8) + px(12) + px(10);
}

QSize Chooser::sizeHint() const
{
    const int title = QFontMetrics(theme::font(theme::Type::Body, m_weight)).horizontalAdvance(m_title) + 2;
    return {std::min(widthBesideTitle() + title, px(340)), px(32)};
}

QSize Chooser::minimumSizeHint() const
{
    const int title = QFontMetrics(theme::font(theme::Type::Body, m_weight)).horizontalAdvance(m_title) + 2;
    return {widthBesideTitle() + std::min(title, px(56)), px(32)};
}

void Chooser::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.features &= ~QStyleOptionButton::HasMenu;
    painter.drawControl(QStyle::CE_PushButton, option);

    QRect rest = rect().adjusted(px(12), 0, -px(10), 0);
    const int side = px(12);
    theme::paintIcon(painter, QRect(rest.right() - side, rest.center().y() - side / 2 + 1, side, side), u"chevron-down"_s,
        theme::color(theme::Token::Text));
    rest.setRight(rest.right() - side - px(8));
    if (m_captionShown) {
        painter.setPen(theme::color(theme::Token::Text2));
        painter.drawText(rest, int(Qt::AlignLeft | Qt::AlignVCenter), m_caption);
        rest.setLeft(rest.left() + fontMetrics().horizontalAdvance(m_caption) + px(8));
    }
    if (showsChip()) {
        const int width = Chip::widthFor(m_chip);
        Chip::paint(painter, QRect(rest.right() - width + 1, rest.center().y() - px(10) + 1, width, px(20)), m_chip);
        rest.setRight(rest.right() - width - px(8));
    }
    painter.setFont(theme::font(theme::Type::Body, m_weight));
    painter.setPen(theme::color(isEnabled() ? theme::Token::Text : theme::Token::Text3));
    painter.drawText(rest, int(Qt::AlignLeft | Qt::AlignVCenter), painter.fontMetrics().elidedText(m_title, Qt::ElideRight, rest.width()));
}
