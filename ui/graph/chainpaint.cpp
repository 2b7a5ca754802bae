// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainpaint.h"

#include "core/base/text.h"
#include "ui/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPainterPathStroker>

using namespace Qt::StringLiterals;
using chain::State;
using theme::Token;

namespace chainpaint {

namespace {

QFont themed(ChainFont font)
{
    switch (font) {
    case ChainFont::Caption: return theme::font(theme::Type::Caption);
    case ChainFont::CaptionBold: return theme::font(theme::Type::Caption, 600);
    case ChainFont::Name: return theme::font(theme::Type::Body, 600);
    case ChainFont::Fixed: return theme::font(theme::Type::Fixed);
    }
    return {};
}

flow::StepState stepState(State state)
{
    switch (state) {
    case State::UnderWay: return flow::StepState::Waiting;
    case State::Accepted: return flow::StepState::Accepted;
    case State::Refused: return flow::StepState::Refused;
    case State::Failed: return flow::StepState::Failed;
    case State::NotReached:
    case State::Predicted: break;
    }
    return flow::StepState::NotReached;
}

bool isDecided(State state) { return state == State::Accepted || state == State::Refused; }

void drawForeseen(QPainter& painter, const QRectF& rect, const Gate& gate)
{
    if (gate.hasPrediction)
        theme::paintDecision(painter, rect, gate.predicted, true);
    else
        theme::paintState(painter, rect, flow::StepState::NotReached);
}

void drawBoth(QPainter& painter, const QRectF& rect, const Gate& gate)
{
    const QRectF other(rect.left() - 34, rect.top() + 2, 16, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(Token::Surface));
    painter.drawRect(other.adjusted(-2, -2, 22, 2));
    theme::paintDecision(painter, other, gate.predicted, true);
    drawText(painter, QRectF(other.right() + 2, rect.top(), 14, rect.height()), u"≠"_s,
             {ChainFont::Name, theme::color(Token::Text), Qt::AlignCenter});
}

} // namespace

QFont font(ChainFont which)
{
    QFont font = themed(which);
    const qreal scale = 4.0 / theme::u();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(qRound(font.pixelSize() * scale));
    return font;
}

qreal textWidth(const QString& text, ChainFont which) { return QFontMetricsF(font(which)).horizontalAdvance(text); }

void drawText(QPainter& painter, const QRectF& rect, const QString& text, const Text& how)
{
    const QFont drawn = font(how.font);
    painter.setFont(drawn);
    painter.setPen(how.color);
    const QString shown = QFontMetricsF(drawn).elidedText(base::visible(text), how.elide, rect.width());
    painter.drawText(rect, int(how.align) | Qt::TextSingleLine, shown);
}

QPen linkPen(State state)
{
    QPen pen(theme::color(state == State::Refused ? Token::Refuse : Token::Text2), 2);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    if (state == State::UnderWay || state == State::Predicted || state == State::Failed)
        pen.setDashPattern({3, 2}); // in widths: 6 on, 4 off
    if (state == State::NotReached) {
        pen.setColor(theme::color(Token::LineStrong));
        pen.setDashPattern({0.5, 2.5});
        pen.setCapStyle(Qt::SquareCap);
    }
    return pen;
}

QColor wordColor(State state, base::Decision predicted, bool hasPrediction)
{
    switch (state) {
    case State::Accepted: return theme::color(Token::Accept);
    case State::Refused: return theme::color(Token::Refuse);
    case State::UnderWay: return theme::color(Token::Text);
    case State::Failed: return theme::color(Token::Text);
    case State::NotReached:
    case State::Predicted: break;
    }
    return hasPrediction && predicted == base::Decision::Refuse ? theme::color(Token::Refuse) : theme::color(Token::Text2);
}

void drawArrow(QPainter& painter, const QPolygonF& path, const QPen& pen)
{
    const QPointF tip = path.last();
    const QLineF last(tip, path[path.size() - 2]);
    QPen head = pen;
    head.setStyle(Qt::SolidLine);
    head.setCapStyle(Qt::RoundCap);
    painter.setPen(head);
    for (const qreal turn : {-35.0, 35.0}) {
        QLineF stroke = last;
        stroke.setLength(7);
        stroke.setAngle(last.angle() + turn);
        painter.drawLine(stroke);
    }
}

QPolygonF part(const QPolygonF& path, qreal from, qreal to)
{
    QPainterPath whole;
    whole.addPolygon(path);
    const qreal length = whole.length();
    QPolygonF cut {whole.pointAtPercent(whole.percentAtLength(from * length))};
    qreal done = 0;
    for (qsizetype i = 1; i < path.size(); ++i) {
        done += QLineF(path[i - 1], path[i]).length();
        if (done > from * length && done < to * length)
            cut.append(path[i]);
    }
    cut.append(whole.pointAtPercent(whole.percentAtLength(to * length)));
    return cut;
}

bool disagrees(State state, base::Decision predicted, bool hasPrediction)
{
    if (!hasPrediction || predicted == base::Decision::NotEvaluated || !isDecided(state))
        return false;
    return (state == State::Accepted) != (predicted == base::Decision::Accept);
}

void drawGate(QPainter& painter, const QPointF& at, const Gate& gate)
{
    const QRectF rect(at.x() - gateRadius, at.y() - gateRadius, 2 * gateRadius, 2 * gateRadius);
    if (disagrees(gate.state, gate.predicted, gate.hasPrediction))
        drawBoth(painter, rect, gate);
    if (gate.state == State::NotReached || gate.state == State::Predicted) {
        drawForeseen(painter, gate.hasPrediction ? rect : rect.adjusted(3, 3, -3, -3), gate);
        return;
    }
    if (gate.filled < 1) {
        drawForeseen(painter, rect, gate);
        QPainterPath grown;
        grown.addEllipse(at, gateRadius * 1.5 * gate.filled, gateRadius * 1.5 * gate.filled);
        painter.setClipPath(grown, Qt::IntersectClip);
    }
    theme::paintState(painter, rect, stepState(gate.state));
}

} // namespace chainpaint
