// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

struct WireRow;

/// A line of a message: name, value with its redaction marks as lozenges, where the value came from.
class WireDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintField(QPainter& painter, const QRect& rect, const WireRow& row) const;
    void paintStart(QPainter& painter, const QRect& rect, const WireRow& row) const;
};
