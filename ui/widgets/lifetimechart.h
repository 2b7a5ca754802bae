// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"

#include <QWidget>

/// Where times lie on a common axis, and which round times are named. Pure.
struct LifetimeAxis
{
    base::Instant begin {};
    base::Instant end {};
    QList<base::Instant> ticks {};
};
/// Long lives do not squeeze short ones: a bar of more than four times the shortest runs off the axis.
LifetimeAxis lifetimeAxis(const QList<chain::Audience>& rows, base::Instant now);

/// All lifetimes on one axis, a tick where each token was presented.
class LifetimeChart : public QWidget
{
    Q_OBJECT
public:
    explicit LifetimeChart(QWidget* parent = nullptr);
    void setRows(const QList<chain::Audience>& rows, base::Instant now);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void rowClicked(const QString& slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF area() const;
    QRectF rowRect(qsizetype row) const;
    qreal xOf(base::Instant t) const;
    void paintAxis(QPainter& painter) const;
    void paintRow(QPainter& painter, qsizetype row) const;
    void paintBar(QPainter& painter, const chain::Audience& row, const QRectF& line) const;
    QString lengthText(const chain::Audience& row) const;
    void paintNow(QPainter& painter) const;

    QList<chain::Audience> m_rows {};
    LifetimeAxis m_axis {};
    base::Instant m_now {};
};
