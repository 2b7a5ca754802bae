// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/drive.h"
#include "app/walker.h"
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
    void change(setup::Setup setup);
    void play(session::Against against);
    void setFault(const QString& id, bool on);
    void applyFix(const base::Check& check);
    void saveReport();
    void saveText(const QString& name, const QByteArray& text);
    void saveSetup();
    void saveSetupTo(const QString& file, bool overwrite);
    /// A dialog of its own life; nothing happens when it is left.
    QFileDialog* askForFile(const QString& title, const QString& name, const QString& filter);
    void showSecrets();
    void labDown(const base::Error& error);
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
    bool m_driven = false;
    int m_shots = 0;
    std::unique_ptr<MainWindow> m_window {};
};

} // namespace app
