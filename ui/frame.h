// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "layoutplan.h"
#include "tabpane.h"
#include "ui/hooks.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QSplitter;
QT_END_NAMESPACE

class AskStrip;
class EditStrip;
class ChainPane;
class ExplainPane;
class FindingsPane;
class MessageStrip;
class Rail;
class Settings;

/// Everything between tool bar and status bar: rail, chain, tabs, Explain, findings, and how they share the room.
class Frame : public QWidget
{
    Q_OBJECT
public:
    Frame(session::Session& session, const Hooks& hooks, Settings& settings, QWidget* parent = nullptr);

    void apply(const LayoutPlan& plan);
    /// The selection's tab, if its place names one.
    void follow(const base::Place& place);
    void setRailShown(bool shown);
    void setExplainShown(bool shown);
    bool isRailShown() const;
    bool isExplainShown() const;
    /// Brings Explain on screen, as pane or as tab.
    void revealExplain();
    void setRedaction(bool on);
    /// Gives the pane that holds `inside` more room, or less.
    void grow(QWidget* inside, int direction);
    /// In the order of F6.
    QList<QWidget*> panes() const;
    /// In the order of Tab: pages are made late, so the order in which widgets were made says nothing.
    QList<QWidget*> tabOrder() const;

    TabPane& tabs() const { return *m_tabs; }
    ChainPane& chain() const { return *m_chain; }
    ExplainPane& explain() const { return *m_explain; }
    FindingsPane& findings() const { return *m_findings; }
    MessageStrip& message() const { return *m_message; }
    /// Back above the tabs, after it stood above another page.
    void takeMessage();
    AskStrip& ask() const { return *m_ask; }
    EditStrip& edit() const { return *m_edit; }
    Rail& rail() const { return *m_rail; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createPanes();
    void createSplitters();
    void createTabs();
    TabPane::Page makeMatch(QWidget* parent);
    TabPane::Page makeToken(QWidget* parent);
    TabPane::Page makeWire(QWidget* parent);
    void placeExplain();
    void shareRoom();
    void remember(const QString& name, const QSplitter& splitter);
    bool recall(const QString& name, QSplitter& splitter);
    QString shape() const;
    int chainHeight(bool compact) const;
    void settleChain();
    void openFindings();
    void showVerdictOnTab();
    void showSignInTab();

    session::Session& m_session;
    const Hooks& m_hooks;
    Settings& m_settings;
    LayoutPlan m_plan {};
    bool m_applied = false;
    bool m_tokenWantsRoom = false;
    bool m_findingsChosen = false; ///< the user opened or closed them: no more by themselves
    bool m_explainWanted = true;
    bool m_redaction = true;
    QSplitter* m_outer = nullptr;  ///< rail | rest
    QSplitter* m_upper = nullptr;  ///< chain and tabs | Explain
    QSplitter* m_center = nullptr; ///< chain / tabs
    Rail* m_rail = nullptr;
    ChainPane* m_chain = nullptr;
    TabPane* m_tabs = nullptr;
    QBoxLayout* m_lower = nullptr; ///< messages, questions, tabs
    MessageStrip* m_message = nullptr;
    AskStrip* m_ask = nullptr;
    EditStrip* m_edit = nullptr;
    ExplainPane* m_explain = nullptr;
    FindingsPane* m_findings = nullptr;
};
