// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

struct StepRow;

/// A step in the rail: the gate's glyph on the line that joins all gates, title, parties, state.
class RailDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Short step names and the state's word alone.
    void setShort(bool isShort) { m_short = isShort; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintGate(QPainter& painter, const QRect& rect, const StepRow& row, bool first, bool last) const;
    void paintParties(QPainter& painter, const QRect& line, const StepRow& row) const;
    void paintOutcome(QPainter& painter, const QRect& line, const StepRow& row) const;
    int rowHeight() const;

    bool m_short = false;
};
