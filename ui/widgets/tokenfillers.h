// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/claims.h"

#include <QWidget>

/// Who filled how many claims: one segment per object, and a legend that also names those that filled nothing.
class TokenFillers : public QWidget
{
    Q_OBJECT
public:
    explicit TokenFillers(QWidget* parent = nullptr);
    void setFillers(const QList<chain::Filler>& fillers);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<QRect> legendRects(int width) const;
    int barWidth(int width) const;
    int entryWidth(const chain::Filler& filler) const;

    QList<chain::Filler> m_fillers {};
};
