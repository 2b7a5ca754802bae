// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// What becomes of the setup that is open: saved, undone, asked for before it goes, kept when the program is ended.

#include "windowparts.h"

#include "app/cli/output.h"
#include "app/exports.h"
#include "core/report/runjson.h"
#include "core/setup/file.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>

namespace app {

using namespace Qt::StringLiterals;
using session::Against;

/// Asks for a file without a loop of its own; nothing happens when the dialog is left.
QFileDialog* WindowParts::askForFile(const QString& title, const QString& name, const QString& filter)
{
    auto* dialog = new QFileDialog(m_window.get(), title, name, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    dialog->open();
    return dialog;
}

void WindowParts::saveText(const QString& name, const QByteArray& text)
{
    connect(askForFile(u"Save"_s, name, {}), &QFileDialog::fileSelected, this, [this, text](const QString& file) {
        if (const auto written = cli::writeOutput(file, text); !written)
            m_window->showProblem(u"Nothing was saved"_s, written.error());
    });
}

void WindowParts::saveSetup(const std::function<void()>& then)
{
    if (m_setup.file.isEmpty())
        return saveSetupAs(then);
    if (saveSetupTo(m_setup.file, false) && then)
        then();
}

void WindowParts::saveSetupAs(const std::function<void()>& then)
{
    // The dialog has asked before it returned a file that exists.
    connect(askForFile(u"Save setup"_s, safeFileName(m_setup.id) + u".json"_s, u"Setups (*.json)"_s), &QFileDialog::fileSelected, this,
        [this, then](const QString& file) {
            if (saveSetupTo(file, true) && then)
                then();
        });
}

bool WindowParts::saveSetupTo(const QString& file, bool overwrite)
{
    if (const auto saved = setup::save(m_setup, file, overwrite); !saved) {
        m_window->showProblem(u"The setup was not saved"_s, saved.error());
        return false;
    }
    m_edits.setSaved(m_setup);
    m_drafts.drop();
    m_settings.remember(file);
    m_settings.set(Settings::lastSetup, file);
    showEdits();
    markOpen();
    return true;
}

/// A form of the setup that was there before: undone or done again.
void WindowParts::adopt(const Edit& edit)
{
    m_setup = edit.setup;
    m_walker.setFaults(edit.faults);
    keepDraft();
    showEdits();
    play(m_walker.against());
}

void WindowParts::showEdits()
{
    m_window->setEdits({m_edits.canUndo(), m_edits.canRedo(), m_edits.isUnsaved(), !m_setup.file.isEmpty()});
}

void WindowParts::whenSettled(const std::function<void()>& then)
{
    if (!m_edits.isUnsaved())
        return then();
    using Box = QMessageBox;
    auto* box = new Box(Box::Question, u"Unsaved setup"_s, u"Save \"%1\" first?"_s.arg(m_setup.title), Box::Save | Box::Discard | Box::Cancel, m_window.get());
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(m_setup.file.isEmpty() ? u"It stands in no file yet."_s : u"It was changed since %1 was saved."_s.arg(m_setup.file));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(Box::Save);
    connect(box, &Box::finished, this, [this, then](int answer) {
        if (answer == Box::Save)
            return saveSetup(then);
        if (answer != Box::Discard)
            return;
        m_edits.discard();
        m_drafts.drop();
        showEdits();
        then();
    });
    box->open();
}

void WindowParts::deleteSetup()
{
    using Box = QMessageBox;
    auto* box = new Box(Box::Warning, u"Delete setup"_s, u"Delete \"%1\"?"_s.arg(m_setup.title), Box::Cancel, m_window.get());
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(u"%1 goes, and with it everything the keychain keeps under the setup's id, \"%2\". A copy of the file with the same id has no secrets then either."_s.arg(m_setup.file, m_setup.id));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(Box::Cancel);
    connect(box->addButton(u"&Delete"_s, Box::DestructiveRole), &QPushButton::clicked, this, &WindowParts::deleteNow);
    box->open();
}

/// The secrets first: without its setup nobody would know what they are for. Where there is no keychain it holds nothing.
void WindowParts::deleteNow()
{
    m_walker.secrets().forget(m_setup.id, this, [this, file = m_setup.file](const base::Result<qsizetype>& removed) {
        if (!removed && removed.error().code != u"keychain-absent")
            return m_window->showProblem(u"The setup was not deleted"_s, removed.error());
        if (QFile gone(file); !gone.remove())
            return m_window->showProblem(u"The setup was not deleted"_s, {u"setup-unwritable"_s, u"%1: %2"_s.arg(file, gone.errorString()), file});
        m_settings.forget(file);
        m_drafts.drop();
        (void)load(setup::sampleIds().front());
        m_walker.setFaults({});
        m_edits.setFaults({});
        showEdits();
        play(Against::Lab);
        markOpen();
        m_window->showNote(u"The setup is deleted"_s, u"%1, and what the keychain kept for it: %2."_s.arg(file, removed.value_or(0) == 1 ? u"1 entry"_s : QString::number(removed.value_or(0)) + u" entries"_s));
    });
}

bool WindowParts::mayClose()
{
    if (!m_edits.isUnsaved())
        return true;
    whenSettled([this] { m_window->close(); });
    return false;
}

/// What nobody was asked about yet is on disk before anything can end this program.
void WindowParts::keepDraft()
{
    if (!m_edits.isUnsaved())
        return m_drafts.drop();
    if (const auto kept = m_drafts.keepSetup(m_setup); !kept)
        m_window->showProblem(u"The setup stands in no file"_s, kept.error());
}

/// Two windows on one file is no fault: whichever saves second is asked first. But it should be known.
void WindowParts::markOpen()
{
    if (!m_drafts.markOpen(m_setup.file))
        note(u"Open in another window too"_s, u"%1 is open twice. What is saved in one window is not seen in the other, and the second to save is asked before it overwrites."_s.arg(m_setup.file));
}

/// The setup of a program that was ended before somebody saved it.
void WindowParts::openDraft()
{
    const auto left = m_drafts.left();
    if (!left)
        return;
    auto setup = setup::parseSetup(left->document);
    if (!setup)
        return note(u"A draft could not be read"_s, u"%1 It stays in %2."_s.arg(setup.error().text, m_drafts.setAside(*left)));
    setup->file = left->home;
    setup->onDisk = left->onDisk;
    begin(std::move(*setup));
    m_drafts.takeOver(*left);
    markOpen();
    const QString where = left->home.isEmpty() ? u"and still stands in no file."_s : u"and is not yet saved to %1."_s.arg(left->home);
    note(u"Trustwalk was ended before this was saved"_s, u"\"%1\" is open again as it was, %2 Ctrl+S saves it."_s.arg(m_setup.title, where));
}

/// The run as far as it went is on disk, redacted, before anything can end this program.
void WindowParts::keepRun()
{
    const session::Session& s = m_walker.session();
    if (!s.recording() && !s.run().records.isEmpty())
        m_drafts.keepRun(report::runJson(s));
}

/// The runs of programs that were ended in the middle are the newest of the recent files.
void WindowParts::rememberLeftRuns()
{
    const QString last = m_settings.get(Settings::lastSetup);
    for (const QString& run : m_drafts.leftRuns()) {
        m_settings.remember(run);
        note(u"Trustwalk was ended in the middle of a run"_s, u"What was walked is kept in %1, redacted. It is among the recent files."_s.arg(run));
    }
    m_settings.set(Settings::lastSetup, last);
}

/// Told to end from outside, there is nobody to ask: setup and run are on disk for the next start. Secrets in memory are wiped as
/// their owners go.
void WindowParts::terminate()
{
    keepRun();
    m_ended = true;
    m_settings.sync();
    QApplication::exit();
}

void WindowParts::newWindow() const
{
    QStringList arguments;
    if (!m_drive.settings.isEmpty())
        arguments = {u"--settings"_s, m_drive.settings};
    QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments);
}

} // namespace app
