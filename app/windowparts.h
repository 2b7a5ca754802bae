// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/drafts.h"
#include "app/drive.h"
#include "app/edits.h"
#include "app/walker.h"
#include "core/setup/import.h"
#include "ui/actions.h"
#include "ui/hooks.h"
#include "ui/settings.h"

#include <QObject>

#include <memory>

QT_BEGIN_NAMESPACE
class QFileDialog;
QT_END_NAMESPACE

class MainWindow;

namespace app {

/// Composition root of the window: owns what it shows and fulfils what it asks for.
class WindowParts : public QObject
{
    Q_OBJECT
public:
    explicit WindowParts(const Drive& drive);
    ~WindowParts() override;

    /// The setup asked for, else the last one, else the first sample.
    void open();
    /// The window stands: what would have slowed it down begins.
    void painted();
    /// Told to end from outside: keeps what is open and ends the event loop.
    void terminate();
    MainWindow& window() { return *m_window; }

private:
    Hooks hooks();
    base::Result<void> load(const QString& fileOrSample);
    void openSetup(const QString& fileOrSample);
    void openOther(const QString& file);
    void redeploy();
    void setOption(int option);
    void createSetup(const QByteArray& document, const QString& title);
    void importFiles(const QStringList& files);
    void begin(setup::Setup setup);
    void beginImported(const setup::Setup& setup, const setup::Imported& imported);
    void change(setup::Setup setup);
    void adopt(const Edit& edit);
    void showEdits();
    void play(session::Against against);
    void setFault(const QString& id, bool on);
    void applyFix(const base::Check& check);
    QString writePlayed(const QString& pointer, const QByteArray& json);
    void saveReport();
    void exportTo(const QString& file, const QString& filter);
    void saveText(const QString& name, const QByteArray& text);
    void saveSetup(const std::function<void()>& then = {});
    void saveSetupAs(const std::function<void()>& then = {});
    bool saveSetupTo(const QString& file, bool overwrite);
    void deleteSetup();
    void deleteNow();
    /// Goes on at once, or when what is unsaved was saved or given up; not at all when the question is left.
    void whenSettled(const std::function<void()>& then);
    bool mayClose();
    void keepDraft();
    void keepRun();
    void rememberLeftRuns();
    void openDraft();
    void markOpen();
    void newWindow() const;
    /// A dialog of its own life; nothing happens when it is left.
    QFileDialog* askForFile(const QString& title, const QString& name, const QString& filter);
    void showSecrets();
    void labDown(const base::Error& error);
    /// Beside what is shown, and not before the first setup stands: it clears what was said about an earlier one.
    void note(const QString& what, const QString& text);
    LabStatus labStatus(LabStatus::State state) const;
    void opened();
    void finished();
    void offerSecrets();
    void shoot(const QString& name);
    void pictureThen(const QString& name, std::function<void()> then);
    void pictureTabs(QList<Actions::Id> tabs);
    void end();

    Drive m_drive;
    Settings m_settings;
    Walker m_walker {};
    setup::Setup m_setup {};     ///< as written, faults aside
    Edits m_edits {};
    Drafts m_drafts;
    bool m_driven = false;
    bool m_ended = false;        ///< from outside
    std::function<void()> m_later {}; ///< to be said once the first setup stands
    int m_shots = 0;
    std::unique_ptr<MainWindow> m_window {};
};

} // namespace app
