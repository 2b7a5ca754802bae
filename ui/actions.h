// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QAction>
#include <QHash>

#include <functional>

/// Everything that can be done, once: text, icon, keys, and when it is possible. Menus and the tool bar only arrange it.
class Actions : public QObject
{
    Q_OBJECT
public:
    enum class Id {
        NewSetup, Open, Import, Inspect, Compare, Paste, SaveSetup, SaveSetupAs, DeleteSetup, Report, NewWindow, Close, Quit,
        Undo, Redo, Copy, Filter, NextHit, PreviousHit, CopyVerdict,
        Match, Token, Wire, Audiences, Explain, NextTab, PreviousTab,
        Rail, ExplainPane, Findings, ChainTable, ZoomIn, ZoomOut, Fit, NextPane, PreviousPane, Larger, Smaller, FullScreen,
        Next, SendAgain, RunAll, ReadKeys, EditField, Settings, Manual, Cancel, Earlier, Later, Reset, Hidden, NextFinding, PreviousFinding, NextDifference, PreviousDifference,
        Inventory, Review, Seam, Redeploy, Option1, Option2, RestartLab, Redaction, CopyManifest,
        Glossary, Keys, About
    };

    Actions(session::Session& session, QWidget* window);

    QAction* operator[](Id id) const { return m_actions.value(id); }
    /// What triggering does.
    void on(Id id, std::function<void()> act);
    /// Looks at the session again.
    void refresh();
    /// Text and keys of all that have any, for the page of keys.
    QList<QPair<QString, QString>> keys() const;

private:
    void refreshVariants();

    session::Session& m_session;
    QHash<Id, QAction*> m_actions {};
};

/// "Next", "Send step 2 again", "Send step 4": what the button says follows from where one looks.
QString nextText(const session::Session& session, bool brief = false);
/// Whether every live step of this setup is asked for on its own.
bool asksBeforeSending(const session::Session& session);
