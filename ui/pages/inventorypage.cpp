// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inventorypage.h"

#include "core/report/inventory.h"
#include "core/session/session.h"
#include "ui/models/designsubject.h"
#include "ui/models/inventorymodel.h"
#include "ui/pages/inventorydelegate.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/pagehead.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using session::Session;

InventoryPage::InventoryPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_head(new PageHead(u"Inventory"_s, this)), m_model(new InventoryModel(this)), m_empty(new EmptyState(this)), m_stack(new QStackedLayout)
{
    QPushButton* copy = m_head->addButton(u"Copy as Markdown"_s, u"copy"_s);
    connect(copy, &QPushButton::clicked, this, [this] { controls::copyText(markdown()); });
    QPushButton* save = m_head->addButton(u"Save\u2026"_s, u"save"_s);
    connect(save, &QPushButton::clicked, this, [this] { emit saved(m_session.setup().id + u"-inventory.md"_s, markdown().toUtf8()); });
    connect(m_head, &PageHead::closed, this, &InventoryPage::closed);
    createTable();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(m_stack, 1);
    for (const auto signal : {&Session::setupChanged, &Session::flowChanged, &Session::runChanged})
        connect(&session, signal, this, [this] {
            if (isVisible())
                refresh();
        });
    refresh();
}

void InventoryPage::createTable()
{
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new InventoryDelegate(m_table));
    m_table->setAccessibleName(u"Agents of this setup"_s);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setProperty("roomy", true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // A row is as high as its longest cell, and that follows from the width.
    connect(header, &QHeaderView::sectionResized, m_table, &QTableView::resizeRowsToContents, Qt::QueuedConnection);
}

QString InventoryPage::markdown() const { return report::inventoryMarkdown(m_session.setup(), m_model->agents()); }

void InventoryPage::refresh()
{
    const DesignSubject subject = designSubject(m_session);
    m_model->setAgents(subject.setup.id.isEmpty() ? QList<diagnosis::AgentRecord>() : diagnosis::inventory(subject.material()));
    const auto& agents = m_model->agents();
    const auto has = [](diagnosis::Known diagnosis::AgentRecord::*answer) { return [answer](const diagnosis::AgentRecord& a) { return !(a.*answer).values.isEmpty(); }; };
    const qsizetype dormant = std::ranges::count_if(agents, has(&diagnosis::AgentRecord::dormant)), wide = std::ranges::count_if(agents, has(&diagnosis::AgentRecord::tooWide));
    m_head->setSummary(u"%1, %2 dormant, %3 too wide. %4"_s.arg(agents.size() == 1 ? u"1 agent"_s : u"%1 agents"_s.arg(agents.size())).arg(dormant).arg(wide)
            .arg(subject.withRun ? u"Of the setup and of this run."_s : u"Of the setup; a run adds what it shows."_s));
    m_empty->show(u"No agent here"_s, u"This setup has no agent, and nothing in it calls a target."_s);
    m_stack->setCurrentWidget(agents.isEmpty() ? static_cast<QWidget*>(m_empty) : m_table);
    m_table->resizeRowsToContents();
}

void InventoryPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void InventoryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    if (m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(0, 0));
    m_table->setFocus(Qt::OtherFocusReason);
}
