// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "filebar.h"

#include "core/diagnosis/recorded.h"
#include "core/report/archive.h"
#include "core/report/savedrun.h"
#include "ui/widgets/chooser.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

QString recordingCounts(const diagnosis::Recorded& recorded)
{
    if (recorded.saved)
        return report::savedText(recorded);
    QString text = report::archiveCounts(recorded.made);
    if (!recorded.summary.problems.isEmpty())
        text += u". "_s + recorded.summary.problems.front();
    return text;
}

FileBar::FileBar(session::Session& session, QWidget* parent)
    : Panel(Token::Window, Qt::BottomEdge, parent), m_session(session)
{
    m_name = new Label(Type::Body, Token::Text, this);
    m_name->setWeight(600);
    m_name->setElide(Qt::ElideMiddle);
    m_flows = new Chooser(u"Flow"_s, this);
    m_flows->setCaptionShown(false);
    auto* menu = new QMenu(m_flows);
    m_flows->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillFlows(menu); });
    m_counts = new Label(Type::Body, Token::Text2, this);
    m_counts->setElide(Qt::ElideRight);
    m_quiet = new Label(Type::Body, Token::Text2, this);
    m_quiet->setText(u"Read here, nothing was sent"_s);
    m_hidden = controls::button(u"Show hidden"_s, {}, controls::Kind::Small, this);
    m_cancel = controls::button(u"Cancel"_s, u"close"_s, controls::Kind::Small, this);
    m_close = controls::button(u"Close file"_s, u"close"_s, controls::Kind::Small, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(16), px(6), px(16), px(6));
    layout->setSpacing(px(12));
    layout->addWidget(m_name);
    layout->addWidget(m_flows);
    layout->addWidget(m_counts, 1);
    for (QWidget* widget : {static_cast<QWidget*>(m_hidden), static_cast<QWidget*>(m_quiet), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_close)})
        layout->addWidget(widget);
    connect(m_hidden, &QPushButton::clicked, this, &FileBar::hiddenAsked);
    connect(m_cancel, &QPushButton::clicked, this, &FileBar::cancelled);
    connect(m_close, &QPushButton::clicked, this, &FileBar::closed);
    connect(&session, &session::Session::setupChanged, this, &FileBar::endProgress);
    refresh();
}

void FileBar::showProgress(const QString& name, int percent)
{
    m_reading = true;
    m_name->setText(name);
    m_counts->setText(percent < 0 ? u"Reading"_s : u"Reading, %1 %"_s.arg(percent));
    refresh();
}

void FileBar::endProgress()
{
    m_reading = false;
    refresh();
}

void FileBar::setAway(bool away)
{
    m_away = away;
    refresh();
}

void FileBar::refresh()
{
    const diagnosis::Recorded* recorded = m_session.recording();
    setVisible(m_reading || (recorded && !m_away));
    m_cancel->setVisible(m_reading);
    for (QWidget* widget : {static_cast<QWidget*>(m_hidden), static_cast<QWidget*>(m_quiet), static_cast<QWidget*>(m_close)})
        widget->setVisible(!m_reading && recorded);
    m_flows->setVisible(!m_reading && recorded && recorded->made.flows.size() > 1);
    if (m_reading || !recorded)
        return;
    const auto shown = std::ranges::find(recorded->made.flows, recorded->made.shown, &catalog::RecordedFlow::id);
    m_flows->setChosen(shown == recorded->made.flows.end() ? u"All flows"_s : shown->title);
    m_name->setText(m_session.setup().title);
    m_counts->setText(recordingCounts(*recorded));
    const bool bundle = recorded->saved && recorded->saved->receipt;
    controls::setText(m_hidden, bundle ? u"Show what was removed"_s : u"Show hidden"_s);
    m_hidden->setToolTip(bundle ? u"The receipt of this bundle (Ctrl+Shift+H)"_s : u"The exchanges that are no steps (Ctrl+Shift+H)"_s);
    m_hidden->setEnabled(bundle || !recorded->made.others.isEmpty());
    m_hidden->setVisible(bundle || !recorded->saved);
    setAccessibleName(m_name->text() + u", "_s + m_counts->text());
}

/// Each with its length and its end, so that the one that failed is found.
void FileBar::fillFlows(QMenu* menu)
{
    constexpr qsizetype most = 100;
    menu->clear();
    const diagnosis::Recorded* recorded = m_session.recording();
    if (!recorded)
        return;
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const QString& id) {
        QAction* action = menu->addAction(QString(text).replace(u'&', "&&"_L1), this, [this, id] { emit flowChosen(id); });
        action->setCheckable(true);
        action->setChecked(recorded->made.shown == id);
        group->addAction(action);
    };
    add(u"All flows, %1 steps"_s.arg(recorded->made.steps), {});
    menu->addSeparator();
    const QList<catalog::RecordedFlow>& flows = recorded->made.flows;
    for (qsizetype i = 0; i < std::min(most, flows.size()); ++i)
        add(u"%1. %2: %3, %4"_s.arg(QString::number(i + 1), flows[i].title, flows[i].steps.size() == 1 ? u"1 step"_s : u"%1 steps"_s.arg(flows[i].steps.size()), theme::stateWord(flows[i].state).toLower()), flows[i].id);
    if (flows.size() > most)
        menu->addAction(u"%1 more: trustwalk inspect --flow ID"_s.arg(flows.size() - most))->setEnabled(false);
}
