// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/graph/chainpaint.h"

#include <QGraphicsItem>

/// A party: silhouette, name, object word. Ghosted until it is reached.
class PartyItem : public QGraphicsItem
{
public:
    PartyItem(const chain::ChainParty& party, const ChainLayout::Node& node);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    chain::ChainParty m_party;
    ChainLayout::Node m_node;
};

/// A root of trust with the line that leads up to its party.
class PlateItem : public QGraphicsItem
{
public:
    PlateItem(const chain::RootPlate& root, const ChainLayout::Plate& plate);
    void setFilled(qreal filled);
    void setPredicted(base::Decision decision) { m_predicted = decision; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintPlate(QPainter& painter) const;
    void paintSign(QPainter& painter, const QRectF& rect) const;
    void paintWay(QPainter& painter) const;
    void paintLabel(QPainter& painter) const;

    chain::RootPlate m_root;
    ChainLayout::Plate m_plate;
    std::optional<base::Decision> m_predicted {};
    qreal m_filled = 1;
};

/// A link and its signal post: evidence above, gate on the line, contract and verdict below.
class PostItem : public QGraphicsItem
{
public:
    PostItem(const chain::Link& link, const ChainLayout::Post& post, ChainForm form, base::Instant now);
    /// How far what was just observed is drawn: the glyph fills in the first half, then the link. 1: all of it.
    void setFilled(qreal filled);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintLine(QPainter& painter) const;
    void paintStem(QPainter& painter) const;
    void paintChip(QPainter& painter) const;
    void paintLifetime(QPainter& painter, const QRectF& rect) const;
    void paintContract(QPainter& painter) const;
    void paintTwoLines(QPainter& painter) const;

    chain::Link m_link;
    ChainLayout::Post m_post;
    ChainForm m_form;
    base::Instant m_now;
    qreal m_filled = 1;
};

/// "asks for": a dotted line to the resource app below.
class AskItem : public QGraphicsItem
{
public:
    AskItem(const chain::Link& link, const ChainLayout::Ask& ask);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    chain::Link m_link;
    ChainLayout::Ask m_ask;
};

/// "Audit log will show" and the principal.
class AuditItem : public QGraphicsItem
{
public:
    AuditItem(const chain::AuditPrincipal& principal, const QRectF& rect);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    chain::AuditPrincipal m_principal;
    QRectF m_rect;
};
