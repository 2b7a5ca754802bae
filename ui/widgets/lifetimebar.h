// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/tokencontent.h"

#include <QWidget>

/// From nbf to exp with now between them: elapsed is filled, what lies behind the end is hatched.
class LifetimeBar : public QWidget
{
    Q_OBJECT
public:
    explicit LifetimeBar(QWidget* parent = nullptr);
    void setFacts(const LifetimeFacts& facts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintTitle(QPainter& painter) const;
    void paintBar(QPainter& painter, const QRectF& bar) const;
    void paintTimes(QPainter& painter, const QRectF& bar) const;
    qreal xOf(base::Instant t, const QRectF& bar) const;

    LifetimeFacts m_facts {};
};
