// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "frame.h"
#include "helptexts.h"
#include "settings.h"
#include "toolbar.h"
#include "ui/graph/chainpane.h"
#include "ui/pages/comparepage.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/findingspane.h"
#include "ui/pages/matchpage.h"
#include "ui/pages/statusbar.h"
#include "ui/pages/tokenpage.h"
#include "ui/widgets/controls.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QKeyEvent>
#include <QTabBar>

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Tab = TabPane::Tab;

namespace {

bool takesFocus(const QWidget& w)
{
    return (w.focusPolicy() & Qt::TabFocus) && w.isVisible() && w.isEnabled() && !w.focusProxy();
}

/// What Tab visits inside a pane, in the order it was made.
QList<QWidget*> stopsIn(QWidget& pane)
{
    QList<QWidget*> stops;
    if (takesFocus(pane))
        stops.append(&pane);
    QWidget* window = pane.window();
    for (QWidget* w = window->nextInFocusChain(); w && w != window; w = w->nextInFocusChain())
        if (w->window() == window && pane.isAncestorOf(w) && takesFocus(*w))
            stops.append(w);
    return stops;
}

} // namespace

void MainWindow::connectActions()
{
    Actions& a = *m_actions;
    a.on(Id::Open, [this] { chooseFile(); });
    a.on(Id::Paste, [this] { inspect(QApplication::clipboard()->text().toUtf8(), {}); });
    a.on(Id::Inspect, [this] { chooseInspected(); });
    a.on(Id::Compare, [this] { chooseCompared(); });
    a.on(Id::Import, [this] { chooseImports(); });
    a.on(Id::NewSetup, [this] { showAdvisor(); });
    a[Id::NewSetup]->setVisible(bool(m_hooks.createSetup));
    a[Id::Import]->setVisible(bool(m_hooks.importFiles));
    a.on(Id::Close, [this] { close(); });
    a.on(Id::Quit, [this] { close(); });
    a.on(Id::Copy, [this] { copyFocused(); });
    const std::pair<Id, const std::function<void()>&> asked[] {{Id::SaveSetup, m_hooks.saveSetup}, {Id::SaveSetupAs, m_hooks.saveSetupAs}, {Id::DeleteSetup, m_hooks.deleteSetup},
        {Id::Report, m_hooks.saveReport}, {Id::NewWindow, m_hooks.newWindow}, {Id::Undo, m_hooks.undo}, {Id::Redo, m_hooks.redo}};
    for (const auto& [id, hook] : asked) {
        if (hook)
            a.on(id, hook);
        a[id]->setVisible(bool(hook)); // keys of entries that are nowhere to be seen do nothing
    }
    setEdits({});
    a[Id::Open]->setEnabled(bool(m_hooks.openSetup));
    leavePages();
    connectWalk();
    connectView();
    connectTools();
}

void MainWindow::connectView()
{
    Actions& a = *m_actions;
    const std::pair<Id, Tab> tabs[] {{Id::Match, Tab::Match}, {Id::Token, Tab::Token}, {Id::Wire, Tab::Wire}, {Id::Audiences, Tab::Audiences}};
    for (const auto& [id, tab] : tabs)
        a.on(id, [this, which = tab] {
            tabsInView().show(which);
            tabsInView().bar()->setFocus(Qt::ShortcutFocusReason);
        });
    a.on(Id::Explain, [this] {
        if (isComparing())
            return m_compare->tabs().show(Tab::Explain);
        m_frame->revealExplain();
        m_frame->explain().setFocus(Qt::ShortcutFocusReason);
        replan();
    });
    a.on(Id::NextTab, [this] { tabsInView().step(1); });
    a.on(Id::PreviousTab, [this] { tabsInView().step(-1); });
    a.on(Id::Rail, [this] { m_frame->setRailShown(!m_frame->isRailShown()); });
    a.on(Id::ExplainPane, [this] {
        m_frame->setExplainShown(!m_frame->isExplainShown());
        m_settings.set(Settings::explainShown, m_frame->isExplainShown());
    });
    a.on(Id::Findings, [this] { m_frame->findings().setOpen(!m_frame->findings().isOpen()); });
    a.on(Id::ChainTable, [this] {
        m_frame->chain().toggleTable();
        (*m_actions)[Id::ChainTable]->setChecked(m_frame->chain().showsTable());
    });
    a.on(Id::ZoomIn, [this] { m_frame->chain().zoomIn(); });
    a.on(Id::ZoomOut, [this] { m_frame->chain().zoomOut(); });
    a.on(Id::Fit, [this] { m_frame->chain().fit(); });
    a.on(Id::NextPane, [this] { cyclePane(1); });
    a.on(Id::PreviousPane, [this] { cyclePane(-1); });
    a.on(Id::Larger, [this] { m_frame->grow(focusWidget(), 1); });
    a.on(Id::Smaller, [this] { m_frame->grow(focusWidget(), -1); });
    a.on(Id::FullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    a[Id::Rail]->setChecked(m_settings.get(Settings::railShown));
    connect(&m_frame->findings(), &FindingsPane::opened, a[Id::Findings], &QAction::setChecked);
}

void MainWindow::connectTools()
{
    Actions& a = *m_actions;
    const auto match = [this]() -> MatchPage& {
        m_frame->tabs().show(Tab::Match);
        return static_cast<MatchPage&>(*m_frame->tabs().page(Tab::Match));
    };
    a.on(Id::CopyVerdict, [match] { match().copyVerdict(); });
    a.on(Id::NextDifference, [this, match] { isComparing() ? m_compare->goToDifference(1) : match().nextDifference(); });
    a.on(Id::PreviousDifference, [this, match] { isComparing() ? m_compare->goToDifference(-1) : match().previousDifference(); });
    const auto token = [this]() -> TokenPage& {
        m_frame->tabs().show(Tab::Token);
        return static_cast<TokenPage&>(*m_frame->tabs().page(Tab::Token));
    };
    a.on(Id::Filter, [token] { token().openFilter(); });
    a.on(Id::NextHit, [token] { token().goToHit(1); });
    a.on(Id::PreviousHit, [token] { token().goToHit(-1); });
    a.on(Id::Inventory, [this] { showInventory(); });
    a.on(Id::Review, [this] { showReview(); });
    a.on(Id::Hidden, [this] { showHidden(); });
    a.on(Id::NextFinding, [this] { m_frame->findings().cycle(1); });
    a.on(Id::PreviousFinding, [this] { m_frame->findings().cycle(-1); });
    a.on(Id::Seam, [this] { showSeam(); });
    a[Id::Redeploy]->setVisible(bool(m_hooks.redeploy));
    if (m_hooks.redeploy)
        a.on(Id::Redeploy, m_hooks.redeploy);
    for (const auto& [id, option] : {std::pair(Id::Option1, 1), std::pair(Id::Option2, 2)}) {
        a[id]->setVisible(bool(m_hooks.setOption));
        if (m_hooks.setOption)
            a.on(id, [this, chosen = option] {
                m_hooks.setOption(chosen);
                m_actions->refresh(); // a press on the one that is chosen unchecks nothing
            });
    }
    if (m_hooks.restartLab)
        a.on(Id::RestartLab, m_hooks.restartLab);
    a.on(Id::CopyManifest, [this] { controls::copyText(m_lab.manifest); });
    a[Id::CopyManifest]->setEnabled(false);
    a.on(Id::Redaction, [this] { setRedaction((*m_actions)[Id::Redaction]->isChecked()); });
    a[Id::Redaction]->setChecked(true);
    a.on(Id::Glossary, [this] {
        m_frame->revealExplain();
        m_frame->explain().showGlossary(m_frame->explain().termAtHand());
    });
    a.on(Id::Manual, [this] { explainPage(manualPage()); });
    a.on(Id::Settings, [this] { showSettings(); });
    a.on(Id::Keys, [this] { explainPage(keysPage(*m_actions)); });
    a.on(Id::About, [this] { explainPage(aboutPage()); });
}

void MainWindow::explainPage(const Explained& page)
{
    m_frame->revealExplain();
    m_frame->explain().showPage(page);
}

void MainWindow::chooseFile()
{
    auto* dialog = new QFileDialog(this, u"Open a setup"_s, {}, u"Setups (*.json);;All files (*)"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { m_hooks.openSetup(file); });
    dialog->open();
}

void MainWindow::chooseImports()
{
    auto* dialog = new QFileDialog(this, u"Import configuration"_s, {}, u"Configuration (*.json *.env .env *.yml *.yaml);;All files (*)"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, m_hooks.importFiles);
    dialog->open();
}

void MainWindow::cyclePane(int direction)
{
    QList<QWidget*> panes {m_toolBar};
    panes += m_frame->panes();
    panes.append(m_status);
    QWidget* focused = focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused)))
            at = i;
    for (qsizetype i = 1; i <= panes.size(); ++i) {
        const qsizetype next = (at + direction * i + panes.size() * (i + 1)) % panes.size();
        const QList<QWidget*> stops = stopsIn(*panes[next]);
        if (stops.isEmpty() || panes[next]->isAncestorOf(focused))
            continue;
        return stops.first()->setFocus(Qt::TabFocusReason);
    }
}

QList<QWidget*> MainWindow::tabStops() const
{
    QList<QWidget*> panes {m_toolBar};
    panes += m_frame->tabOrder();
    panes.append(m_status);
    QList<QWidget*> stops;
    for (QWidget* pane : panes)
        for (QWidget* stop : stopsIn(*pane))
            if (!stops.contains(stop))
                stops.append(stop);
    return stops;
}

bool MainWindow::focusNextPrevChild(bool next)
{
    const QList<QWidget*> stops = tabStops();
    if (stops.isEmpty())
        return QMainWindow::focusNextPrevChild(next);
    const qsizetype at = stops.indexOf(focusWidget());
    const qsizetype to = at < 0 ? 0 : (at + (next ? 1 : -1) + stops.size()) % stops.size();
    stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

// The widgets know what their value is: they get the key they would have got.
void MainWindow::copyFocused()
{
    QWidget* target = focusWidget();
    if (!target)
        return;
    QKeyEvent press(QEvent::KeyPress, Qt::Key_C, Qt::ControlModifier);
    QApplication::sendEvent(target, &press);
}
