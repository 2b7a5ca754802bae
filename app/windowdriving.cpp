// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// What a window does that a command line steers: pictures of each state, and an exit code at the end.

#include "windowparts.h"

#include "app/cli/output.h"
#include "core/report/runjson.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;

/// A picture once what was changed is laid out and painted; at once when none are wanted.
void WindowParts::pictureThen(const QString& name, std::function<void()> then)
{
    if (m_drive.screenshots.isEmpty())
        return then();
    QTimer::singleShot(250, this, [this, name, then] {
        shoot(name);
        then();
    });
}

/// Every tab at the end of a walk, at the last step that brought a token to read.
void WindowParts::pictureTabs(QList<Actions::Id> tabs)
{
    if (m_drive.screenshots.isEmpty() || tabs.isEmpty())
        return end();
    session::Session& s = m_walker.session();
    for (const flow::StepRecord& record : s.run().records)
        if (!record.tokens.isEmpty() && !record.tokens.front().isOpaque())
            s.select({.step = record.stepId});
    QAction* action = m_window->actions()[tabs.takeFirst()];
    action->trigger();
    pictureThen(QString(action->text()).remove(u'&').toLower(), [this, tabs] { pictureTabs(tabs); });
}

void WindowParts::end()
{
    if (!m_drive.quitWhenDone)
        return;
    const session::Session& s = m_walker.session();
    const bool good = report::resultOf(s.flow(), s.run()) == u"accepted" && !cli::hasErrors(s.findings());
    QApplication::exit(good ? cli::Accepted : cli::Refused);
}

void WindowParts::shoot(const QString& name)
{
    if (m_drive.screenshots.isEmpty())
        return;
    QDir().mkpath(m_drive.screenshots);
    m_window->grab().save(u"%1/%2-%3.png"_s.arg(m_drive.screenshots).arg(++m_shots, 2, 10, QChar(u'0')).arg(name));
}

} // namespace app
