// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "core/http/har.h"
#include "core/report/savedrun.h"
#include "core/session/still.h"
#include "frame.h"
#include "ui/pages/comparepage.h"
#include "ui/pages/filebar.h"
#include "ui/recording.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

bool holdsRecordedRun(const QString& path)
{
    constexpr qint64 enoughToTell = 4096;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.peek(enoughToTell);
    return http::looksLikeHar(head) || report::holdsRun(head);
}

bool MainWindow::isComparing() const { return m_compare && m_pages->currentWidget() == m_compare; }

TabPane& MainWindow::tabsInView() const { return isComparing() ? m_compare->tabs() : m_frame->tabs(); }

void MainWindow::chooseCompared()
{
    auto* dialog = new QFileDialog(this, u"Compare this run with"_s, {}, u"Runs, bundles, archives (*.json *.har);;All files (*)"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::compareWith);
    dialog->open();
}

void MainWindow::compareWith(const QString& path)
{
    readCompared(path, [this](const ComparedRun& other) {
        showComparison({session::recordOf(m_session), m_session.recording() ? m_session.setup().title : u"This run"_s}, other);
    });
}

void MainWindow::compareFiles(const QString& left, const QString& right)
{
    readCompared(left, [this, right](const ComparedRun& first) {
        readCompared(right, [this, first](const ComparedRun& second) { showComparison(first, second); });
    });
}

/// One file at a time, away from this thread; nothing happens when it is no run, but that it is said.
void MainWindow::readCompared(const QString& path, std::function<void(const ComparedRun&)> done)
{
    auto file = std::make_unique<QFile>(path);
    const QString name = QFileInfo(path).fileName();
    if (!file->open(QIODevice::ReadOnly))
        return showProblem(u"%1 was not read"_s.arg(name), {u"unreadable"_s, file->errorString(), path});
    auto* reader = new RecordingReader(this);
    connect(reader, &RecordingReader::progressed, m_fileBar, &FileBar::showProgress);
    connect(m_fileBar, &FileBar::cancelled, reader, &RecordingReader::cancel);
    connect(reader, &RecordingReader::finished, this, [this, reader, done = std::move(done)](const QString& read, const diagnosis::Recorded& recorded) {
        reader->deleteLater();
        m_fileBar->endProgress();
        done({recorded, read});
    });
    connect(reader, &RecordingReader::ended, this, [this, reader](const QString& read, const base::Error& error) {
        reader->deleteLater();
        m_fileBar->endProgress();
        if (!error.code.isEmpty())
            showProblem(u"%1 was not compared"_s.arg(read), error);
    });
    m_fileBar->showProgress(name, 0);
    reader->read(std::move(file), name, {});
}

void MainWindow::showComparison(const ComparedRun& left, const ComparedRun& right)
{
    ComparePage* before = m_compare;
    m_compare = new ComparePage(left, right, m_pages);
    m_pages->addWidget(m_compare);
    m_compare->setRedaction((*m_actions)[Actions::Id::Redaction]->isChecked());
    connect(m_compare, &ComparePage::closed, this, &MainWindow::showRun);
    connect(m_compare, &ComparePage::swapped, this, [this, left, right] { showComparison(right, left); });
    m_pages->setCurrentWidget(m_compare);
    m_fileBar->setAway(true);
    m_compare->tabs().setFocus(Qt::OtherFocusReason);
    if (before)
        before->deleteLater();
}
