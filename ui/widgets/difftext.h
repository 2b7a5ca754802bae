// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"
#include "ui/widgets/diffcells.h"

#include <QWidget>

/// Presented above expected in the fixed font, on the same columns, the differing characters marked. Wraps both together.
class DiffText : public QWidget
{
    Q_OBJECT
public:
    /// What stands at the right of a line: where the value came from, or which field holds it.
    struct Origin
    {
        QString text {};
        std::optional<flow::PartyKind> party {}; ///< its glyph and name follow the text
        QString name {};
    };

    explicit DiffText(QWidget* parent = nullptr);

    /// Unmarked: the two are shown, not compared.
    void setValues(const QString& presented, const QString& expected, bool marked = true);
    void setOrigins(const Origin& presented, const Origin& expected);
    /// Everything instead of the differing region; offered where isAbbreviated().
    void setWhole(bool whole);
    bool isAbbreviated() const { return m_long && !m_whole; }
    bool isLong() const { return m_long; }
    int places() const { return differingPlaces(m_cells); } ///< 0 when unmarked
    void setCurrentPlace(int place); ///< -1: none
    QRect placeRect(int place) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Placed
    {
        qsizetype cell = 0;
        QRectF rect {};    ///< of the presented half, left-aligned in the value area
        int line = 0;
    };
    struct Arrangement
    {
        QList<Placed> cells {};
        int lines = 1;
        qreal widest = 0;
        bool originsBelow = false;
    };
    Arrangement arrange(int width) const;
    void restyle();
    int labelWidth() const;
    int lineHeight() const;
    int blockHeight() const;    ///< presented and expected of one wrapped line
    int originWidth(const Origin& origin) const;
    qreal cellWidth(const DiffCell& cell) const;
    void paintLabels(QPainter& painter) const;
    void paintCells(QPainter& painter) const;
    void paintHalf(QPainter& painter, const QRectF& rect, const DiffCell::Half& half, bool differs) const;
    void paintOrigin(QPainter& painter, const QRect& rect, const Origin& origin) const;
    void paintOrigins(QPainter& painter) const;

    QString m_presented {};
    QString m_expected {};
    Origin m_from {};
    Origin m_of {};
    QList<DiffCell> m_cells {};
    Arrangement m_arranged {};
    bool m_marked = true;
    bool m_long = false;
    bool m_whole = false;
    int m_place = -1;
};
