// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "actions.h"

#include "core/catalog/agentrecipes.h"
#include "core/diagnosis/recorded.h"
#include "core/setup/sidecarsettings.h"
#include "ui/models/placetext.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QWidget>

using namespace Qt::StringLiterals;
using session::Session;
using Id = Actions::Id;

namespace {

using When = bool (*)(const Session&);

bool hasSteps(const Session& s) { return !s.flow().steps.isEmpty(); }
bool canSend(const Session& s) { return hasSteps(s) && !s.isBusy() && !s.nextStep().isEmpty(); }
bool canRunAll(const Session& s) { return canSend(s) && !asksBeforeSending(s); }
bool isBusy(const Session& s) { return s.isBusy(); }
bool hasRun(const Session& s) { return s.recording() ? !s.run().records.isEmpty() : !s.run().records.isEmpty() || s.isBusy(); }
bool hasFindings(const Session& s) { return !s.findings().isEmpty(); }
bool hasEarlier(const Session& s) { return stepNumber(s, s.selection().step) > 1; }
bool hasLater(const Session& s)
{
    const int number = stepNumber(s, s.selection().step);
    return number > 0 && number < s.flow().steps.size();
}
bool canReset(const Session& s) { return !s.recording() && hasRun(s); }
bool hasHidden(const Session& s)
{
    const diagnosis::Recorded* recorded = s.recording();
    return recorded && (!recorded->made.others.isEmpty() || (recorded->saved && recorded->saved->receipt));
}
bool canRedeploy(const Session& s) { return s.hasSetup() && !s.recording() && s.against() == session::Against::Lab && !s.setup().managedIdentities.isEmpty(); }
bool hasTwoOptions(const Session& s) { return s.hasSetup() && !s.recording() && catalog::hasOptions(s.setup(), s.flow().id); }
bool hasSidecar(const Session& s) { return s.hasSetup() && setup::sidecarOf(s.setup(), {}); }
bool canEdit(const Session& s) { return s.hasSetup() && !s.recording() && !s.isBusy(); }
bool canReadKeys(const Session& s) { return hasSteps(s) && !s.recording() && !s.isBusy(); }
bool canSendAgain(const Session& s)
{
    if (s.recording())
        return false;
    const QString& step = s.selection().step;
    return !s.isBusy() && s.record(step) && step != s.nextStep();
}

struct Row
{
    Id id;
    const char16_t* text;
    const char16_t* icon;
    const char16_t* keys; // several, parted by "; "
    When when;
    bool checkable = false;
};

constexpr Row table[] {
    {Id::NewSetup, u"&New setup\u2026", u"", u"Ctrl+N", nullptr},
    {Id::Open, u"&Open\u2026", u"open", u"Ctrl+O", nullptr},
    {Id::Import, u"&Import configuration\u2026", u"", u"Ctrl+I", nullptr},
    {Id::Inspect, u"I&nspect a file\u2026", u"search", u"Ctrl+Shift+O", nullptr},
    {Id::Compare, u"&Compare with\u2026", u"compare", u"", hasRun},
    {Id::Paste, u"&Inspect clipboard", u"paste", u"Ctrl+V", nullptr},
    {Id::SaveSetup, u"&Save setup", u"save", u"Ctrl+S", hasSteps},
    {Id::SaveSetupAs, u"Save setup &as\u2026", u"", u"Ctrl+Shift+S", hasSteps},
    {Id::DeleteSetup, u"&Delete setup\u2026", u"", u"", nullptr},
    {Id::Report, u"&Export report\u2026", u"report", u"Ctrl+E", hasRun},
    {Id::NewWindow, u"New &window", u"", u"Ctrl+Shift+N", nullptr},
    {Id::Close, u"C&lose window", u"", u"Ctrl+W", nullptr},
    {Id::Quit, u"&Quit", u"", u"Ctrl+Q", nullptr},
    {Id::Undo, u"&Undo change of the setup", u"", u"Ctrl+Z", nullptr},
    {Id::Redo, u"&Redo change of the setup", u"", u"Ctrl+Shift+Z; Ctrl+Y", nullptr},
    {Id::EditField, u"&Edit field of the setup", u"", u"F2", canEdit},
    {Id::Copy, u"&Copy", u"copy", u"", nullptr},
    {Id::Filter, u"&Filter claims", u"filter", u"Ctrl+F", hasSteps},
    {Id::NextHit, u"&Next claim that fits", u"", u"F3", hasSteps},
    {Id::PreviousHit, u"Pre&vious claim that fits", u"", u"Shift+F3", hasSteps},
    {Id::Settings, u"Se&ttings\u2026", u"", u"Ctrl+,", nullptr},
    {Id::CopyVerdict, u"Copy &verdict", u"", u"Ctrl+Shift+C", hasSteps},
    {Id::Match, u"&Match", u"", u"Ctrl+1", hasSteps},
    {Id::Token, u"&Token", u"", u"Ctrl+2", hasSteps},
    {Id::Wire, u"&Wire", u"", u"Ctrl+3", hasSteps},
    {Id::Audiences, u"&Audiences", u"", u"Ctrl+4", hasSteps},
    {Id::Explain, u"&Explain", u"", u"Ctrl+5", nullptr},
    {Id::NextTab, u"&Next tab", u"", u"Ctrl+Tab", nullptr},
    {Id::PreviousTab, u"&Previous tab", u"", u"Ctrl+Shift+Tab", nullptr},
    {Id::Rail, u"&Rail", u"", u"F9", nullptr, true},
    {Id::ExplainPane, u"E&xplain pane", u"", u"Ctrl+F9", nullptr, true},
    {Id::Findings, u"&Findings", u"", u"", nullptr, true},
    {Id::ChainTable, u"&Chain as table", u"table", u"Ctrl+T", hasSteps, true},
    {Id::ZoomIn, u"Zoom &in", u"zoom-in", u"Ctrl++; Ctrl+=", hasSteps},
    {Id::ZoomOut, u"Zoom &out", u"zoom-out", u"Ctrl+-", hasSteps},
    {Id::Fit, u"F&it", u"fit", u"Ctrl+0", hasSteps},
    {Id::NextPane, u"Ne&xt pane", u"", u"F6", nullptr},
    {Id::PreviousPane, u"Pre&vious pane", u"", u"Shift+F6", nullptr},
    {Id::Larger, u"Pane &larger", u"", u"Ctrl+Alt++; Ctrl+Alt+=", nullptr},
    {Id::Smaller, u"Pane &smaller", u"", u"Ctrl+Alt+-", nullptr},
    {Id::FullScreen, u"F&ull screen", u"", u"F11", nullptr, true},
    {Id::Next, u"&Next", u"next", u"Ctrl+Return; Ctrl+Enter", canSend},
    {Id::SendAgain, u"&Send this step again", u"", u"", canSendAgain},
    {Id::ReadKeys, u"Read &keys again and predict", u"", u"F5", canReadKeys},
    {Id::RunAll, u"&Run all", u"run-all", u"Ctrl+Shift+Return; Ctrl+Shift+Enter", canRunAll},
    {Id::Cancel, u"&Cancel waiting", u"close", u"Esc", isBusy},
    {Id::Earlier, u"View &earlier step", u"back", u"Alt+Left", hasEarlier},
    {Id::Later, u"View &later step", u"", u"Alt+Right", hasLater},
    {Id::Reset, u"Rese&t run", u"reset", u"Ctrl+Shift+R", canReset},
    {Id::Hidden, u"Show &hidden exchanges", u"", u"Ctrl+Shift+H", hasHidden},
    {Id::NextFinding, u"Next &finding", u"", u"F8", hasFindings},
    {Id::PreviousFinding, u"Pre&vious finding", u"", u"Shift+F8", hasFindings},
    {Id::NextDifference, u"Next &difference", u"", u"F7", hasSteps},
    {Id::PreviousDifference, u"Previo&us difference", u"", u"Shift+F7", hasSteps},
    {Id::Inventory, u"&Inventory of agents", u"table", u"", nullptr},
    {Id::Review, u"Desi&gn review", u"", u"", nullptr},
    {Id::Seam, u"S&idecar settings, secret-based and federated", u"", u"", hasSidecar},
    {Id::Redeploy, u"&Deploy the host again", u"", u"", canRedeploy},
    {Id::Option1, u"Option &1: the managed identity is federated to the cloud", u"", u"", hasTwoOptions, true},
    {Id::Option2, u"Option &2: the agent identity is federated to the cloud", u"", u"", hasTwoOptions, true},
    {Id::RestartLab, u"&Restart lab", u"reset", u"", nullptr},
    {Id::Redaction, u"&Hide secrets on the Wire tab", u"", u"", nullptr, true},
    {Id::CopyManifest, u"Copy path of the lab's &manifest", u"copy", u"", nullptr},
    {Id::Glossary, u"&Glossary", u"glossary", u"F1", hasSteps},
    {Id::Manual, u"&Manual", u"", u"Shift+F1", nullptr},
    {Id::Keys, u"&Keys", u"", u"", nullptr},
    {Id::About, u"&About Trustwalk", u"", u"", nullptr},
};

QList<QKeySequence> sequences(const QString& keys)
{
    QList<QKeySequence> result;
    for (const QString& key : keys.split("; "_L1, Qt::SkipEmptyParts))
        result.append(QKeySequence(key, QKeySequence::PortableText));
    return result;
}

} // namespace

Actions::Actions(Session& session, QWidget* window)
    : QObject(window), m_session(session)
{
    for (const Row& row : table) {
        auto* action = new QAction(QString::fromUtf16(row.text), this);
        if (const QString icon = QString::fromUtf16(row.icon); !icon.isEmpty())
            action->setIcon(theme::icon(icon));
        action->setShortcuts(sequences(QString::fromUtf16(row.keys)));
        action->setCheckable(row.checkable);
        window->addAction(action);
        m_actions.insert(row.id, action);
    }
    for (const auto signal : {&Session::setupChanged, &Session::flowChanged, &Session::runChanged})
        connect(&session, signal, this, &Actions::refresh);
    connect(&session, &Session::selectionChanged, this, &Actions::refresh);
    refresh();
}

void Actions::on(Id id, std::function<void()> act)
{
    connect(m_actions.value(id), &QAction::triggered, this, [act = std::move(act)] { act(); });
}

void Actions::refresh()
{
    for (const Row& row : table)
        if (row.when)
            m_actions.value(row.id)->setEnabled(row.when(m_session));
    m_actions.value(Id::Next)->setText(u"&"_s + nextText(m_session));
    const QString nothing = u"Read from a file: nothing of it is sent."_s;
    m_actions.value(Id::Next)->setToolTip(m_session.recording() ? nothing : m_actions.value(Id::Next)->text().remove(u'&'));
    refreshVariants();
    QAction* all = m_actions.value(Id::RunAll);
    all->setToolTip(m_session.recording() ? nothing : asksBeforeSending(m_session) ? u"In a higher setup each live step is asked for on its own."_s
                                                 : u"Run all (%1)"_s.arg(all->shortcut().toString(QKeySequence::NativeText)));
}

/// The same setup another way: what is chosen, and why there is no choice.
void Actions::refreshVariants()
{
    const bool has = m_session.hasSetup() && m_session.setup().flow(m_session.flow().id);
    const int option = has ? m_session.setup().flow(m_session.flow().id)->option : 0;
    m_actions.value(Id::Option1)->setChecked(option == 1);
    m_actions.value(Id::Option2)->setChecked(option == 2);
    const QString oneWay = u"This flow has one way to the cloud. The samples agent-estate, aws-agent and google-agent have both."_s;
    for (const Id id : {Id::Option1, Id::Option2})
        m_actions.value(id)->setToolTip(m_actions.value(id)->isEnabled() ? u"Whom the cloud sees, and what its audit log shows, follows from this."_s : oneWay);
    QAction* seam = m_actions.value(Id::Seam);
    seam->setToolTip(seam->isEnabled() ? u"The one block that differs, and both to save."_s : u"This setup has no sidecar. The sample sidecar has one."_s);
    QAction* redeploy = m_actions.value(Id::Redeploy);
    redeploy->setToolTip(redeploy->isEnabled() ? u"A new deployment gives a system-assigned identity another object id. A user-assigned one stays."_s
            : m_session.against() == session::Against::Live ? u"Only in the lab: Trustwalk deploys nothing live."_s
                                                            : u"This setup has no managed identity."_s);
}

QList<QPair<QString, QString>> Actions::keys() const
{
    QList<QPair<QString, QString>> result;
    for (const Row& row : table)
        if (const QKeySequence key = m_actions.value(row.id)->shortcut(); !key.isEmpty())
            result.append({key.toString(QKeySequence::NativeText), controls::withoutMnemonic(QString::fromUtf16(row.text))});
    return result;
}

QString nextText(const Session& session, bool brief)
{
    const int next = stepNumber(session, session.nextStep());
    if (!next || session.isBusy())
        return u"Next"_s;
    const int viewed = stepNumber(session, session.selection().step);
    const bool again = session.record(session.nextStep()) != nullptr;
    if (again)
        return brief ? u"Send again"_s : u"Send step %1 again"_s.arg(next);
    // One step back is where one looks after an accepted step: that is no detour.
    if (viewed && (viewed > next || viewed < next - 1))
        return u"Send step %1"_s.arg(next);
    return u"Next"_s;
}

bool asksBeforeSending(const Session& session)
{
    return session.hasSetup() && session.against() == session::Against::Live && session.setup().environment == setup::Environment::Higher;
}
