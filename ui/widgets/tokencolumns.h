// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHeaderView>

/// Titles of columns whose first one begins as far from the edge as every pane does.
class TokenColumns : public QHeaderView
{
    Q_OBJECT
public:
    explicit TokenColumns(QWidget* parent);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void paintEvent(QPaintEvent* event) override;
};
