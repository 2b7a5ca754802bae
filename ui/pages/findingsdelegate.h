// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

struct FindingRow;

/// A finding in one line: severity, rule, sentence, place, Show fix. The fix stands below once it was asked for.
class FindingsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    enum class Part { Row, Place, Fix };
    /// What of a row stands at a point.
    Part partAt(const QStyleOptionViewItem& option, const QModelIndex& index, QPoint at) const;

private:
    struct Places;
    Places places(const QStyleOptionViewItem& option, const FindingRow& row) const;
};
