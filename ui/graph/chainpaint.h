// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/graph/chainlayout.h"

#include <QColor>
#include <QFont>
#include <QPen>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

/// How things of a chain are drawn, apart from where.
namespace chainpaint {

/// The theme's type in the drawing's own units: the view's scale brings it to the theme's size.
QFont font(ChainFont font);
qreal textWidth(const QString& text, ChainFont font);

struct Text
{
    ChainFont font = ChainFont::Caption;
    QColor color {};
    Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode elide = Qt::ElideRight;
};
/// One line, elided to fit; invisible characters from outside are made visible.
void drawText(QPainter& painter, const QRectF& rect, const QString& text, const Text& how);

/// The line of a link or plate: solid where something was observed, dashed where it is foreseen or under way, dotted where
/// nothing was reached.
QPen linkPen(chain::State state);
QColor wordColor(chain::State state, base::Decision predicted, bool hasPrediction);
/// An open arrow head at the end of a path.
void drawArrow(QPainter& painter, const QPolygonF& path, const QPen& pen);
/// The part of a path between two fractions of its length.
QPolygonF part(const QPolygonF& path, qreal from, qreal to);

struct Gate
{
    chain::State state = chain::State::NotReached;
    base::Decision predicted = base::Decision::NotEvaluated;
    bool hasPrediction = false;
    qreal filled = 1; ///< how much of the observed glyph is there
};
/// Hollow is predicted, filled is observed, dotted is not reached; both with a not-equal sign where they disagree.
void drawGate(QPainter& painter, const QPointF& at, const Gate& gate);
bool disagrees(chain::State state, base::Decision predicted, bool hasPrediction);

} // namespace chainpaint
