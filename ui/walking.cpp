// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "frame.h"
#include "settings.h"
#include "ui/models/placetext.h"
#include "ui/models/signin.h"
#include "ui/pages/comparepage.h"
#include "ui/pages/livebar.h"
#include "ui/widgets/askstrip.h"
#include "ui/widgets/editstrip.h"
#include "ui/widgets/messagestrip.h"

using namespace Qt::StringLiterals;
using Id = Actions::Id;
using Tab = TabPane::Tab;

void MainWindow::connectWalk()
{
    Actions& a = *m_actions;
    a.on(Id::Next, [this] { sendStep(m_session.nextStep()); });
    a.on(Id::SendAgain, [this] { sendStep(m_session.selection().step); });
    a.on(Id::RunAll, [this] { m_session.runAll(); });
    a.on(Id::EditField, [this] { editField(); });
    a.on(Id::ReadKeys, [this] { m_session.readKeysAgain(); });
    a.on(Id::Cancel, [this] { m_session.cancel(); });
    a.on(Id::Earlier, [this] { viewStep(-1); });
    a.on(Id::Later, [this] { viewStep(1); });
    a.on(Id::Reset, [this] {
        m_agreed.clear();
        m_frame->message().clear();
        m_frame->ask().clear();
        m_session.reset();
    });
}

void MainWindow::connectSession()
{
    using session::Session;
    connect(&m_session, &Session::setupChanged, this, &MainWindow::setupOpened);
    connect(&m_session, &Session::recorded, this, &MainWindow::stepRecorded);
    connect(&m_session, &Session::waitingChanged, this, &MainWindow::waitingChanged);
    connect(&m_session, &Session::flowChanged, this, [this] {
        m_agreed.clear();
        m_frame->ask().clear();
        m_frame->edit().clear();
        setRedaction(true);
    });
    if (m_session.hasSetup())
        setupOpened();
}

void MainWindow::setupOpened()
{
    showTitle();
    m_frame->message().clear();
    const setup::Setup& setup = m_session.setup();
    if (!setup.file.isEmpty())
        m_settings.remember(setup.file);
    else if (m_hooks.samples.contains(setup.id))
        m_settings.set(Settings::lastSetup, QString(u"sample:"_s + setup.id));
}

// In a higher setup each live step is asked for once, in the pane.
void MainWindow::sendStep(const QString& stepId)
{
    if (stepId.isEmpty() || m_session.isBusy())
        return;
    if (asksBeforeSending(m_session) && !m_agreed.contains(stepId)) {
        const int number = stepNumber(m_session, stepId);
        m_frame->ask().ask(u"Live, in a higher environment: step %1 leaves this machine, to %2."_s.arg(number).arg(liveHosts(m_session.setup())),
            u"Send step %1"_s.arg(number), u"Do not send"_s, [this, stepId] {
                m_agreed.insert(stepId);
                sendStep(stepId);
            });
        return;
    }
    m_frame->message().clear();
    m_session.sendAgain(stepId);
}

void MainWindow::stepRecorded(const QString& stepId)
{
    const flow::Step* step = m_session.flow().step(stepId);
    const flow::StepState state = m_session.state(stepId);
    if (!step)
        return;
    // A refused or cancelled sign-in stays on its own tab, in words; every other no shows the comparison that failed.
    const bool accepted = state == flow::StepState::Accepted;
    const bool toMatch = step->interactive ? accepted : !accepted;
    m_session.select({.step = stepId, .part = toMatch ? u"match"_s : QString()});
    if (step->interactive && !accepted)
        m_frame->tabs().show(Tab::SignIn);
    else if (m_frame->tabs().current() == Tab::SignIn)
        m_frame->tabs().show(Tab::Match);
}

void MainWindow::waitingChanged()
{
    const bool waiting = m_session.waiting().has_value();
    if (waiting == std::exchange(m_wasWaiting, waiting) || !waiting)
        return;
    m_session.select({.step = m_session.waiting()->stepId});
    m_frame->tabs().show(Tab::SignIn);
}

void MainWindow::viewStep(int direction)
{
    if (isComparing())
        return m_compare->viewStep(direction);
    const QList<flow::Step>& steps = m_session.flow().steps;
    const qsizetype index = stepNumber(m_session, m_session.selection().step) - 1 + direction;
    if (index >= 0 && index < steps.size())
        m_session.select({.step = steps[index].id});
}
