// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "layoutplan.h"
#include "ui/actions.h"
#include "ui/hooks.h"
#include "ui/widgets/panel.h"

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

class Chooser;
class Segmented;
class Settings;

/// Which setup, which flow; back, next, run all, reset; lab or live.
class ToolBar : public Panel
{
    Q_OBJECT
public:
    ToolBar(session::Session& session, Actions& actions, const Hooks& hooks, Settings& settings, QWidget* parent = nullptr);

    void apply(const LayoutPlan& plan);
    QPushButton* nextButton() const { return m_next; }
    /// Now, or as soon as there is something to send.
    void focusNext();
    /// Menus of the choosers, which the menu bar shows too.
    void fillSetups(QMenu* menu);
    void fillFlows(QMenu* menu);

private:
    void createChoosers();
    void createButtons();
    void createSwitch();
    void arrange();
    void showSetup();
    void showRun();
    void keepNextFocused();
    QPushButton* button(Actions::Id id, const QString& text, bool quiet);

    session::Session& m_session;
    Actions& m_actions;
    const Hooks& m_hooks;
    Settings& m_settings;
    LayoutPlan m_plan {};
    bool m_nextHadFocus = false;
    Chooser* m_setup = nullptr;
    Chooser* m_flow = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QPushButton* m_all = nullptr;
    QPushButton* m_reset = nullptr;
    QToolButton* m_more = nullptr;
    Segmented* m_against = nullptr;
};
