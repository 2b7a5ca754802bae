// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/claimsmodel.h"

#include <QPersistentModelIndex>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTreeView>

/// Draws the rows of a ClaimsModel: a filler's edge, elided values, the full text where a row was opened.
class ClaimsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ClaimsDelegate(QTreeView* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    void toggle(const QModelIndex& row);
    bool isOpen(const QModelIndex& index) const;
    void closeAll() { m_open.clear(); }

private:
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintClaim(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintMeaning(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintFiller(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintFocus(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    int openHeight(const QModelIndex& index) const;

    QTreeView* m_view;
    QSet<QPersistentModelIndex> m_open {};
};

/// The claims of one token as a table in groups. Enter shows a row's full text in place, Ctrl+C copies its value.
class TokenClaims : public QTreeView
{
    Q_OBJECT
public:
    explicit TokenClaims(QWidget* parent = nullptr);

    void setContent(const TokenContent& content);
    void setSignatureShown(bool shown) { m_model->setSignatureShown(shown); }
    void setFilter(const QString& text);
    void goToHit(int direction);    ///< the next claim below (1) or above (-1) that the filter left, and round
    void select(const QString& claim);
    int neededHeight() const;       ///< to show everything without scrolling
    ClaimsModel& claims() const { return *m_model; }

signals:
    void claimChosen(const QString& claim);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    bool viewportEvent(QEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void settleGroups();
    void settleColumns();
    const chain::ClaimRow* rowAt(const QModelIndex& index) const;
    void openRow(const QModelIndex& index);
    QString fullText(const QModelIndex& index) const;

    ClaimsModel* m_model;
    QSortFilterProxyModel* m_filter;
    ClaimsDelegate* m_delegate;
    bool m_filling = false;
};
