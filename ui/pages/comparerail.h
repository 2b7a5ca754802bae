// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/panel.h"

#include <QStyledItemDelegate>

QT_BEGIN_NAMESPACE
class QListView;
QT_END_NAMESPACE

class ComparedSteps;

/// One row a step: two gates, its title, what tells the runs apart.
class CompareRailDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The steps of two runs with two gates each, and the first meaningful difference as a sentence.
class CompareRail : public Panel
{
    Q_OBJECT
public:
    /// `steps` outlives the rail.
    /// `why`: why the first difference matters; may be empty.
    CompareRail(ComparedSteps& steps, const QString& title, const QString& first, const QString& why, QWidget* parent = nullptr);
    void showStep(qsizetype row);
    int currentRow() const;
    QString footText() const;

signals:
    void stepChosen(int row);

private:
    QWidget* createHead(const QString& title);
    QWidget* createFoot(const QString& first, const QString& why);

    ComparedSteps& m_steps;
    QListView* m_list = nullptr;
    QString m_first {};
};
