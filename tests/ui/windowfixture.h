// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/walker.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"

#include <QTemporaryDir>

/// The whole window over a real session and lab, as the program builds it, with settings of its own.
class WindowFixture
{
public:
    WindowFixture();
    ~WindowFixture();

    /// Opens a sample against the lab; false when it does not come up in time.
    bool open(const QString& sample, const QStringList& faults = {});
    /// Sends the next step and waits for its end.
    bool next();
    bool runAll();
    /// The user named signs in by itself; empty: nobody does, the step waits.
    void signInAs(const QString& user) { m_walker.setSelfSignIn(user); }
    void select(const base::Place& place) { session().select(place); }

    MainWindow& window() { return *m_window; }
    session::Session& session() { return m_walker.session(); }
    Settings& settings() { return *m_settings; }
    app::Walker& walker() { return m_walker; }
    QStringList opened() const { return m_opened; } ///< what the window asked to open

private:
    bool idle();

    QTemporaryDir m_folder {};
    std::unique_ptr<Settings> m_settings {};
    app::Walker m_walker {};
    QStringList m_opened {};
    std::unique_ptr<MainWindow> m_window {};
};
