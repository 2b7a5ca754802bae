// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "frame.h"
#include "ui/pages/diagnosepage.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using Id = Actions::Id;

void MainWindow::chooseInspected()
{
    auto* dialog = new QFileDialog(this, u"Inspect a file"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::inspectFile);
    dialog->open();
}

void MainWindow::inspectFile(const QString& path)
{
    constexpr qint64 most = 64 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return showProblem(u"The file was not read"_s, {u"unreadable"_s, file.errorString(), path});
    if (file.size() > most)
        return showProblem(u"The file was not read"_s, {u"too-large"_s, u"It is larger than 64 MiB. trustwalk inspect reads archives of any size."_s, path});
    inspect(file.readAll(), QFileInfo(path).fileName());
}

/// Whoever goes on with the run wants to see it.
void MainWindow::showRun()
{
    m_pages->setCurrentWidget(m_frame);
}

void MainWindow::inspect(const QByteArray& text, const QString& name)
{
    if (!m_diagnose) {
        m_diagnose = new DiagnosePage(m_pages);
        m_pages->addWidget(m_diagnose);
        connect(m_diagnose, &DiagnosePage::closed, this, &MainWindow::showRun);
        for (const Id id : {Id::Next, Id::SendAgain, Id::RunAll, Id::Reset, Id::Earlier, Id::Later, Id::Match, Id::Token, Id::Wire, Id::Audiences, Id::Explain, Id::ChainTable,
                 Id::NextFinding, Id::PreviousFinding, Id::Filter, Id::Glossary, Id::Keys, Id::About})
            connect((*m_actions)[id], &QAction::triggered, this, &MainWindow::showRun);
        connect(m_diagnose, &DiagnosePage::pasted, this, [this](const QByteArray& pasted) { inspect(pasted, {}); });
    }
    m_pages->setCurrentWidget(m_diagnose);
    m_diagnose->inspect(text, name, m_session.hasSetup() ? std::make_shared<const setup::Setup>(m_session.setup()) : nullptr);
}
