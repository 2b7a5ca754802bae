// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowparts.h"

#include "app/cli/output.h"
#include "app/exports.h"
#include "app/secretsdialog.h"
#include "core/lab/faults.h"
#include "core/report/runjson.h"
#include "core/setup/file.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;
using session::Against;

namespace {

theme::Appearance appearanceOf(const QString& name)
{
    if (name == u"light")
        return theme::Appearance::Light;
    if (name == u"dark")
        return theme::Appearance::Dark;
    return name == u"highContrast" ? theme::Appearance::HighContrast : theme::Appearance::System;
}

constexpr qint64 mostConfiguration = 4 * 1024 * 1024; // larger files are recordings

/// Told from its beginning: a setup with a fault in it is still one, and its fault is said.
bool isSetup(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) && json::Document::read(file.read(mostConfiguration)).root()["schema"].text() == u"setup";
}

} // namespace

WindowParts::WindowParts(const Drive& drive)
    : m_drive(drive)
    , m_settings(drive.settings)
    , m_drafts(QFileInfo(m_settings.file()).path() + u"/drafts"_s)
{
    theme::install(appearanceOf(m_settings.get(Settings::appearance)));
    m_walker.setSelfSignIn(drive.signIn);
    m_walker.setFaults(drive.faults);
    connect(&m_walker, &Walker::opened, this, &WindowParts::opened);
    connect(&m_walker, &Walker::failed, this, &WindowParts::labDown);
    connect(&m_walker, &Walker::signInFailed, this, [this](const QString& why) { m_window->showNote(u"The sign-in stopped"_s, why); });
    connect(&m_walker.session(), &session::Session::finished, this, &WindowParts::finished, Qt::QueuedConnection);
    connect(&m_walker.keychain(), &setup::Keychain::stateChanged, this, [this] { m_window->setKeychain(m_walker.keychain().state()); });
    m_walker.deferLab();
}

WindowParts::~WindowParts()
{
    if (!m_ended)
        m_drafts.dropRun();
}

void WindowParts::painted()
{
    m_walker.releaseLab();
    m_walker.keychain().probe();
}

Hooks WindowParts::hooks()
{
    Hooks hooks {
        .openSetup = [this](const QString& name) { openSetup(name); },
        .createSetup = [this](const QByteArray& document, const QString& title) { createSetup(document, title); },
        .importFiles = [this](const QStringList& files) { importFiles(files); },
        .closeRecording = [this] { play(m_walker.against()); },
        .setAgainst = [this](Against against) { play(against); },
        .setFault = [this](const QString& id, bool on) { setFault(id, on); },
        .redeploy = [this] { redeploy(); },
        .setOption = [this](int option) { setOption(option); },
        .restartLab = [this] { play(Against::Lab); },
        .saveReport = [this] { saveReport(); },
        .applyFix = [this](const base::Check& check) { applyFix(check); },
        .editField = [this](const QString& pointer, const QByteArray& value) { return writePlayed(pointer, value); },
        .saveText = [this](const QString& name, const QByteArray& text) { saveText(name, text); },
        .saveSetup = [this] { saveSetup(); },
        .saveSetupAs = [this] { saveSetupAs(); },
        .deleteSetup = [this] { deleteSetup(); },
        .undo = [this] { adopt(m_edits.undo()); },
        .redo = [this] { adopt(m_edits.redo()); },
        .mayClose = [this] { return mayClose(); },
        .newWindow = [this] { newWindow(); },
        .showSecrets = [this] { showSecrets(); },
        .samples = setup::sampleIds(),
        .describe = [](const QString& id) {
            const auto sample = setup::sample(id);
            return sample ? Hooks::Sample {id, sample->title, sample->summary} : Hooks::Sample {id, id, {}};
        },
    };
    for (const lab::Fault& fault : lab::faults())
        hooks.faults.append({QString::fromLatin1(fault.id), QString::fromUtf8(fault.title), QString::fromUtf8(fault.breaks), QString::fromLatin1(fault.recipes)});
    return hooks;
}

void WindowParts::open()
{
    // The session has its setup before there is a widget, so that each view is filled once and not emptied first.
    const QString first = setup::sampleIds().front();
    const bool other = QFileInfo(m_drive.setup).isFile() && !isSetup(m_drive.setup);
    const QString wanted = m_drive.setup.isEmpty() || other ? m_settings.get(Settings::lastSetup) : m_drive.setup;
    const auto loaded = load(wanted.isEmpty() ? first : wanted);
    if (!loaded)
        load(first);
    m_walker.open(m_setup, Against::Lab);
    if (!m_drive.flow.isEmpty())
        m_walker.session().setFlow(m_drive.flow);
    m_window = std::make_unique<MainWindow>(m_walker.session(), hooks(), m_settings);
    m_window->setLab(labStatus(LabStatus::State::Starting));
    showEdits();
    if (!loaded)
        m_window->showProblem(u"The setup was not opened"_s, loaded.error());
    else
        markOpen();
    rememberLeftRuns();
    if (m_drive.setup.isEmpty())
        openDraft();
    if (other && !m_drive.compare.isEmpty() && holdsRecordedRun(m_drive.setup))
        m_window->compareFiles(m_drive.setup, m_drive.compare);
    else if (other)
        openOther(m_drive.setup);
}

base::Result<void> WindowParts::load(const QString& fileOrSample)
{
    auto setup = setup::load(fileOrSample);
    if (!setup)
        return tl::unexpected(setup.error());
    m_setup = std::move(*setup);
    m_settings.remember(fileOrSample);
    m_settings.set(Settings::lastSetup, fileOrSample);
    m_edits.start({m_setup, m_walker.faults()}, m_setup.file.isEmpty() ? Edits::Home::Sample : Edits::Home::File);
    return {};
}

void WindowParts::openSetup(const QString& fileOrSample)
{
    if (QFileInfo(fileOrSample).isFile() && !isSetup(fileOrSample))
        return openOther(fileOrSample);
    whenSettled([this, fileOrSample] {
        if (const auto loaded = load(fileOrSample); !loaded)
            return m_window->showProblem(u"The setup was not opened"_s, loaded.error());
        if (m_driven)
            m_walker.setFaults({}); // a fault belongs to the setup it was switched on for
        m_edits.setFaults(m_walker.faults());
        m_drafts.drop();
        showEdits();
        play(Against::Lab);
        markOpen();
    });
}

/// A file that is no setup: one can be made of it, or it is something to look at.
void WindowParts::openOther(const QString& file)
{
    if (holdsRecordedRun(file))
        return m_window->inspectFile(file);
    const auto text = QFileInfo(file).size() <= mostConfiguration ? cli::readInput(file) : base::Result<QByteArray>(QByteArray());
    if (text && setup::importFiles({{file, *text}}))
        return importFiles({file});
    m_window->inspectFile(file);
}

/// Belongs to no file until it is saved.
void WindowParts::createSetup(const QByteArray& document, const QString& title)
{
    auto made = setup::parseSetup(document);
    if (!made)
        return m_window->showProblem(u"%1 was not made"_s.arg(title), made.error());
    whenSettled([this, setup = std::move(*made)] { begin(setup); });
}

/// A setup that was not there before: no fault was switched on for it.
void WindowParts::begin(setup::Setup setup)
{
    m_setup = std::move(setup);
    m_walker.setFaults({});
    m_edits.start({m_setup, {}}, Edits::Home::Nowhere);
    keepDraft();
    showEdits();
    play(Against::Lab);
}

/// Another form of the open setup: it still belongs to the same file.
void WindowParts::change(setup::Setup setup)
{
    setup.file = m_setup.file;
    setup.onDisk = m_setup.onDisk;
    m_setup = std::move(setup);
    m_edits.add({m_setup, m_walker.faults()});
    keepDraft();
    showEdits();
    play(m_walker.against());
}

/// The setup of the files is opened, and belongs to no file yet. What was not taken over stands above the tabs.
void WindowParts::importFiles(const QStringList& names)
{
    QList<setup::ImportFile> files;
    for (const QString& name : names) {
        auto bytes = cli::readInput(name);
        if (!bytes)
            return m_window->showProblem(u"Nothing was imported"_s, bytes.error());
        files.append({QFileInfo(name).fileName(), std::move(*bytes)});
    }
    const auto imported = setup::importFiles(files);
    if (!imported)
        return m_window->showProblem(u"Nothing was imported"_s, imported.error());
    auto made = setup::parseSetup(imported->document);
    if (!made)
        return m_window->showProblem(u"Nothing was imported"_s, made.error());
    whenSettled([this, setup = std::move(*made), imported = *imported] { beginImported(setup, imported); });
}

void WindowParts::beginImported(const setup::Setup& setup, const setup::Imported& imported)
{
    begin(setup);
    const qsizetype gaps = imported.notUnderstood.size(), madeUp = imported.madeUp.size(), secrets = imported.secrets.size();
    const QString text = u"%1 files read, %2 things not understood, %3 made up because no file says them, %4 secrets left where they are."_s.arg(imported.read.size()).arg(gaps).arg(madeUp).arg(secrets);
    m_window->showImport(text, setup::importSummary(imported));
}

void WindowParts::play(Against against)
{
    m_window->setLab(labStatus(against == Against::Lab ? LabStatus::State::Starting : LabStatus::State::Off));
    m_walker.open(m_setup, against);
}

void WindowParts::setFault(const QString& id, bool on)
{
    QStringList faults = m_walker.faults();
    faults.removeAll(id);
    if (on)
        faults.append(id);
    m_walker.setFaults(faults);
    m_edits.setFaults(faults);
    play(Against::Lab);
}

void WindowParts::applyFix(const base::Check& check)
{
    const QString problem = writePlayed(check.fixPointer, json::quoted(setup::unbound(check.fixValue, m_walker.session().bindings())));
    if (!problem.isEmpty())
        m_window->showProblem(u"The fix was not applied"_s, {u"setup-field"_s, problem, {}});
}

/// What is written goes into the setup that is played: faults that changed the setup are in it and switched off with it.
QString WindowParts::writePlayed(const QString& pointer, const QByteArray& json)
{
    auto broken = lab::faulted(m_setup, m_walker.faults());
    if (!broken)
        return broken.error().text;
    auto mended = setup::edited(*broken, pointer, json);
    if (!mended)
        return mended.error().text;
    QStringList rest;
    for (const QString& id : m_walker.faults())
        if (const lab::Fault* fault = lab::fault(id); fault && !fault->apply)
            rest.append(id);
    m_walker.setFaults(rest);
    change(std::move(*mended));
    return {};
}

/// Redacted, always: who wants what is hidden asks for it on the command line.
void WindowParts::saveReport()
{
    const QString name = safeFileName(m_walker.session().flow().id);
    QFileDialog* dialog = askForFile(u"Export report"_s, name + u".html"_s, exportFilters());
    dialog->setDefaultSuffix(u"html"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, name](const QString& filter) {
        dialog->setDefaultSuffix(exportSuffix(filter));
        dialog->selectFile(name + u'.' + exportSuffix(filter));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& file) { exportTo(file, dialog->selectedNameFilter()); });
}

/// What is saved is the run of this moment; the report of a long one is drawn on a worker.
void WindowParts::exportTo(const QString& file, const QString& filter)
{
    const session::Session& s = m_walker.session();
    DesignSubject design = designSubject(s);
    const QByteArray run = design.withRun ? design.run.source() : report::runJson(s);
    Exportable what {run, std::move(design)};
    QThreadPool::globalInstance()->start([self = QPointer(this), what = std::move(what), file, filter] {
        if (const auto written = exportRun(what, file, filter); !written)
            QMetaObject::invokeMethod(qGuiApp, [self, problem = written.error()] {
                if (self)
                    self->m_window->showProblem(u"The report was not saved"_s, problem);
            });
    });
}

void WindowParts::showSecrets()
{
    auto* dialog = new SecretsDialog(m_setup, m_walker.keychain(), m_walker.secrets(), m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

LabStatus WindowParts::labStatus(LabStatus::State state) const
{
    LabStatus status {.state = state, .address = u"127.0.0.1"_s, .faults = m_walker.faults()};
    if (state != LabStatus::State::Running)
        return status;
    lab::Lab& lab = const_cast<Walker&>(m_walker).lab();
    for (const lab::Lab::Endpoint& endpoint : lab.endpoints())
        status.endpoints.append({endpoint.name, endpoint.url});
    status.manifest = lab.manifestPath();
    return status;
}

void WindowParts::labDown(const base::Error& error)
{
    LabStatus status = labStatus(LabStatus::State::Failed);
    status.problem = error.text;
    m_window->setLab(status);
    m_window->showProblem(u"The lab did not start"_s, error);
    if (m_drive.quitWhenDone)
        QApplication::exit(cli::fail(error));
}

void WindowParts::note(const QString& what, const QString& text)
{
    if (m_driven)
        return m_window->showNote(what, text);
    m_later = [this, what, text] { m_window->showNote(what, text); };
}

void WindowParts::opened()
{
    m_window->setLab(labStatus(m_walker.against() == Against::Lab ? LabStatus::State::Running : LabStatus::State::Off));
    if (m_driven)
        return;
    m_driven = true;
    if (m_later)
        m_later();
    pictureThen(u"opened"_s, [this] {
        if (m_walker.session().recording() || m_window->isComparing()) // nothing of it is sent, so it has been walked
            return pictureTabs({Actions::Id::Token, Actions::Id::Wire, Actions::Id::Audiences, Actions::Id::Match});
        if (m_drive.runAll)
            m_walker.session().runAll();
    });
}

void WindowParts::finished()
{
    keepRun();
    offerSecrets();
    if (!m_drive.compare.isEmpty() && m_drive.runAll)
        m_window->compareWith(m_drive.compare);
    pictureThen(m_walker.session().selection().step, [this] { pictureTabs({Actions::Id::Token, Actions::Id::Wire, Actions::Id::Audiences, Actions::Id::Match}); });
}

/// A live step that lacks its secret says where to put it.
void WindowParts::offerSecrets()
{
    const session::Session& s = m_walker.session();
    const QList<flow::StepRecord>& records = s.run().records;
    if (s.against() != Against::Live || records.isEmpty() || !records.back().error)
        return;
    const base::Error& error = *records.back().error;
    if (error.code.startsWith(u"keychain") || error.code == u"secret-missing")
        m_window->showProblem(u"The secret was not read"_s, {error.code, error.text + u" Tools > Secrets of this setup takes it, for the keychain or for this session's memory."_s, error.where});
}

} // namespace app
