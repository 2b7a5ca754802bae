// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "differencetable.h"

#include "ui/models/differencerows.h"
#include "ui/pages/differencedelegate.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/tokencolumns.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using Kind = DifferenceRow::Kind;

DifferenceTable::DifferenceTable(DifferenceModel* model, QWidget* parent)
    : QTableView(parent), m_rows(model)
{
    setModel(model);
    setItemDelegate(new DifferenceDelegate(this));
    setAccessibleName(u"What differs between the two runs"_s);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setHorizontalHeader(new TokenColumns(this));
    connect(&theme::watcher(), &theme::Watcher::changed, this, &DifferenceTable::fitRows);
    fitRows();
}

void DifferenceTable::fitRows()
{
    verticalHeader()->setMinimumSectionSize(px(26));
    verticalHeader()->setDefaultSectionSize(px(32));
    settleColumns();
}

void DifferenceTable::settleColumns()
{
    const int all = viewport()->width(), relation = px(92);
    const bool narrow = all < px(860); // the meaning is in the tooltip then
    setColumnHidden(DifferenceModel::Meaning, narrow);
    const int rest = all - relation;
    const int what = rest * (narrow ? 36 : 26) / 100, value = rest * (narrow ? 32 : 23) / 100;
    setColumnWidth(DifferenceModel::What, what);
    setColumnWidth(DifferenceModel::Left, value);
    setColumnWidth(DifferenceModel::Right, narrow ? rest - what - value : value);
    setColumnWidth(DifferenceModel::Relation, relation);
    setColumnWidth(DifferenceModel::Meaning, rest - what - 2 * value);
}

void DifferenceTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    settleColumns();
    // The runs as a whole above it, and of the chosen step as much of what differs as there is room for.
    if (const int row = currentIndex().row(); row >= 0 && m_rows->rows()[row].kind == Kind::Heading) {
        scrollToTop();
        scrollTo(m_rows->index(std::min(currentIndex().row() + 4, m_rows->rowCount() - 1), 0));
        scrollTo(currentIndex());
    }
}

void DifferenceTable::setOnlyDifferences(bool only)
{
    m_only = only;
    const QList<DifferenceRow>& rows = m_rows->rows();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const bool quiet = rows[i].kind == Kind::Same || rows[i].kind == Kind::Volatile;
        // A step without a difference has nothing to head.
        const bool bare = rows[i].same;
        setRowHidden(int(i), only && (quiet || bare));
    }
}

void DifferenceTable::showStep(qsizetype step)
{
    const int row = currentIndex().row();
    if (row >= 0 && m_rows->rows()[row].step == step)
        return;
    for (qsizetype i = 0; i < m_rows->rows().size(); ++i) {
        if (m_rows->rows()[i].kind != Kind::Heading || m_rows->rows()[i].step != step)
            continue;
        m_following = true;
        setCurrentIndex(m_rows->index(int(i), DifferenceModel::What));
        scrollTo(m_rows->index(int(i), 0));
        m_following = false;
        return;
    }
}

void DifferenceTable::goToDifference(int direction)
{
    const qsizetype count = m_rows->rows().size();
    for (qsizetype i = currentIndex().row() + direction; i >= 0 && i < count; i += direction)
        if (m_rows->rows()[i].kind == Kind::Differs)
            return setCurrentIndex(m_rows->index(int(i), DifferenceModel::What));
}

void DifferenceTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_following && current.row() != previous.row() && current.isValid())
        emit rowChosen(current.row());
    viewport()->update();
}

void DifferenceTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid())
        controls::copyText(currentIndex().data(Qt::AccessibleTextRole).toString());
    else
        QTableView::keyPressEvent(event);
}
