// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyleOption>

QT_BEGIN_NAMESPACE
class QPainter;
class QWidget;
QT_END_NAMESPACE

/// The drawings that the style is made of, one function an element.
namespace theme::parts {

void button(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget);
QSize buttonSize(const QStyleOptionButton& option, const QWidget* widget);
void toolButtonBody(QPainter& painter, const QStyleOptionToolButton& option);
void toolButtonArrow(QPainter& painter, const QStyleOptionToolButton& option);
void focusRing(QPainter& painter, const QRect& rect, qreal radius);
void radioIndicator(QPainter& painter, const QStyleOption& option);
void fieldFrame(QPainter& painter, const QStyleOption& option);

void tabShape(QPainter& painter, const QStyleOptionTab& option);
void tabLabel(QPainter& painter, const QStyleOptionTab& option);
QSize tabSize(const QStyleOptionTab& option);
void headerSection(QPainter& painter, const QStyleOptionHeader& option);
void headerLabel(QPainter& painter, const QStyleOptionHeader& option);
void splitter(QPainter& painter, const QStyleOption& option);
void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle);
QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part);
void menuItem(QPainter& painter, const QStyleOptionMenuItem& option);
QSize menuItemSize(const QStyleOptionMenuItem& option);
void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option);

} // namespace theme::parts
