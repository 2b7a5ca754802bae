// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "actions.h"
#include "ui/hooks.h"

#include <QMainWindow>
#include <QSet>

#include <memory>

QT_BEGIN_NAMESPACE
class QIODevice;
class QMenu;
class QStackedWidget;
class QTimer;
QT_END_NAMESPACE

class AdvisorPage;
class ContractPage;
class DiagnosePage;
class ComparePage;
class FileBar;
class InventoryPage;
class ReviewPage;
class RecordingReader;
class SeamPage;
class SettingsPage;
class Frame;
class Settings;
class StatusBar;
class TabPane;
class ToolBar;
struct ComparedRun;
struct Explained;
namespace diagnosis {
struct Recorded;
struct HeldToken;
struct NamedText;
}

/// The main window: shows a session, hands intents to it and to the program around it.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `settings` outlives the window.
    MainWindow(session::Session& session, Hooks hooks, Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void setLab(const LabStatus& status);
    void setKeychain(setup::KeychainState state);
    /// What became of the setup since it was opened.
    struct Edited
    {
        bool canUndo = false;
        bool canRedo = false;
        bool unsaved = false;
        bool inFile = false; ///< there is a file to save to and to delete
    };
    void setEdits(const Edited& edited);
    /// Inside the window, above the tabs: what was tried ("The setup was not opened"), and why it could not be done.
    void showProblem(const QString& what, const base::Error& error);
    void showNote(const QString& what, const QString& text);
    /// What became of imported files; `details` line by line in the Explain pane and to copy.
    void showImport(const QString& text, const QString& details);

    /// Anything, taken apart on the page that stands in place of the run until it is left.
    void inspect(const QByteArray& text, const QString& name);
    void inspectFile(const QString& path);
    /// The run in view beside one of a file: archive, saved run or bundle; and two files beside each other.
    void compareWith(const QString& path);
    void compareFiles(const QString& left, const QString& right);
    ComparePage* comparison() const { return m_compare; }
    bool isComparing() const;
    DiagnosePage* diagnose() const { return m_diagnose; }
    /// Holds tokens against contracts where the files are such, or are one of the two while the other is on screen; else false.
    bool matchFiles(const QStringList& files);
    /// Files that say something together are shown so: tokens and contracts, two runs. False where they are not such.
    bool takeTogether(const QStringList& files);
    /// Files to look at: together where they are such, else the first, and what was left is said.
    void inspectFiles(const QStringList& files);
    /// A token and contracts that were put in together, or one of them while the other is on screen; null until then.
    ContractPage* contracts() const { return m_contracts; }
    /// The choices that lead to a new setup, in place of the run until they are left.
    void showAdvisor();
    AdvisorPage* advisor() const { return m_advisor; }
    /// The agents of the open setup, and the questions of its review, in place of the run until they are left.
    void showInventory();
    void showReview();
    void showSettings();
    SettingsPage* settingsPage() const { return m_settingsPage; }
    InventoryPage* inventory() const { return m_inventory; }
    ReviewPage* review() const { return m_review; }

    void showSeam();
    SeamPage* seam() const { return m_seam; }

    session::Session& session() const { return m_session; }
    Frame& frame() const { return *m_frame; }
    Actions& actions() const { return *m_actions; }
    ToolBar& toolBar() const { return *m_toolBar; }

protected:
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createParts();
    void placeMessage();
    void createMenus();
    void createLabMenu(QMenu* menu);
    void createViewMenu(QMenu* menu);
    void createAppearanceMenu(QMenu* menu);
    void fillFaults(QMenu* menu);
    void connectActions();
    void connectWalk();
    void connectView();
    void connectTools();
    void connectSession();
    void restorePlace();
    void replan();

    void chooseFile();
    void chooseImports();
    void chooseInspected();
    bool match(const QList<diagnosis::NamedText>& texts);
    QList<diagnosis::HeldToken> tokensAtHand() const;
    void chooseCompared();
    void readCompared(const QString& path, std::function<void(const ComparedRun&)> done);
    void showComparison(const ComparedRun& left, const ComparedRun& right);
    TabPane& tabsInView() const;
    void showRun();
    void leavePages();
    void openRecording(std::unique_ptr<QIODevice> from, const QString& name);
    void showHidden();
    void setupOpened();
    void sendStep(const QString& stepId);
    void stepRecorded(const QString& stepId);
    void waitingChanged();
    void viewStep(int direction);
    void cyclePane(int direction);
    QList<QWidget*> tabStops() const;
    void copyFocused();
    void editField();
    void setRedaction(bool on);
    void explainPage(const Explained& page);
    void showTitle();

    session::Session& m_session;
    Hooks m_hooks;
    Settings& m_settings;
    LabStatus m_lab {};
    QSet<QString> m_agreed {};   ///< live steps of a higher setup that were asked for
    bool m_wasWaiting = false;
    bool m_shown = false;
    bool m_unsaved = false;
    Actions* m_actions = nullptr;
    ToolBar* m_toolBar = nullptr;
    QTimer* m_hides = nullptr;   ///< runs while secrets are shown
    QStackedWidget* m_pages = nullptr;
    Frame* m_frame = nullptr;
    FileBar* m_fileBar = nullptr;
    RecordingReader* m_reader = nullptr;
    std::unique_ptr<diagnosis::Recorded> m_recorded {}; ///< a file with several flows, of which one is shown
    DiagnosePage* m_diagnose = nullptr; ///< made when something is first looked at
    ContractPage* m_contracts = nullptr; ///< made when a token is first held against a contract
    AdvisorPage* m_advisor = nullptr;   ///< made when it is first asked for
    InventoryPage* m_inventory = nullptr;
    ReviewPage* m_review = nullptr;
    SettingsPage* m_settingsPage = nullptr;
    ComparePage* m_compare = nullptr;   ///< made when two runs are compared
    SeamPage* m_seam = nullptr;
    StatusBar* m_status = nullptr;
};

/// Whether a file begins as a recorded run does: an archive, a saved run, a bundle.
bool holdsRecordedRun(const QString& path);
