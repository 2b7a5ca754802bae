// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"
#include "ui/widgets/panel.h"

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
QT_END_NAMESPACE
class Chooser;
class Label;

/// Under the tool bar while a recorded file is read or shown: its name, what became of its exchanges, and that nothing was sent.
class FileBar : public Panel
{
    Q_OBJECT
public:
    explicit FileBar(session::Session& session, QWidget* parent = nullptr);

    /// A file is being read: percent of it, -1 where its size is not known.
    void showProgress(const QString& name, int percent);
    /// The reading ended without anything to show.
    void endProgress();
    /// While another page stands in place of the run, only a reading shows.
    void setAway(bool away);

signals:
    void cancelled();
    void hiddenAsked();
    void closed();
    /// One of the flows in the file; empty: all of them.
    void flowChosen(const QString& id);

private:
    void refresh();
    void fillFlows(QMenu* menu);

    session::Session& m_session;
    bool m_reading = false;
    bool m_away = false;
    Label* m_name = nullptr;
    Chooser* m_flows = nullptr; ///< where there are several
    Label* m_counts = nullptr;
    Label* m_quiet = nullptr;
    QPushButton* m_hidden = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_close = nullptr;
};

/// "212 exchanges in = 6 steps in 2 flows + 13 repeats + 193 hidden", what was cut off or is odd about the file behind it; of a saved run
/// whose it is, of a bundle what was taken out of it.
QString recordingCounts(const diagnosis::Recorded& recorded);
