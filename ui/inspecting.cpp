// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "core/base/text.h"
#include "core/diagnosis/contractmatch.h"
#include "core/http/har.h"
#include "core/report/savedrun.h"
#include "frame.h"
#include "ui/models/explained.h"
#include "ui/pages/advisorpage.h"
#include "ui/pages/diagnosepage.h"
#include "ui/pages/filebar.h"
#include "ui/recording.h"

#include <QBuffer>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Section = Explained::Section;

namespace {

/// What was taken out of a bundle before it was sent, and what of it can be relied on.
Explained receiptPage(const diagnosis::Receipt& r, const QString& file)
{
    const QString archive = r.exchangesIn > 0 ? u"%1 exchanges in the archive. "_s.arg(r.exchangesIn) : QString();
    const auto lines = [](const QStringList& texts) { return texts.join(u'\n'); };
    Explained page {.caption = file, .title = u"What was removed from this bundle"_s};
    page.sections = {
        {Section::Kind::Own, u"Counts"_s, archive + u"%1 steps in, %2 steps out, %3 findings. %4 values hidden; %5 names and addresses of people replaced, in %6 places."_s.arg(r.stepsIn).arg(r.stepsOut).arg(r.findings).arg(r.hiddenValues).arg(r.people).arg(r.replaced), {}},
        {Section::Kind::Outside, u"Removed"_s, lines(r.removed), {}},
        {Section::Kind::Outside, u"Kept"_s, lines(r.kept), {}},
        {Section::Kind::Own, u"What was judged"_s, u"Signatures and verdicts were checked before anything was removed and travelled along. Nothing is judged again here. Equal values carry equal marks."_s, {}},
        {Section::Kind::Outside, u"Made"_s, base::toRfc3339(r.made), {}},
    };
    return page;
}

} // namespace

void MainWindow::chooseInspected()
{
    auto* dialog = new QFileDialog(this, u"Inspect a file"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::inspectFiles);
    dialog->open();
}

bool MainWindow::takeTogether(const QStringList& files)
{
    if (matchFiles(files))
        return true;
    const bool runs = files.size() == 2 && holdsRecordedRun(files[0]) && holdsRecordedRun(files[1]);
    if (runs)
        compareFiles(files[0], files[1]);
    return runs;
}

void MainWindow::inspectFiles(const QStringList& files)
{
    if (files.isEmpty() || takeTogether(files))
        return;
    inspectFile(files.front());
    QStringList left;
    for (const QString& file : files.sliced(1))
        left.append(QFileInfo(file).fileName());
    if (!left.isEmpty())
        showNote(u"One file is shown"_s, u"%1 is open. Not opened: %2. A token and contracts, or two runs, are shown together."_s.arg(QFileInfo(files.front()).fileName(), left.join(u", "_s)));
}

/// A recording becomes a run in the views; a setup that somebody opened from a file gives its parties their names.
void MainWindow::openRecording(std::unique_ptr<QIODevice> from, const QString& name)
{
    if (!m_reader) {
        m_reader = new RecordingReader(this);
        connect(m_reader, &RecordingReader::progressed, m_fileBar, &FileBar::showProgress);
        connect(m_reader, &RecordingReader::begun, this, [this](const QString& file, const diagnosis::Recorded& recorded) {
            m_session.show(recorded, file);
            m_fileBar->showProgress(file, -1);
        });
        connect(m_reader, &RecordingReader::finished, this, [this](const QString& file, const diagnosis::Recorded& recorded) {
            if (recorded.made.flow.steps.isEmpty())
                showNote(u"No step was recognised in %1"_s.arg(file), recordingCounts(recorded) + u". No sign-in, token request or call of a kind that is known here."_s);
            m_recorded = recorded.made.flows.size() > 1 ? std::make_unique<diagnosis::Recorded>(recorded) : nullptr;
            m_session.show(recorded, file);
        });
        connect(m_fileBar, &FileBar::flowChosen, this, [this](const QString& id) {
            if (m_recorded)
                m_session.show(id.isEmpty() ? *m_recorded : diagnosis::onlyFlow(*m_recorded, id), m_session.setup().title);
        });
        connect(&m_session, &session::Session::setupChanged, this, [this] {
            if (!m_session.recording())
                m_recorded.reset();
        });
        connect(m_reader, &RecordingReader::ended, this, [this](const QString& file, const base::Error& error) {
            m_fileBar->endProgress();
            if (!error.code.isEmpty())
                showProblem(u"%1 was not read"_s.arg(file), error);
        });
        connect(m_fileBar, &FileBar::cancelled, m_reader, &RecordingReader::cancel);
    }
    showRun();
    m_recorded.reset(); // of the file before
    const bool own = m_session.hasSetup() && !m_session.recording() && !m_session.setup().file.isEmpty();
    m_fileBar->showProgress(name, 0);
    m_reader->read(std::move(from), name, own ? std::optional(m_session.setup()) : std::nullopt);
}

/// "GET https://... 200", in their order; what they belong to where that is known.
void MainWindow::showHidden()
{
    constexpr qsizetype most = 500;
    const diagnosis::Recorded* recorded = m_session.recording();
    if (!recorded)
        return;
    if (recorded->saved && recorded->saved->receipt)
        return explainPage(receiptPage(*recorded->saved->receipt, m_session.setup().title));
    Explained page {.caption = m_session.setup().title, .title = u"%1 exchanges are no steps"_s.arg(recorded->made.others.size())};
    QStringList lines;
    for (const catalog::HiddenExchange& each : recorded->made.others.first(std::min(most, recorded->made.others.size())))
        lines.append(u"%1 %2 %3%4"_s.arg(QString::fromUtf8(each.method), base::visible(QString::fromUtf8(each.url)), QString::number(each.status),
            each.step.isEmpty() ? QString() : u" (repeats %1)"_s.arg(each.step)));
    page.sections.append({Section::Kind::Outside, recorded->made.others.size() > most ? u"The first %1"_s.arg(most) : QString(), lines.join(u'\n'), {}});
    if (!recorded->made.notes.isEmpty())
        page.sections.append({Section::Kind::Own, u"Odd about the file"_s, recorded->made.notes.join(u'\n'), {}});
    explainPage(page);
}

void MainWindow::inspectFile(const QString& path)
{
    constexpr qint64 enoughToTell = 4096;
    if (auto recording = std::make_unique<QFile>(path); recording->open(QIODevice::ReadOnly) && http::looksLikeHar(recording->peek(enoughToTell)))
        return openRecording(std::move(recording), QFileInfo(path).fileName());
    constexpr qint64 most = 64 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return showProblem(u"The file was not read"_s, {u"unreadable"_s, file.errorString(), path});
    if (file.size() > most)
        return showProblem(u"The file was not read"_s, {u"too-large"_s, u"It is larger than 64 MiB. trustwalk inspect reads archives of any size."_s, path});
    inspect(base::asUtf8(file.readAll()), QFileInfo(path).fileName());
}

void MainWindow::showRun()
{
    m_pages->setCurrentWidget(m_frame);
    m_fileBar->setAway(false);
}

/// Whoever goes on with the run wants to see it.
void MainWindow::leavePages()
{
    for (const Id id : {Id::Next, Id::SendAgain, Id::RunAll, Id::Reset, Id::Earlier, Id::Later, Id::Match, Id::Token, Id::Wire, Id::Audiences, Id::Explain, Id::ChainTable,
             Id::NextFinding, Id::PreviousFinding, Id::Filter, Id::NextHit, Id::PreviousHit, Id::Glossary, Id::Keys, Id::About})
        connect((*m_actions)[id], &QAction::triggered, this, [this, id] {
            constexpr std::array compared {Id::Match, Id::Token, Id::Wire, Id::Audiences, Id::Explain, Id::Earlier, Id::Later};
            if (!isComparing() || std::ranges::find(compared, id) == compared.end())
                showRun();
        });
}

void MainWindow::showAdvisor()
{
    if (!m_advisor) {
        m_advisor = new AdvisorPage(m_pages);
        m_pages->addWidget(m_advisor);
        connect(m_advisor, &AdvisorPage::closed, this, &MainWindow::showRun);
        connect(m_advisor, &AdvisorPage::created, this, [this](const QByteArray& document, const QString& title) {
            showRun();
            m_hooks.createSetup(document, title);
        });
    }
    m_pages->setCurrentWidget(m_advisor);
}

void MainWindow::inspect(const QByteArray& text, const QString& name)
{
    if (http::looksLikeHar(text.left(4096)) || report::holdsRun(text)) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(text);
        buffer->open(QIODevice::ReadOnly);
        return openRecording(std::move(buffer), name.isEmpty() ? u"Pasted recording"_s : name);
    }
    if (match({{name, text}}))
        return;
    if (!m_diagnose) {
        m_diagnose = new DiagnosePage(m_pages);
        m_pages->addWidget(m_diagnose);
        connect(m_diagnose, &DiagnosePage::closed, this, &MainWindow::showRun);
        connect(m_diagnose, &DiagnosePage::pasted, this, [this](const QByteArray& pasted) { inspect(pasted, {}); });
    }
    m_pages->setCurrentWidget(m_diagnose);
    m_diagnose->inspect(text, name, m_session.hasSetup() ? std::optional(m_session.setup()) : std::nullopt);
}
