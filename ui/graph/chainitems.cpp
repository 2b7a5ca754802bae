// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainitems.h"

#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;
using chainpaint::drawText;
using theme::Token;

namespace {

constexpr qreal pad = 4; // around what is painted, for pens and arrow heads

QPen ghostPen()
{
    QPen pen(theme::color(Token::LineStrong), 1.5);
    pen.setDashPattern({2, 2});
    return pen;
}

QPen outline(const QColor& color) { return QPen(color, theme::isHighContrast() ? 2 : 1.5); }

} // namespace

PartyItem::PartyItem(const chain::ChainParty& party, const ChainLayout::Node& node) : m_party(party), m_node(node) {}

QRectF PartyItem::boundingRect() const { return m_node.rect.adjusted(-pad, -pad, pad, pad); }

void PartyItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const QRectF& rect = m_node.rect;
    const QColor own = theme::partyColor(m_party.kind);
    painter->setPen(m_party.reached ? outline(own) : ghostPen());
    // A remark below the chain keeps the surface: its tint would read as reached by a hop of its own.
    painter->setBrush(m_party.reached ? theme::partyTint(m_party.kind) : theme::color(Token::Surface));
    painter->drawRoundedRect(rect, 5, 5);
    const qreal line = m_node.small ? rect.height() : 38;
    theme::paintParty(*painter, QRectF(rect.left() + 10, rect.top() + (line - 20) / 2, 20, 20), m_party.kind);
    const QColor ink = theme::color(m_party.reached ? Token::Text : Token::Text2);
    drawText(*painter, QRectF(rect.left() + 38, rect.top(), rect.width() - 44, line), m_party.title,
             {ChainFont::Name, ink});
    if (!m_node.small)
        drawText(*painter, QRectF(rect.left() + 10, rect.top() + 36, rect.width() - 18, 22), m_party.word,
                 {ChainFont::Caption, m_party.reached ? own : ink});
}

PlateItem::PlateItem(const chain::RootPlate& root, const ChainLayout::Plate& plate) : m_root(root), m_plate(plate) {}

void PlateItem::setFilled(qreal filled)
{
    m_filled = filled;
    update();
}

QRectF PlateItem::boundingRect() const
{
    const QRectF gate(m_plate.gate.x() - gateRadius, m_plate.gate.y() - gateRadius, 2 * gateRadius, 2 * gateRadius);
    return m_plate.rect.united(m_plate.label).united(m_plate.path.boundingRect()).united(gate).adjusted(-pad, -pad, pad, pad);
}

void PlateItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    paintWay(*painter);
    paintPlate(*painter);
}

void PlateItem::paintWay(QPainter& painter) const
{
    const bool carries = !m_root.stepId.isEmpty();
    const chain::State state = carries ? m_root.state : chain::State::Accepted;
    QPen pen = chainpaint::linkPen(m_filled < 1 ? chain::State::NotReached : state);
    painter.setPen(pen);
    painter.drawPolyline(m_plate.path);
    if (!carries)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(Token::Surface));
    const bool ring = (state == chain::State::NotReached || state == chain::State::Predicted) && !m_predicted;
    const qreal hole = ring ? 8 : gateRadius + 2;
    painter.drawEllipse(m_plate.gate, hole, hole);
    painter.save();
    chainpaint::drawGate(painter, m_plate.gate, {.state = state, .predicted = m_predicted.value_or(base::Decision::NotEvaluated),
                                                 .hasPrediction = m_predicted.has_value(), .filled = std::min(1.0, 2 * m_filled)});
    painter.restore();
    paintLabel(painter);
}

void PlateItem::paintLabel(QPainter& painter) const
{
    if (m_plate.label.isEmpty())
        return;
    const QColor ink = theme::color(Token::Text2);
    if (m_plate.label.height() < 20) {
        const bool token = m_root.root == chain::Root::Attested && m_root.state == chain::State::Accepted;
        drawText(painter, m_plate.label, token ? QString(m_root.evidence + u" issued") : m_root.evidence,
                 {ChainFont::Caption, ink, Qt::AlignRight | Qt::AlignVCenter});
        return;
    }
    const QRectF first(m_plate.label.left(), m_plate.label.top(), m_plate.label.width(), 15);
    drawText(painter, first, m_root.evidence, {ChainFont::CaptionBold, ink, Qt::AlignCenter});
    drawText(painter, first.translated(0, 15), m_root.word.section(u':', 0, 0),
             {ChainFont::CaptionBold, chainpaint::wordColor(m_root.state, {}, false), Qt::AlignCenter});
}

void PlateItem::paintSign(QPainter& painter, const QRectF& rect) const
{
    switch (m_root.root) {
    case chain::Root::Attested: theme::paintIcon(painter, rect, u"attested-compute"_s, theme::color(Token::Text)); return;
    case chain::Root::DiskSecret: theme::paintIcon(painter, rect, u"secret-on-disk"_s, theme::color(Token::Warn)); return;
    case chain::Root::User: theme::paintParty(painter, rect, flow::PartyKind::User); return;
    case chain::Root::Mixed:
    case chain::Root::Unknown: theme::paintDecision(painter, rect, base::Decision::NotEvaluated); return;
    }
}

void PlateItem::paintPlate(QPainter& painter) const
{
    const QRectF& rect = m_plate.rect;
    const bool secret = m_root.root == chain::Root::DiskSecret;
    painter.setPen(secret ? outline(theme::color(Token::Warn)) : QPen(theme::color(Token::LineStrong), 1));
    painter.setBrush(theme::color(secret ? Token::WarnBg : Token::Sunken));
    painter.drawRoundedRect(rect, 3, 3);
    const QRectF sign(m_plate.slim ? rect.center().x() - 8 : rect.left() + 10, rect.center().y() - 8, 16, 16);
    paintSign(painter, sign);
    if (m_plate.slim)
        return;
    const QRectF text(rect.left() + 34, rect.center().y() - 17, rect.width() - 38, 17);
    drawText(painter, text, m_root.title, {ChainFont::CaptionBold, theme::color(Token::Text)});
    drawText(painter, text.translated(0, 17), m_root.detail, {ChainFont::Caption, theme::color(Token::Text2)});
}

AskItem::AskItem(const chain::Link& link, const ChainLayout::Ask& ask) : m_link(link), m_ask(ask) {}

QRectF AskItem::boundingRect() const { return m_ask.path.boundingRect().united(m_ask.label).adjusted(-pad, -pad, pad, pad); }

void AskItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setPen(chainpaint::linkPen(chain::State::NotReached));
    painter->drawPolyline(m_ask.path);
    if (!m_ask.label.isEmpty())
        drawText(*painter, m_ask.label, u"asks for"_s, {ChainFont::Caption, theme::color(Token::Text2)});
}

AuditItem::AuditItem(const chain::AuditPrincipal& principal, const QRectF& rect) : m_principal(principal), m_rect(rect) {}

QRectF AuditItem::boundingRect() const { return m_rect; }

void AuditItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const QRectF line(m_rect.left(), m_rect.top(), m_rect.width(), m_rect.height() / 2);
    drawText(*painter, line, m_principal.observed ? u"Audit log shows"_s : u"Audit log will show"_s,
             {ChainFont::Caption, theme::color(Token::Text2)});
    drawText(*painter, line.translated(0, line.height()), m_principal.principal,
             {ChainFont::CaptionBold, theme::color(Token::Text2), Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle});
}
