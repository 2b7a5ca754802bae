// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "style.h"

#include "styleparts.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QPainter>
#include <QStyleFactory>

namespace theme {

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || widget->inherits("QTabBar") || widget->inherits("QSplitterHandle"))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    using namespace parts;
    switch (element) {
    case CE_PushButton:
        if (const auto* o = qstyleoption_cast<const QStyleOptionButton*>(option))
            return button(*painter, *o, widget);
        break;
    case CE_TabBarTabShape:
        if (const auto* o = qstyleoption_cast<const QStyleOptionTab*>(option))
            return tabShape(*painter, *o);
        break;
    case CE_TabBarTabLabel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionTab*>(option))
            return tabLabel(*painter, *o);
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        if (const auto* o = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return headerSection(*painter, *o);
        break;
    case CE_HeaderLabel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return headerLabel(*painter, *o);
        break;
    case CE_MenuItem:
        if (const auto* o = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return menuItem(*painter, *o);
        break;
    case CE_MenuBarItem:
        if (const auto* o = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return menuBarItem(*painter, *o);
        break;
    case CE_MenuBarEmptyArea: return painter->fillRect(option->rect, color(Token::Window));
    case CE_Splitter: return splitter(*painter, *option);
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_FrameFocusRect: return parts::focusRing(*painter, option->rect, px(4));
    case PE_IndicatorRadioButton: return parts::radioIndicator(*painter, *option);
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: return parts::fieldFrame(*painter, *option);
    case PE_Frame:
    case PE_FrameMenu:
    case PE_PanelTipLabel: {
        painter->fillRect(option->rect, element == PE_PanelTipLabel ? color(Token::Raised) : Qt::transparent);
        painter->setPen(color(Token::Line));
        painter->setBrush(Qt::NoBrush);
        return painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    }
    case PE_PanelMenu: return painter->fillRect(option->rect, color(Token::Surface));
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase: return;
    default: return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* o = qstyleoption_cast<const QStyleOptionSlider*>(option); o && control == CC_ScrollBar)
        return parts::scrollBar(*painter, *o, subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
    if (const auto* o = qstyleoption_cast<const QStyleOptionToolButton*>(option); o && control == CC_ToolButton) {
        parts::toolButtonBody(*painter, *o);
        QStyleOptionToolButton label = *o;
        label.rect = o->rect.adjusted(px(4), 0, -px(4), 0);
        proxy()->drawControl(CE_ToolButtonLabel, &label, painter, widget);
        return parts::toolButtonArrow(*painter, *o);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    if (const auto* o = qstyleoption_cast<const QStyleOptionButton*>(option); o && type == CT_PushButton)
        return parts::buttonSize(*o, widget);
    if (const auto* o = qstyleoption_cast<const QStyleOptionTab*>(option); o && type == CT_TabBarTab)
        return parts::tabSize(*o);
    if (const auto* o = qstyleoption_cast<const QStyleOptionMenuItem*>(option); o && type == CT_MenuItem)
        return parts::menuItemSize(*o);
    const bool isSmall = widget && widget->property(smallProperty).toBool();
    switch (type) {
    case CT_ToolButton: return size.expandedTo({px(isSmall ? 26 : 32), px(isSmall ? 26 : 32)});
    case CT_LineEdit: return {size.width(), px(32)};
    case CT_HeaderSection: return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), px(28)};
    case CT_MenuBarItem: return {size.width() + px(16), px(28)};
    default: return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    if (const auto* o = qstyleoption_cast<const QStyleOptionSlider*>(option); o && control == CC_ScrollBar)
        return parts::scrollBarPart(*o, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_SmallIconSize: return px(16);
    case PM_ScrollBarExtent: return px(12);
    case PM_ScrollBarSliderMin: return px(24);
    case PM_SplitterWidth: return px(5);
    case PM_DefaultFrameWidth: return 1;
    case PM_FocusFrameHMargin: return px(4);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return px(8);
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return px(16);
    case PM_TabBarTabHSpace: return px(24);
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarItemSpacing:
    case PM_MenuBarVMargin: return 0;
    case PM_MenuBarHMargin: return px(8);
    case PM_MenuHMargin: return 1;
    case PM_MenuVMargin: return px(4);
    case PM_HeaderMargin: // over cells that have room around their text
        if (widget && widget->property("roomy").toBool())
            return px(8);
        [[fallthrough]];
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_UnderlineShortcut: return 1;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_Widget_Animation_Duration:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_ScrollBar_Transient:
    case SH_Menu_FlashTriggeredItem: return 0;
    case SH_Menu_SubMenuPopupDelay: return 150;
    case SH_ScrollView_FrameOnlyAroundContents: return 0;
    case SH_Widget_Animate: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace theme
