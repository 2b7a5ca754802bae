// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QProxyStyle>

QT_BEGIN_NAMESPACE
class QStyleOptionButton;
QT_END_NAMESPACE

namespace theme {

/// Dynamic properties of QPushButton and QToolButton that this style reads.
inline constexpr auto primaryProperty = "primary";   ///< bool: filled with the accent
inline constexpr auto smallProperty = "small";       ///< bool: 26 px high instead of 32
inline constexpr auto trailingProperty = "trailing"; ///< bool: the icon stands after the text

/// Fusion with our outlines: flat fills, one-pixel lines, a two-pixel focus ring on everything, access keys always
/// underlined, nothing animated. A style and not a sheet: it costs nothing at start and follows a scheme at once.
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    Style();

    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
};

} // namespace theme
