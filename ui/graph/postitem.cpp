// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainitems.h"

#include "ui/graph/chainstops.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using chain::State;
using chainpaint::drawText;
using theme::Token;

namespace {

/// "B.T1" of the second pattern is T1 there: the band says which pattern it is.
QString shortSlot(const QString& evidence)
{
    return evidence.size() > 2 && evidence[1] == u'.' && evidence[0].isUpper() ? evidence.sliced(2) : evidence;
}

/// The reason of a prediction is told by Match; below the gate it would not fit.
QString shortWord(const chain::Link& link)
{
    return link.state == State::Predicted ? link.word.section(u',', 0, 0) : link.word;
}

QString leftOnly(const chain::Link& link, base::Instant now)
{
    QString text = lifetimeText(link, now);
    if (text.endsWith(u" left"))
        text.chop(5);
    return text;
}

} // namespace

PostItem::PostItem(const chain::Link& link, const ChainLayout::Post& post, ChainForm form, base::Instant now)
    : m_link(link), m_post(post), m_form(form), m_now(now)
{
}

void PostItem::setFilled(qreal filled)
{
    m_filled = filled;
    update();
}

QRectF PostItem::boundingRect() const
{
    const QRectF gate(m_post.gate.x() - 48, m_post.gate.y() - 14, 62, 28);
    return m_post.path.boundingRect().united(gate).united(m_post.chip).united(m_post.text).adjusted(-8, -8, 8, 8);
}

void PostItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    paintLine(*painter);
    paintStem(*painter);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme::color(Token::Surface));
    const bool ring = (m_link.state == State::NotReached || m_link.state == State::Predicted) && !m_link.hasPrediction;
    painter->drawEllipse(m_post.gate, ring ? 8 : gateRadius + 2, ring ? 8 : gateRadius + 2);
    painter->save();
    chainpaint::drawGate(*painter, m_post.gate, {m_link.state, m_link.predicted, m_link.hasPrediction, std::min(1.0, 2 * m_filled)});
    painter->restore();
    if (!m_post.chip.isEmpty())
        paintChip(*painter);
    if (m_post.text.isEmpty())
        return;
    if (m_form == ChainForm::Full && m_post.bar)
        paintContract(*painter);
    else
        paintTwoLines(*painter);
}

void PostItem::paintLine(QPainter& painter) const
{
    const qreal drawn = std::clamp(2 * m_filled - 1, 0.0, 1.0);
    const State before = m_filled < 1 ? State::UnderWay : m_link.state;
    const QPen old = chainpaint::linkPen(before);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(old);
    painter.drawPolyline(m_post.path);
    const QPen pen = drawn > 0 ? chainpaint::linkPen(m_link.state) : old;
    if (m_filled < 1 && drawn > 0) {
        painter.setPen(pen);
        painter.drawPolyline(chainpaint::part(m_post.path, 0, drawn));
    }
    if (m_post.arrow && m_link.state != State::NotReached)
        chainpaint::drawArrow(painter, m_post.path, drawn >= 1 ? pen : old);
}

/// Ties evidence, gate and contract together; on a lane border the border itself does.
void PostItem::paintStem(QPainter& painter) const
{
    if (!m_post.bar)
        return;
    QPen pen(theme::color(Token::LineStrong), 1);
    if (m_link.state == State::NotReached)
        pen.setDashPattern({1, 3});
    painter.setPen(pen);
    const qreal x = m_post.gate.x();
    painter.drawLine(QPointF(x, m_post.chip.bottom()), QPointF(x, m_post.gate.y() - gateRadius - 2));
    painter.drawLine(QPointF(x, m_post.gate.y() + gateRadius + 2), QPointF(x, m_post.text.top()));
}

void PostItem::paintChip(QPainter& painter) const
{
    const QRectF& rect = m_post.chip;
    const bool issued = isIssued(m_link);
    const QColor ink = theme::color(issued ? Token::Text : Token::Text2);
    const QString name = shortSlot(m_link.evidence);
    if (m_form == ChainForm::Compact) {
        drawText(painter, rect, name, {ChainFont::CaptionBold, ink, Qt::AlignCenter});
        return;
    }
    QPen pen(issued ? theme::partyColor(m_link.speaker) : theme::color(Token::LineStrong), theme::isHighContrast() && issued ? 2 : 1);
    if (!issued)
        pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.setBrush(theme::color(Token::Surface));
    painter.drawRoundedRect(rect, 3, 3);
    const bool twoLines = m_post.bar && !leftOnly(m_link, m_now).isEmpty();
    const qreal line = twoLines ? 22 : rect.height();
    if (issued)
        theme::paintParty(painter, QRectF(rect.left() + 8, rect.top() + (line - 14) / 2 + 1, 14, 14), m_link.speaker);
    drawText(painter, rect.adjusted(issued ? 28 : 8, 0, -6, line - rect.height()), name, {ChainFont::CaptionBold, ink});
    if (twoLines)
        paintLifetime(painter, rect.adjusted(8, line, -8, -2));
}

void PostItem::paintLifetime(QPainter& painter, const QRectF& rect) const
{
    const bool ended = m_link.expires && *m_link.expires < m_now;
    const QColor ink = theme::color(ended ? Token::Refuse : Token::Text2);
    const bool bar = m_link.expires && m_link.notBefore && *m_link.notBefore < *m_link.expires && !ended;
    drawText(painter, rect, leftOnly(m_link, m_now), {ChainFont::Caption, ink, (bar ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter});
    if (!bar)
        return;
    const QRectF track(rect.left(), rect.center().y() - 2, 34, 4);
    const qreal left = std::clamp(qreal((*m_link.expires - m_now).count()) / qreal((*m_link.expires - *m_link.notBefore).count()), 0.0, 1.0);
    painter.fillRect(track, theme::color(Token::Line));
    painter.fillRect(QRectF(track.left(), track.top(), track.width() * left, track.height()), theme::color(Token::Text3));
}

void PostItem::paintContract(QPainter& painter) const
{
    const QRectF line(m_post.text.left(), m_post.text.top(), m_post.text.width(), m_post.text.height() / 3);
    const bool decided = m_link.state == State::Accepted || m_link.state == State::Refused;
    const QColor weak = theme::color(Token::Text2);
    drawText(painter, line, m_link.contractKind, {ChainFont::Caption, weak, Qt::AlignCenter});
    drawText(painter, line.translated(0, line.height()), m_link.contractName,
             {ChainFont::CaptionBold, decided ? theme::color(Token::Text) : weak, Qt::AlignCenter, Qt::ElideMiddle});
    drawText(painter, line.translated(0, 2 * line.height()), shortWord(m_link),
             {ChainFont::CaptionBold, chainpaint::wordColor(m_link.state, m_link.predicted, m_link.hasPrediction), Qt::AlignCenter});
}

/// Beside a vertical link the contract, under a short post the evidence; then the word.
void PostItem::paintTwoLines(QPainter& painter) const
{
    const QRectF line(m_post.text.left(), m_post.text.top(), m_post.text.width(), m_post.text.height() / 2);
    const Qt::Alignment align = m_post.align | Qt::AlignVCenter;
    const QString first = m_form == ChainForm::Full ? m_link.contractName : shortSlot(m_link.evidence);
    drawText(painter, line, first, {ChainFont::CaptionBold, theme::color(isIssued(m_link) ? Token::Text : Token::Text2), align, Qt::ElideMiddle});
    drawText(painter, line.translated(0, line.height()), m_link.word.section(u':', 0, 0),
             {ChainFont::CaptionBold, chainpaint::wordColor(m_link.state, m_link.predicted, m_link.hasPrediction), align});
}
