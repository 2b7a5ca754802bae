// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "appearances.h"
#include "frame.h"
#include "settings.h"
#include "toolbar.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QActionGroup>
#include <QMenuBar>

using namespace Qt::StringLiterals;
using Id = Actions::Id;

namespace {

void add(QMenu* menu, const Actions& actions, std::initializer_list<std::optional<Id>> ids)
{
    for (const auto& id : ids) {
        if (id)
            menu->addAction(actions[*id]);
        else
            menu->addSeparator();
    }
}

constexpr auto gap = std::nullopt;

bool showsIn(const Hooks::Fault& fault, const QString& recipe)
{
    return fault.recipes.isEmpty() || fault.recipes.split(u' ').contains(recipe);
}

} // namespace

void MainWindow::createMenus()
{
    const Actions& actions = *m_actions;
    QMenu* file = menuBar()->addMenu(u"&File"_s);
    QMenu* setups = file->addMenu(u"Se&tups"_s);
    setups->setToolTipsVisible(true);
    connect(setups, &QMenu::aboutToShow, this, [this, setups] { m_toolBar->fillSetups(setups); });
    if (m_hooks.createSetup)
        add(file, actions, {Id::NewSetup});
    add(file, actions, {Id::Open});
    if (m_hooks.importFiles)
        add(file, actions, {Id::Import});
    add(file, actions, {Id::Inspect, Id::Compare});
    if (m_hooks.saveSetup)
        add(file, actions, {Id::SaveSetup, Id::SaveSetupAs});
    if (m_hooks.deleteSetup)
        add(file, actions, {Id::DeleteSetup});
    if (m_hooks.saveReport)
        add(file, actions, {Id::Report});
    if (m_hooks.newWindow)
        add(file, actions, {gap, Id::NewWindow});
    add(file, actions, {gap, Id::Close, Id::Quit});

    QMenu* edit = menuBar()->addMenu(u"&Edit"_s);
    if (m_hooks.undo)
        add(edit, actions, {Id::Undo, Id::Redo, gap});
    if (m_hooks.editField)
        add(edit, actions, {Id::EditField, gap});
    add(edit, actions, {Id::Copy, Id::CopyVerdict, Id::Paste, gap, Id::Filter, Id::NextHit, Id::PreviousHit, gap, Id::Settings});
    createViewMenu(menuBar()->addMenu(u"&View"_s));

    QMenu* walk = menuBar()->addMenu(u"&Walk"_s);
    QMenu* flows = walk->addMenu(u"F&low"_s);
    connect(flows, &QMenu::aboutToShow, this, [this, flows] { m_toolBar->fillFlows(flows); });
    if (m_hooks.setOption)
        add(walk, actions, {Id::Option1, Id::Option2});
    walk->setToolTipsVisible(true);
    add(walk, actions, {gap, Id::Next, Id::SendAgain, Id::RunAll, Id::ReadKeys, Id::Cancel, gap, Id::Earlier, Id::Later, gap, Id::Reset});

    QMenu* lab = menuBar()->addMenu(u"&Lab"_s);
    lab->setToolTipsVisible(true);
    createLabMenu(lab);
    QMenu* tools = menuBar()->addMenu(u"&Tools"_s);
    add(tools, actions, {Id::NextFinding, Id::PreviousFinding, Id::NextDifference, Id::PreviousDifference, gap, Id::Inventory, Id::Review, gap, Id::Seam, Id::Redaction});
    tools->setToolTipsVisible(true);
    if (m_hooks.showSecrets)
        tools->addAction(u"&Secrets of this setup…"_s, this, m_hooks.showSecrets);
    add(menuBar()->addMenu(u"&Help"_s), actions, {Id::Glossary, Id::Manual, Id::Keys, gap, Id::About});
}

void MainWindow::createViewMenu(QMenu* menu)
{
    add(menu, *m_actions, {Id::Match, Id::Token, Id::Wire, Id::Audiences, Id::Explain, Id::NextTab, Id::PreviousTab, gap, Id::Hidden, gap});
    add(menu, *m_actions, {Id::Rail, Id::ExplainPane, Id::Findings, gap, Id::ChainTable, Id::ZoomIn, Id::ZoomOut, Id::Fit, gap});
    add(menu, *m_actions, {Id::NextPane, Id::PreviousPane, Id::Larger, Id::Smaller, gap});
    createAppearanceMenu(menu->addMenu(u"A&ppearance"_s));
    add(menu, *m_actions, {Id::FullScreen});
}

void MainWindow::createAppearanceMenu(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    for (const AppearanceRow& row : appearances) {
        QAction* action = menu->addAction(QString::fromUtf16(row.text), this, [this, row] {
            theme::setAppearance(row.appearance);
            m_settings.set(Settings::appearance, QString::fromUtf16(row.id));
        });
        action->setCheckable(true);
        group->addAction(action);
        const auto show = [action, row] { action->setChecked(theme::appearance() == row.appearance); };
        connect(menu, &QMenu::aboutToShow, action, show);
        show();
    }
}

void MainWindow::createLabMenu(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    const auto against = [&](const QString& text, session::Against which) {
        QAction* action = menu->addAction(text, this, [this, which] {
            if (m_hooks.setAgainst)
                m_hooks.setAgainst(which);
        });
        action->setCheckable(true);
        action->setEnabled(bool(m_hooks.setAgainst));
        group->addAction(action);
        const auto show = [this, action, which] { action->setChecked(m_session.against() == which); };
        connect(menu, &QMenu::aboutToShow, action, show);
        show();
    };
    against(u"Walk in the &lab"_s, session::Against::Lab);
    against(u"Walk li&ve"_s, session::Against::Live);
    menu->addSeparator();
    if (m_hooks.setFault && !m_hooks.faults.isEmpty()) {
        QMenu* faults = menu->addMenu(theme::icon(u"fault"_s), u"&Faults"_s);
        faults->setToolTipsVisible(true);
        connect(faults, &QMenu::aboutToShow, this, [this, faults] { fillFaults(faults); });
    }
    if (m_hooks.redeploy)
        add(menu, *m_actions, {Id::Redeploy});
    if (m_hooks.restartLab)
        add(menu, *m_actions, {Id::RestartLab});
    add(menu, *m_actions, {Id::CopyManifest});
}

// Only what shows in this flow; what breaks and how it is found stands in the tool tip.
void MainWindow::fillFaults(QMenu* menu)
{
    menu->clear();
    for (const Hooks::Fault& fault : m_hooks.faults) {
        const bool on = m_lab.faults.contains(fault.id);
        if (!on && !showsIn(fault, m_session.flow().recipe))
            continue;
        QAction* action = menu->addAction(QString(fault.title).replace(u'&', "&&"_L1));
        action->setCheckable(true);
        action->setChecked(on);
        action->setToolTip(controls::plainToolTip(fault.breaks));
        connect(action, &QAction::toggled, this, [this, id = fault.id](bool checked) { m_hooks.setFault(id, checked); });
    }
    if (menu->isEmpty())
        menu->addAction(u"No fault shows in this flow"_s)->setEnabled(false);
}
