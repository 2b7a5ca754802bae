// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "styleparts.h"

#include "style.h"
#include "ui/theme.h"

#include <QPainter>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace theme::parts {
namespace {

struct Look
{
    QColor fill {};
    QColor outline {};
    QColor text {};
    QColor ring {};
};

bool is(const QWidget* widget, const char* property)
{
    return widget && widget->property(property).toBool();
}

QColor towards(const QColor& a, const QColor& b, qreal share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share), float(a.greenF() + (b.greenF() - a.greenF()) * share),
        float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

Look primaryLook(QStyle::State state)
{
    const QColor accent = color(Token::Accent);
    const bool down = state & (QStyle::State_Sunken | QStyle::State_On);
    const qreal lift = down ? 0.22 : (state & QStyle::State_MouseOver) ? 0.12 : 0.0;
    return {towards(accent, color(Token::OnAccent), lift), accent, color(Token::OnAccent), color(Token::OnAccent)};
}

Look look(const QStyleOption& option, bool primary, bool flat)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    if (primary && enabled)
        return primaryLook(option.state);
    Look look {flat ? QColor(Qt::transparent) : color(Token::Surface), flat ? QColor(Qt::transparent) : color(Token::LineStrong),
        color(Token::Text), color(Token::Accent)};
    if (!enabled) {
        look.outline = flat ? QColor(Qt::transparent) : color(Token::Line);
        look.text = color(Token::Text3);
    } else if (option.state & (QStyle::State_Sunken | QStyle::State_On)) {
        look.fill = color(Token::Select);
    } else if (option.state & QStyle::State_MouseOver) {
        look.fill = color(Token::Hover);
    }
    return look;
}

bool showsFocus(const QStyleOption& option)
{
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

void body(QPainter& painter, const QStyleOption& option, const Look& look)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(look.fill);
    painter.setPen(look.outline.alpha() ? QPen(look.outline, 1) : QPen(Qt::NoPen));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4));
    if (showsFocus(option)) {
        const bool inside = look.ring != color(Token::Accent);
        painter.setPen(QPen(look.ring, 2));
        painter.setBrush(Qt::NoBrush);
        const qreal inset = inside ? 3 : 1;
        painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), px(3), px(3));
    }
    painter.restore();
}

constexpr int chevronSize = 12;

} // namespace

void button(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget)
{
    const bool flat = option.features & QStyleOptionButton::Flat;
    const Look colors = look(option, is(widget, primaryProperty), flat);
    body(painter, option, colors);

    const bool hasMenu = option.features & QStyleOptionButton::HasMenu;
    const bool trailing = is(widget, trailingProperty);
    const int gap = px(8);
    const int icon = option.icon.isNull() ? 0 : px(16);
    const int chevron = hasMenu ? px(chevronSize) + gap : 0;
    const QFontMetrics metrics = option.fontMetrics;
    const int iconAndGap = icon && !option.text.isEmpty() ? icon + gap : icon;
    const int room = option.rect.width() - iconAndGap - chevron - px(8);
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text).width();
    int x = option.rect.left() + (option.rect.width() - textWidth - iconAndGap - chevron) / 2;
    const auto drawIcon = [&](int at) {
        const QRect square(at, option.rect.center().y() - icon / 2 + 1, icon, icon);
        if (option.icon.name().isEmpty())
            option.icon.paint(&painter, square);
        else
            paintIcon(painter, square, option.icon.name(), colors.text);
    };
    if (icon && !trailing) {
        drawIcon(x);
        x += iconAndGap;
    }
    painter.setPen(colors.text);
    painter.drawText(QRect(x, option.rect.top(), textWidth + 1, option.rect.height()),
        int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic), text);
    x += textWidth + (text.isEmpty() ? 0 : gap);
    if (icon && trailing)
        drawIcon(x);
    if (hasMenu) {
        const int side = px(chevronSize);
        paintIcon(painter, QRect(option.rect.right() - side - px(8), option.rect.center().y() - side / 2 + 1, side, side),
            u"chevron-down"_s, colors.text);
    }
}

QSize buttonSize(const QStyleOptionButton& option, const QWidget* widget)
{
    const bool isSmall = is(widget, smallProperty);
    int width = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + px(isSmall ? 16 : 24);
    if (!option.icon.isNull())
        width += px(16) + (option.text.isEmpty() ? 0 : px(8));
    if (option.features & QStyleOptionButton::HasMenu)
        width += px(chevronSize + 8);
    const int height = px(isSmall ? 26 : 32);
    return {std::max(width, height), std::max(height, option.fontMetrics.height() + px(4))};
}

void toolButtonBody(QPainter& painter, const QStyleOptionToolButton& option)
{
    body(painter, option, look(option, false, true));
}

void toolButtonArrow(QPainter& painter, const QStyleOptionToolButton& option)
{
    const bool hasMenu = option.features & QStyleOptionToolButton::HasMenu;
    if (!hasMenu || option.text.isEmpty())
        return;
    const int side = px(chevronSize);
    const bool enabled = option.state & QStyle::State_Enabled;
    paintIcon(painter, QRect(option.rect.right() - side - px(4), option.rect.center().y() - side / 2 + 1, side, side),
        u"chevron-down"_s, color(enabled ? Token::Text : Token::Text3));
}

void focusRing(QPainter& painter, const QRect& rect, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Token::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

// Outlined like every control, so that it stands out on each ground; a disc in the accent when chosen.
void radioIndicator(QPainter& painter, const QStyleOption& option)
{
    const bool on = option.state & QStyle::State_On;
    const qreal side = std::min(option.rect.width(), option.rect.height()) - 1;
    const QRectF ring(option.rect.left() + 0.5, option.rect.top() + (option.rect.height() - side) / 2, side, side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(on ? Token::Accent : Token::LineStrong), on ? 1.5 : 1));
    painter.setBrush(color(Token::Surface));
    painter.drawEllipse(ring);
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::Accent));
        painter.drawEllipse(ring.adjusted(side / 4, side / 4, -side / 4, -side / 4));
    }
    painter.restore();
}

void fieldFrame(QPainter& painter, const QStyleOption& option)
{
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    const qreal half = focused ? 1.0 : 0.5;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(color(Token::Surface));
    painter.setPen(QPen(color(focused ? Token::Accent : enabled ? Token::LineStrong : Token::Line), focused ? 2 : 1));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(half, half, -half, -half), px(4), px(4));
    painter.restore();
}

} // namespace theme::parts
