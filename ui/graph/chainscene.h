// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/graph/chainstops.h"

#include <QGraphicsScene>
#include <QHash>

class PlateItem;
class PostItem;

/// A chain laid out as items, with one selection that is a Place.
class ChainScene : public QGraphicsScene
{
    Q_OBJECT
public:
    explicit ChainScene(QObject* parent = nullptr);
    ~ChainScene() override;

    /// Draws this chain in place of the last one; what was decided since then fills in, unless motion is off.
    void setChain(const chain::Chain& chain, base::Instant now, const QHash<QString, base::Decision>& rootPredictions = {});
    /// Lays out again; width as in ChainLayoutOptions.
    void setForm(ChainForm form, qreal width);
    /// How large the chain would be.
    QSizeF sizeIn(ChainForm form, qreal width) const;
    void setMotion(bool motion) { m_motion = motion; }
    /// Room at the right of the title line that is taken by buttons, in units of the drawing.
    void setTitleReserve(qreal reserve);
    /// Where the title of the last lane would end if nothing stood beside it.
    qreal lastTitleEnd() const;

    void select(const base::Place& place);
    void refresh();

    const ChainLayout& geometry() const { return m_layout; }
    const QList<ChainStop>& stops() const { return m_stops; }
    int currentStop() const { return m_current; }
    int stopUnder(const QPointF& at) const;
    void chooseStop(int stop);   ///< selects it everywhere
    void openStop(int stop);
    bool move(Qt::Key key);      ///< false when there is nothing in that direction

signals:
    void chosen(const base::Place& place);
    void opened(const base::Place& place);

protected:
    void drawBackground(QPainter* painter, const QRectF& exposed) override;
    void drawForeground(QPainter* painter, const QRectF& exposed) override;

private:
    ChainLayout laidOut(ChainForm form, qreal width) const;
    void rebuild();
    void addItems();
    void drawLaneTitles(QPainter& painter) const;
    qreal freeRight() const;
    void drawBands(QPainter& painter, const QRectF& exposed) const;
    void drawFrame(QPainter& painter) const;
    void fillIn(const QHash<QString, chain::State>& before);
    QHash<QString, chain::State> states() const;

    chain::Chain m_chain {};
    QHash<QString, base::Decision> m_rootPredictions {};
    base::Instant m_now {};
    ChainForm m_form = ChainForm::Full;
    qreal m_width = 0;
    qreal m_reserve = 0;
    ChainLayout m_layout {};
    QList<ChainStop> m_stops {};
    base::Place m_place {};
    int m_current = -1;
    bool m_motion = true;
    QHash<QString, PostItem*> m_posts {};   ///< by link id
    QHash<QString, PlateItem*> m_plates {}; ///< by step id
};
