// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "frame.h"

#include "ui/graph/chainpane.h"
#include "ui/models/signin.h"
#include "ui/pages/audiencespage.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/matchpage.h"
#include "ui/pages/signinpage.h"
#include "ui/pages/tokenpage.h"
#include "ui/pages/wirepage.h"
#include "ui/theme.h"
#include "ui/widgets/askstrip.h"

#include <QIcon>

using namespace Qt::StringLiterals;
using Tab = TabPane::Tab;

void Frame::createTabs()
{
    m_tabs->add(Tab::SignIn, u"Sign-in"_s, [this](QWidget* parent) { return TabPane::Page {new SignInPage(m_session, parent), nullptr}; });
    m_tabs->add(Tab::Match, u"Match"_s, [this](QWidget* parent) { return makeMatch(parent); });
    m_tabs->add(Tab::Token, u"Token"_s, [this](QWidget* parent) { return makeToken(parent); });
    m_tabs->add(Tab::Wire, u"Wire"_s, [this](QWidget* parent) { return makeWire(parent); });
    m_tabs->add(Tab::Audiences, u"Audiences"_s, [this](QWidget* parent) {
        auto* page = new AudiencesPage(m_session, parent);
        return TabPane::Page {page, page->cornerWidget()};
    });
    m_tabs->add(Tab::Explain, u"Explain"_s, {});
    m_tabs->setShown(Tab::SignIn, false);
    m_tabs->setShown(Tab::Explain, false);
    connect(m_tabs, &TabPane::currentChanged, this, [this] {
        if (m_applied)
            settleChain();
    });
    connect(m_chain, &ChainPane::opened, this, [this](const base::Place& place) {
        m_session.select(place);
        follow(place);
    });
}

TabPane::Page Frame::makeMatch(QWidget* parent)
{
    auto* page = new MatchPage(m_session, parent);
    if (m_hooks.applyFix)
        page->setApplyFix(m_hooks.applyFix);
    return {page, page->cornerWidget()};
}

TabPane::Page Frame::makeToken(QWidget* parent)
{
    auto* page = new TokenPage(m_session, parent);
    connect(page, &TokenPage::wantsCompactChainChanged, this, [this](bool wants) {
        m_tokenWantsRoom = wants;
        if (m_applied)
            settleChain();
    });
    connect(page, &TokenPage::asked, this, [this](const QString& question, const QString& yes, const std::function<void()>& act) { m_ask->ask(question, yes, u"Cancel"_s, act); });
    return {page, page->cornerWidget()};
}

TabPane::Page Frame::makeWire(QWidget* parent)
{
    auto* page = new WirePage(m_session, parent);
    page->setRedaction(m_redaction);
    return {page, page->cornerWidget()};
}

void Frame::setRedaction(bool on)
{
    m_redaction = on;
    if (QWidget* page = m_tabs->page(Tab::Wire))
        static_cast<WirePage*>(page)->setRedaction(on);
    if (QWidget* page = on ? m_tabs->page(Tab::Token) : nullptr)
        static_cast<TokenPage*>(page)->hideSignature();
}

// The tab of the failing comparison carries its glyph, whichever tab is in front.
void Frame::showVerdictOnTab()
{
    const QString& step = m_session.selection().step;
    const flow::StepState state = m_session.state(step);
    QIcon icon;
    const auto glyph = [this](const QString& name, const QColor& ink) { return QIcon(theme::pixmap(name, theme::px(14), ink, devicePixelRatioF())); };
    if (state == flow::StepState::Refused)
        icon = glyph(u"verdict-refuse"_s, theme::stateColor(state));
    else if (state == flow::StepState::Failed)
        icon = glyph(u"verdict-failed"_s, theme::stateColor(state));
    else if (const auto verdict = m_session.record(step) ? std::nullopt : m_session.predicted(step); verdict && verdict->decision == base::Decision::Refuse)
        icon = glyph(u"verdict-refuse-predicted"_s, theme::color(theme::Token::Refuse));
    m_tabs->setIcon(Tab::Match, icon);
}

void Frame::showSignInTab()
{
    const bool has = hasSignIn(m_session);
    if (!has && m_tabs->current() == Tab::SignIn)
        m_tabs->show(Tab::Match);
    if (has == m_tabs->isShown(Tab::SignIn) && !m_session.waiting())
        return m_tabs->setIcon(Tab::SignIn, {});
    m_tabs->setShown(Tab::SignIn, has);
    m_tabs->setIcon(Tab::SignIn, m_session.waiting() ? theme::icon(u"clock"_s) : QIcon());
}
