// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "toolbar.h"

#include "settings.h"
#include "ui/theme/style.h"
#include "ui/widgets/chooser.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/segmented.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QSet>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using Id = Actions::Id;

namespace {

QWidget* divider(QWidget* parent)
{
    auto* line = new Panel(theme::Token::Line, {}, parent);
    line->setFixedSize(1, px(22));
    return line;
}

QString escaped(QString text)
{
    return text.replace(u'&', "&&"_L1);
}

/// The environment of the flow that is walked, or of all flows of a setup that has both: "lower, higher".
QString environmentText(const session::Session& session)
{
    if (session.recording())
        return {}; // a file does not say where it was recorded
    if (!session.hasSetup())
        return {};
    const auto word = [](setup::Environment e) { return e == setup::Environment::Higher ? u"higher"_s : u"lower"_s; };
    const QList<flow::Step>& steps = session.flow().steps;
    if (steps.isEmpty())
        return word(session.setup().environment);
    if (steps.first().group.isEmpty())
        return word(session.flow().environment);
    QSet<QString> words; // patterns side by side come from all environments of the setup
    for (const setup::FlowSpec& spec : session.setup().flows)
        words.insert(word(spec.environment.value_or(session.setup().environment)));
    QStringList sorted(words.cbegin(), words.cend());
    sorted.sort();
    std::ranges::reverse(sorted);
    return sorted.join(", "_L1);
}

} // namespace

ToolBar::ToolBar(session::Session& session, Actions& actions, const Hooks& hooks, Settings& settings, QWidget* parent)
    : Panel(theme::Token::Window, Qt::BottomEdge, parent), m_session(session), m_actions(actions), m_hooks(hooks), m_settings(settings)
{
    setAccessibleName(u"Tool bar"_s);
    createChoosers();
    createButtons();
    createSwitch();
    arrange();
    connect(&session, &session::Session::setupChanged, this, &ToolBar::showSetup);
    connect(&session, &session::Session::flowChanged, this, &ToolBar::showSetup);
    connect(&session, &session::Session::runChanged, this, &ToolBar::showRun);
    connect(&session, &session::Session::selectionChanged, this, &ToolBar::showRun);
    showSetup();
    showRun();
}

void ToolBar::createChoosers()
{
    m_setup = new Chooser(u"Setup"_s, this);
    m_setup->setTitleWeight(600);
    m_flow = new Chooser(u"Flow"_s, this);
    auto* setups = new QMenu(m_setup);
    setups->setToolTipsVisible(true);
    m_setup->setMenu(setups);
    auto* flows = new QMenu(m_flow);
    m_flow->setMenu(flows);
    connect(setups, &QMenu::aboutToShow, this, [this, setups] { fillSetups(setups); });
    connect(flows, &QMenu::aboutToShow, this, [this, flows] { fillFlows(flows); });
}

QPushButton* ToolBar::button(Id id, const QString& text, bool quiet)
{
    QAction* action = m_actions[id];
    QPushButton* result = controls::button(text, action->icon().name(), quiet ? controls::Kind::Quiet : controls::Kind::Plain, this);
    const auto follow = [result, action] { result->setEnabled(action->isEnabled()); };
    connect(action, &QAction::changed, result, follow);
    connect(result, &QPushButton::clicked, action, &QAction::trigger);
    result->setToolTip(u"%1 (%2)"_s.arg(controls::withoutMnemonic(text), action->shortcut().toString(QKeySequence::NativeText)));
    follow();
    return result;
}

void ToolBar::createButtons()
{
    m_back = button(Id::Earlier, u"Back"_s, false);
    m_back->setAccessibleDescription(u"Views the step before; undoes nothing"_s);
    m_next = button(Id::Next, u"Next"_s, false);
    m_next->setProperty(theme::primaryProperty, true);
    m_next->setProperty(theme::trailingProperty, true);
    controls::followType(m_next, theme::Type::Body, 600);
    m_all = button(Id::RunAll, u"Run all"_s, true);
    m_reset = button(Id::Reset, u"Reset"_s, true);
    m_more = controls::iconButton(u"more"_s, u"More"_s, this);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_more);
    menu->addAction(m_actions[Id::RunAll]);
    menu->addAction(m_actions[Id::Reset]);
    m_more->setMenu(menu);
}

void ToolBar::createSwitch()
{
    m_against = new Segmented(u"Against"_s, this);
    m_against->add(u"Lab"_s, u"lab"_s);
    m_against->add(u"Live"_s);
    m_against->setToolTip(u"Lab: servers on this machine. Live: requests leave it"_s);
    m_against->setEnabled(bool(m_hooks.setAgainst));
    connect(m_against, &Segmented::chosen, this, [this](int index) {
        if (m_hooks.setAgainst)
            m_hooks.setAgainst(index ? session::Against::Live : session::Against::Lab);
        m_against->setCurrent(m_session.against() == session::Against::Live);
    });
}

void ToolBar::arrange()
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(12), px(8), px(12), px(8));
    layout->setSpacing(px(8));
    for (QWidget* part : {static_cast<QWidget*>(m_setup), static_cast<QWidget*>(m_flow), divider(this), static_cast<QWidget*>(m_back),
             static_cast<QWidget*>(m_next), static_cast<QWidget*>(m_all), static_cast<QWidget*>(m_reset), static_cast<QWidget*>(m_more),
             divider(this), static_cast<QWidget*>(m_against)})
        layout->addWidget(part);
    layout->addStretch(1);
}

void ToolBar::apply(const LayoutPlan& plan)
{
    m_plan = plan;
    m_setup->setCaptionShown(plan.toolLabels);
    m_flow->setCaptionShown(plan.toolLabels);
    m_setup->setChipShown(plan.environmentChip);
    m_all->setText(plan.toolWords ? u"Run all"_s : QString());
    m_reset->setText(plan.toolWords ? u"Reset"_s : QString());
    m_back->setText(plan.toolOverflow ? QString() : u"Back"_s);
    m_all->setVisible(!plan.toolOverflow);
    m_reset->setVisible(!plan.toolOverflow);
    m_more->setVisible(plan.toolOverflow);
    layout()->setSpacing(plan.toolWords ? px(8) : px(6));
    layout()->setContentsMargins(plan.toolWords ? px(12) : px(8), px(8), px(8), px(8));
    showRun();
}

void ToolBar::showSetup()
{
    m_setup->setChosen(m_session.hasSetup() ? m_session.setup().title : u"No setup"_s, environmentText(m_session));
    m_flow->setChosen(m_session.flow().steps.isEmpty() ? u"No flow"_s : m_session.flow().title);
    m_flow->setEnabled(!m_session.flows().isEmpty());
    m_against->setCurrent(m_session.against() == session::Against::Live);
}

void ToolBar::showRun()
{
    const QString text = nextText(m_session, !m_plan.toolWords);
    if (m_next->text() != text)
        controls::setText(m_next, text);
    m_next->setToolTip(u"%1 (%2)"_s.arg(nextText(m_session), m_actions[Id::Next]->shortcut().toString(QKeySequence::NativeText)));
    m_flow->setEnabled(!m_session.flows().isEmpty() && !m_session.isBusy());
    keepNextFocused();
}

void ToolBar::focusNext()
{
    m_nextHadFocus = true;
    keepNextFocused();
}

// Qt moves the focus away from a button that is disabled; whoever walks with the space bar wants it back.
void ToolBar::keepNextFocused()
{
    const bool enabled = m_actions[Id::Next]->isEnabled();
    if (!enabled && m_next->hasFocus())
        m_nextHadFocus = true;
    if (!enabled || !m_nextHadFocus)
        return;
    m_nextHadFocus = false;
    if (!window()->focusWidget() || isAncestorOf(window()->focusWidget()))
        m_next->setFocus(Qt::OtherFocusReason);
}

void ToolBar::fillSetups(QMenu* menu)
{
    menu->clear();
    const auto open = [this](const QString& what) {
        if (m_hooks.openSetup)
            m_hooks.openSetup(what);
    };
    const QStringList recent = m_settings.get(Settings::recentSetups);
    bool headed = false;
    for (const QString& file : recent) {
        if (file.startsWith("sample:"_L1) || !m_hooks.openSetup)
            continue;
        if (!headed)
            menu->addSection(u"Recent"_s);
        headed = true;
        QAction* action = menu->addAction(theme::icon(u"file"_s), escaped(QFileInfo(file).fileName()), this, [open, file] { open(file); });
        action->setToolTip(controls::plainToolTip(file));
    }
    if (!m_hooks.samples.isEmpty())
        menu->addSection(u"Samples"_s);
    for (const QString& id : m_hooks.samples) {
        const Hooks::Sample sample = m_hooks.describe(id);
        QAction* action = menu->addAction(escaped(sample.title), this, [open, id = sample.id] { open(u"sample:"_s + id); });
        action->setToolTip(controls::plainToolTip(sample.summary));
        action->setCheckable(true);
        action->setChecked(m_session.hasSetup() && m_session.setup().file.isEmpty() && m_session.setup().id == sample.id);
    }
    menu->addSeparator();
    menu->addAction(m_actions[Id::Open]);
}

void ToolBar::fillFlows(QMenu* menu)
{
    menu->clear();
    auto* group = new QActionGroup(menu);
    for (const flow::Flow& flow : m_session.flows()) {
        QAction* action = menu->addAction(escaped(flow.title), this, [this, id = flow.id] { m_session.setFlow(id); });
        action->setCheckable(true);
        action->setChecked(flow.id == m_session.flow().id);
        action->setEnabled(!m_session.isBusy());
        group->addAction(action);
    }
    for (const base::Error& problem : m_session.flowProblems()) {
        QAction* action = menu->addAction(theme::icon(u"fault"_s), escaped(problem.text));
        action->setEnabled(false);
    }
    if (menu->isEmpty())
        menu->addAction(u"This setup has no flow"_s)->setEnabled(false);
}
