// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenclaims.h"

#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/tokencolumns.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;

TokenClaims::TokenClaims(QWidget* parent)
    : QTreeView(parent), m_model(new ClaimsModel(this)), m_filter(new QSortFilterProxyModel(this)), m_delegate(new ClaimsDelegate(this))
{
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterKeyColumn(-1);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_filter);
    setItemDelegate(m_delegate);
    setAccessibleName(u"Claims"_s);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHeader(new TokenColumns(this));
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (!index.parent().isValid())
            setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
    });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &TokenClaims::settleGroups);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &TokenClaims::settleColumns);
}

void TokenClaims::setContent(const TokenContent& content)
{
    const QScopedValueRollback filling(m_filling, true);
    m_delegate->closeAll();
    m_model->setContent(content);
    settleGroups();
    settleColumns();
}

/// Groups span all columns; the payload is open, the header closed unless something is wrong in it.
void TokenClaims::settleGroups()
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex group = m_filter->index(row, 0);
        setFirstColumnSpanned(row, {}, true);
        const bool filtered = !m_filter->filterRegularExpression().pattern().isEmpty();
        const bool problem = group.data(ClaimsModel::SummaryRole).toString().contains(u"problem");
        setExpanded(group, filtered || problem || m_filter->mapToSource(group).row() != ClaimsModel::Header);
    }
}

void TokenClaims::settleColumns()
{
    const int room = viewport()->width();
    const int claim = std::clamp(room * 14 / 100, px(112), px(176));
    const int filler = std::clamp(room * 16 / 100, px(96), px(200));
    const int value = (room - claim - filler) * 51 / 100;
    setColumnWidth(ClaimsModel::Claim, claim);
    setColumnWidth(ClaimsModel::Value, value);
    setColumnWidth(ClaimsModel::Meaning, room - claim - filler - value);
    setColumnWidth(ClaimsModel::FilledBy, filler);
    scheduleDelayedItemsLayout();
}

void TokenClaims::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    settleColumns();
}

void TokenClaims::setFilter(const QString& text)
{
    m_filter->setFilterFixedString(text);
    settleGroups();
}

void TokenClaims::goToHit(int direction)
{
    QModelIndex last = m_filter->index(m_filter->rowCount() - 1, 0);
    int rows = 0;
    for (int group = 0; group < m_filter->rowCount(); ++group)
        rows += 1 + m_filter->rowCount(m_filter->index(group, 0));
    if (isExpanded(last) && m_filter->hasChildren(last))
        last = m_filter->index(m_filter->rowCount(last) - 1, 0, last);
    for (QModelIndex index = currentIndex(); rows > 0; --rows) {
        index = direction > 0 ? indexBelow(index) : indexAbove(index);
        if (!index.isValid())
            index = direction > 0 ? m_filter->index(0, 0) : last;
        if (rowAt(index))
            return setCurrentIndex(index);
    }
}

const chain::ClaimRow* TokenClaims::rowAt(const QModelIndex& index) const { return m_model->row(m_filter->mapToSource(index)); }

void TokenClaims::select(const QString& claim)
{
    const QScopedValueRollback filling(m_filling, true);
    const chain::ClaimRow* current = rowAt(currentIndex());
    if (current && current->name == claim)
        return;
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(claim));
    if (!index.isValid()) {
        clearSelection();
        return;
    }
    setExpanded(index.parent(), true);
    setCurrentIndex(index);
    // Where the view was never shown, it does not know its height yet.
    QMetaObject::invokeMethod(this, [this] { scrollTo(currentIndex()); }, Qt::QueuedConnection);
}

void TokenClaims::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    const chain::ClaimRow* row = rowAt(current);
    if (!m_filling && row && row->part != chain::ClaimRow::Part::Problem)
        emit claimChosen(row->name);
}

void TokenClaims::openRow(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    if (!index.parent().isValid()) {
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
        return;
    }
    m_delegate->toggle(index);
    scheduleDelayedItemsLayout();
}

void TokenClaims::keyPressEvent(QKeyEvent* event)
{
    const chain::ClaimRow* row = rowAt(currentIndex());
    if (event->matches(QKeySequence::Copy) && row)
        controls::copyText(row->value);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openRow(currentIndex());
    else
        QTreeView::keyPressEvent(event);
}

void TokenClaims::mouseDoubleClickEvent(QMouseEvent* event) { openRow(indexAt(event->pos())); }

QString TokenClaims::fullText(const QModelIndex& index) const
{
    const QString aside = index.data(ClaimsModel::AsideRole).toString();
    const QString text = index.data().toString();
    return index.column() == ClaimsModel::Meaning && !aside.isEmpty() ? QString(text + u", " + aside) : text;
}

bool TokenClaims::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QTreeView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QModelIndex index = indexAt(help->pos());
    const bool fits = !index.isValid() || !index.parent().isValid()
        || QFontMetrics(theme::font(theme::Type::Fixed)).horizontalAdvance(fullText(index)) < columnWidth(index.column()) - px(24);
    QToolTip::showText(help->globalPos(), fits ? QString() : controls::plainToolTip(fullText(index)), viewport());
    return true;
}

int TokenClaims::neededHeight() const
{
    int rows = 0;
    for (int group = 0; group < m_filter->rowCount(); ++group) {
        const QModelIndex index = m_filter->index(group, 0);
        rows += 1 + (isExpanded(index) ? m_filter->rowCount(index) : 0);
    }
    return header()->height() + rows * px(26);
}
