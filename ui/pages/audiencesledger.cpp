// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "audiencesledger.h"

#include "ui/models/audiencesmodel.h"
#include "ui/pages/audiencesdelegate.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/tokencolumns.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using theme::px;

AudiencesLedger::AudiencesLedger(AudiencesModel* model, QWidget* parent) : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new AudiencesDelegate(this));
    setAccessibleName(u"Audience ledger"_s);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setHorizontalHeader(new TokenColumns(this));
    connect(&theme::watcher(), &theme::Watcher::changed, this, &AudiencesLedger::fitRows);
    fitRows();
}

void AudiencesLedger::fitRows()
{
    verticalHeader()->setMinimumSectionSize(px(26));
    verticalHeader()->setDefaultSectionSize(px(48));
    setFixedHeight(horizontalHeader()->sizeHint().height() + model()->rowCount() * px(48));
    settleColumns();
}

void AudiencesLedger::settleColumns()
{
    const int token = px(80);
    const int rest = viewport()->width() - token;
    setColumnWidth(AudiencesModel::Token, token);
    setColumnWidth(AudiencesModel::Asked, rest * 26 / 100);
    setColumnWidth(AudiencesModel::Issued, rest * 26 / 100);
    setColumnWidth(AudiencesModel::Accepts, rest * 26 / 100);
    setColumnWidth(AudiencesModel::Verdict, rest - 3 * (rest * 26 / 100));
}

void AudiencesLedger::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    settleColumns();
}

void AudiencesLedger::selectLine(int row)
{
    if (row == currentIndex().row() && row >= 0)
        return;
    if (row < 0)
        clearSelection();
    else
        setCurrentIndex(model()->index(row, currentIndex().isValid() ? currentIndex().column() : AudiencesModel::Issued));
}

void AudiencesLedger::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        emit lineChosen(current.row());
    viewport()->update();
}

void AudiencesLedger::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid())
        controls::copyText(currentIndex().data().toString());
    else
        QTableView::keyPressEvent(event);
}

bool AudiencesLedger::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QTableView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), controls::plainToolTip(indexAt(help->pos()).data(Qt::AccessibleTextRole).toString()), viewport());
    return true;
}

/// All rows are on view already; the page around it scrolls.
void AudiencesLedger::wheelEvent(QWheelEvent* event) { event->ignore(); }
