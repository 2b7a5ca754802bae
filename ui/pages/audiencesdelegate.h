// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

/// Two lines a cell: the value, and below it whose it is.
class AudiencesDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit AudiencesDelegate(QTableView* view);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintToken(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintLines(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintRing(QPainter& painter, const QRect& rect, const QModelIndex& index) const;

    QTableView* m_view;
};
