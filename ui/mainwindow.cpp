// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "core/diagnosis/recorded.h"
#include "frame.h"
#include "settings.h"
#include "toolbar.h"
#include "ui/graph/chainpane.h"
#include "ui/models/explained.h"
#include "ui/pages/comparepage.h"
#include "ui/pages/filebar.h"
#include "ui/pages/findingspane.h"
#include "ui/pages/statusbar.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/messagestrip.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize drawnSize {1440, 900};

/// The local files that are dragged; nothing when one of them is none.
QStringList draggedFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (!url.isLocalFile())
            return {};
        files.append(url.toLocalFile());
    }
    return files;
}

} // namespace

MainWindow::MainWindow(session::Session& session, Hooks hooks, Settings& settings, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_hooks(std::move(hooks)), m_settings(settings), m_actions(new Actions(session, this))
{
    setAcceptDrops(true);
    setMinimumSize(smallestWindow().boundedTo(screen()->availableSize()));
    createParts();
    createMenus();
    connectActions();
    connectSession();
    restorePlace();
    showTitle();
    if (!settings.problem().isEmpty())
        showNote(u"Settings were not read"_s, settings.problem());
}

MainWindow::~MainWindow() = default;

// In the order in which Tab walks through them.
void MainWindow::createParts()
{
    m_hides = new QTimer(this);
    m_hides->setSingleShot(true);
    m_hides->setInterval(controls::shownFor);
    connect(m_hides, &QTimer::timeout, this, [this] { setRedaction(true); });
    auto* central = new QWidget(this);
    m_toolBar = new ToolBar(m_session, *m_actions, m_hooks, m_settings, central);
    m_fileBar = new FileBar(m_session, central);
    m_pages = new QStackedWidget(central);
    m_frame = new Frame(m_session, m_hooks, m_settings, m_pages);
    m_pages->addWidget(m_frame);
    m_status = new StatusBar(m_session, m_hooks, central);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_fileBar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    setCentralWidget(central);
    connect(m_pages, &QStackedWidget::currentChanged, this, &MainWindow::placeMessage);
    connect(m_fileBar, &FileBar::hiddenAsked, this, &MainWindow::showHidden);
    connect(m_fileBar, &FileBar::closed, this, [this] {
        if (m_hooks.closeRecording)
            m_hooks.closeRecording();
    });
    connect(m_status, &StatusBar::redactionToggled, this, &MainWindow::setRedaction);
    connect(m_status, &StatusBar::fitRequested, this, [this] { m_frame->chain().fit(); });
    connect(&m_frame->chain(), &ChainPane::zoomChanged, m_status, &StatusBar::setZoom);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &MainWindow::replan);
}

/// Whatever page is looked at, what happens is said above it.
void MainWindow::placeMessage()
{
    auto* layout = static_cast<QVBoxLayout*>(centralWidget()->layout());
    if (m_pages->currentWidget() == m_frame)
        m_frame->takeMessage();
    else
        layout->insertWidget(layout->indexOf(m_pages), &m_frame->message());
}

void MainWindow::restorePlace()
{
    const QByteArray geometry = m_settings.layout(u"geometry"_s, screen());
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(drawnSize.boundedTo(screen()->availableSize()));
    m_frame->setRailShown(m_settings.get(Settings::railShown));
    m_frame->setExplainShown(m_settings.get(Settings::explainShown));
}

void MainWindow::replan()
{
    const LayoutPlan plan = planFor(size(), theme::u());
    m_toolBar->apply(plan);
    m_status->setShort(plan.shortStatus);
    m_status->setVisible(!plan.spare);
    m_frame->apply(plan);
    (*m_actions)[Actions::Id::ExplainPane]->setChecked(m_frame->isExplainShown());
    (*m_actions)[Actions::Id::Findings]->setChecked(m_frame->findings().isOpen());
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    replan();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_shown, true))
        return;
    replan();
    m_toolBar->focusNext();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_hooks.mayClose && !m_hooks.mayClose())
        return event->ignore();
    m_settings.setLayout(u"geometry"_s, screen(), saveGeometry());
    m_settings.set(Settings::railShown, m_frame->isRailShown());
    m_settings.sync();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasText() && !event->mimeData()->hasUrls())
        return event->acceptProposedAction();
    if (!draggedFiles(event->mimeData()).isEmpty() && m_hooks.openSetup)
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    if (event->mimeData()->hasText() && !event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
        return inspect(event->mimeData()->text().toUtf8(), {});
    }
    const QStringList files = draggedFiles(event->mimeData());
    if (files.isEmpty() || !m_hooks.openSetup)
        return;
    event->acceptProposedAction();
    if (takeTogether(files))
        return;
    if (files.size() == 1)
        m_hooks.openSetup(files.front());
    else if (m_hooks.importFiles)
        m_hooks.importFiles(files);
}

void MainWindow::setLab(const LabStatus& status)
{
    m_lab = status;
    m_status->setLab(status);
    (*m_actions)[Actions::Id::CopyManifest]->setEnabled(!status.manifest.isEmpty());
    if (status.state == LabStatus::State::Failed)
        m_frame->message().say(base::Severity::Error, u"The lab has stopped"_s, status.problem, status.problem);
}

void MainWindow::setKeychain(setup::KeychainState state)
{
    m_status->setKeychain(state);
}

void MainWindow::setEdits(const Edited& edited)
{
    (*m_actions)[Actions::Id::Undo]->setEnabled(edited.canUndo);
    (*m_actions)[Actions::Id::Redo]->setEnabled(edited.canRedo);
    (*m_actions)[Actions::Id::DeleteSetup]->setEnabled(edited.inFile);
    m_unsaved = edited.unsaved;
    showTitle();
}

void MainWindow::showProblem(const QString& what, const base::Error& error)
{
    const QString text = error.where.isEmpty() || error.text.contains(error.where) ? error.text : u"%1 (%2)"_s.arg(error.text, error.where);
    m_frame->message().say(base::Severity::Error, what, text, u"%1\n%2\n%3\n%4"_s.arg(what, error.text, error.where, error.code));
}

void MainWindow::showNote(const QString& what, const QString& text)
{
    m_frame->message().say(base::Severity::Warning, what, text, u"%1\n%2"_s.arg(what, text));
}

void MainWindow::showImport(const QString& text, const QString& details)
{
    m_frame->message().say(base::Severity::Info, u"Imported"_s, text, details);
    Explained page {.caption = u"Import"_s, .title = u"What the files became"_s};
    for (const QString& line : details.split(u'\n', Qt::SkipEmptyParts))
        page.sections.append({Explained::Section::Kind::Outside, line.left(16).trimmed(), line.mid(16), {}});
    explainPage(page);
}

void MainWindow::showTitle()
{
    setWindowTitle(m_session.hasSetup() ? u"%1%2 - Trustwalk"_s.arg(m_unsaved ? u"*"_s : QString(), m_session.setup().title) : u"Trustwalk"_s);
}

void MainWindow::setRedaction(bool on)
{
    m_status->setRedaction(on);
    m_frame->setRedaction(on);
    if (m_compare)
        m_compare->setRedaction(on);
    (*m_actions)[Actions::Id::Redaction]->setChecked(on);
    on ? m_hides->stop() : m_hides->start();
}

/// Nobody looks after what is shown in a window that another one covers.
void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow() && m_hides)
        setRedaction(true);
}
