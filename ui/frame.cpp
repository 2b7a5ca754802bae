// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "frame.h"

#include "settings.h"
#include "ui/graph/chainlayout.h"
#include "ui/graph/chainpane.h"
#include "ui/models/signin.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/findingspane.h"
#include "ui/pages/livebar.h"
#include "ui/pages/rail.h"
#include "ui/theme.h"
#include "ui/widgets/askstrip.h"
#include "ui/widgets/editstrip.h"
#include "ui/widgets/messagestrip.h"

#include <QEvent>
#include <QScreen>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using Tab = TabPane::Tab;

namespace {

QVBoxLayout* column(QWidget* widget)
{
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

std::optional<Tab> tabOf(const QString& part)
{
    if (part == "match"_L1 || part.startsWith("link:"_L1))
        return Tab::Match;
    if (part.startsWith("token:"_L1))
        return Tab::Token;
    if (part == "request"_L1 || part == "response"_L1)
        return Tab::Wire;
    if (part == "audiences"_L1)
        return Tab::Audiences;
    return {};
}

} // namespace

Frame::Frame(session::Session& session, const Hooks& hooks, Settings& settings, QWidget* parent)
    : QWidget(parent), m_session(session), m_hooks(hooks), m_settings(settings)
{
    createSplitters();
    createPanes();
    createTabs();
    connect(&session, &session::Session::selectionChanged, this, &Frame::follow);
    connect(&session, &session::Session::selectionChanged, this, &Frame::showVerdictOnTab);
    connect(&session, &session::Session::runChanged, this, &Frame::showVerdictOnTab);
    connect(&session, &session::Session::waitingChanged, this, &Frame::showSignInTab);
    connect(&session, &session::Session::runChanged, this, &Frame::showSignInTab);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &Frame::showVerdictOnTab);
    connect(&session, &session::Session::runChanged, this, &Frame::openFindings);
    connect(m_findings, &FindingsPane::opened, this, [this] { m_findingsChosen = true; });
    connect(&session, &session::Session::flowChanged, this, [this] {
        if (m_applied)
            settleChain();
    });
    showSignInTab();
    m_tabs->show(Tab::Match);
    showVerdictOnTab();
}

void Frame::createSplitters()
{
    auto* layout = column(this);
    layout->addWidget(new LiveBar(m_session, this));
    m_outer = new QSplitter(Qt::Horizontal, this);
    layout->addWidget(m_outer, 1);
}

void Frame::createPanes()
{
    m_rail = new Rail(m_session, m_outer);
    auto* right = new QWidget(m_outer);
    m_upper = new QSplitter(Qt::Horizontal, right);
    m_center = new QSplitter(Qt::Vertical, m_upper);
    m_chain = new ChainPane(m_session, m_center);
    auto* lower = new QWidget(m_center);
    m_message = new MessageStrip(lower);
    m_ask = new AskStrip(lower);
    m_edit = new EditStrip(lower);
    m_tabs = new TabPane(lower);
    m_lower = column(lower);
    for (QWidget* part : {static_cast<QWidget*>(m_message), static_cast<QWidget*>(m_ask), static_cast<QWidget*>(m_edit)})
        m_lower->addWidget(part);
    m_lower->addWidget(m_tabs, 1);
    m_explain = new ExplainPane(m_session, m_upper);
    m_findings = new FindingsPane(m_session, right);
    auto* layout = column(right);
    layout->addWidget(m_upper, 1);
    layout->addWidget(m_findings);

    for (QSplitter* splitter : {m_outer, m_upper, m_center}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(splitter == m_center ? px(5) : 1);
        splitter->handle(1)->installEventFilter(this);
        connect(splitter, &QSplitter::splitterMoved, this, [this, splitter] {
            remember(splitter == m_outer ? u"outer"_s : splitter == m_upper ? u"upper"_s : u"center"_s, *splitter);
        });
    }
    m_outer->setStretchFactor(1, 1);
    m_upper->setStretchFactor(0, 1);
    m_center->setStretchFactor(1, 1);
    m_rail->setMinimumWidth(px(132));
    m_explain->setMinimumWidth(px(220));
}

void Frame::takeMessage() { m_lower->insertWidget(0, m_message); }

void Frame::apply(const LayoutPlan& plan)
{
    const LayoutPlan before = std::exchange(m_plan, plan);
    if (m_applied && before == plan)
        return;
    m_rail->setShort(plan.shortRail);
    m_rail->setFootShown(!plan.spare);
    placeExplain();
    openFindings();
    m_center->setHandleWidth(px(5));
    settleChain();
    shareRoom();
    m_applied = true;
}

void Frame::placeExplain()
{
    const bool isTab = m_tabs->page(Tab::Explain) != nullptr;
    if (m_plan.explainIsTab && !isTab) {
        m_tabs->adopt(Tab::Explain, m_explain);
    } else if (!m_plan.explainIsTab && isTab) {
        if (m_tabs->current() == Tab::Explain)
            m_tabs->show(Tab::Match);
        m_tabs->release(Tab::Explain);
        m_upper->addWidget(m_explain);
        m_upper->setStretchFactor(0, 1);
    }
    if (!m_plan.explainIsTab)
        m_explain->setVisible(m_explainWanted);
}

// Sizes of the drawings, or what the user made of them on a screen of this class.
void Frame::shareRoom()
{
    if (!recall(u"outer"_s, *m_outer))
        m_outer->setSizes({px(m_plan.rail), width() - px(m_plan.rail)});
    if (!m_plan.explainIsTab && !recall(u"upper"_s, *m_upper))
        m_upper->setSizes({width() - px(m_plan.rail) - px(m_plan.explain), px(m_plan.explain)});
    if (!recall(u"center"_s, *m_center))
        settleChain();
}

// There is something to say now: the pane opens, unless it is narrow or the user closed it.
void Frame::openFindings()
{
    if (!m_findingsChosen)
        m_findings->setOpen(m_plan.findingsOpen && !m_session.findings().isEmpty());
}

// As drawn for one row; a chain of more rows gets what it needs, up to two fifths.
int Frame::chainHeight(bool compact) const
{
    const auto natural = [this](ChainForm form) {
        const auto width = [](const QString& text, ChainFont) { return text.size() * 7.0; };
        return layoutOf(m_session.chain(), {.form = form, .width = 0, .textWidth = width}).size;
    };
    constexpr double oneRow = 300, readable = 0.7;
    const int most = std::max(px(104), height() * 2 / 5);
    const bool manyRows = natural(ChainForm::Full).height() > oneRow;
    const QSizeF rows = natural(ChainForm::Short);
    if (compact || (manyRows && m_center->width() < px(rows.width() * readable)))
        return std::clamp(px(natural(ChainForm::Compact).height()), px(104), most);
    return manyRows ? std::clamp(px(rows.height()), std::min(px(m_plan.chain), most), most) : px(m_plan.chain);
}

void Frame::settleChain()
{
    const bool compact = m_plan.compactChain || (m_tokenWantsRoom && m_tabs->current() == Tab::Token);
    m_chain->setCompact(compact);
    if (recall(u"center"_s, *m_center))
        return;
    const int chain = chainHeight(compact);
    m_center->setSizes({chain, std::max(px(220), m_center->height() - chain)});
}

QString Frame::shape() const
{
    const bool compact = m_plan.compactChain || (m_tokenWantsRoom && m_tabs->current() == Tab::Token);
    return u"%1%2%3"_s.arg(m_plan.shortRail ? u"short"_s : u"long"_s, m_plan.explainIsTab ? u"-tab"_s : u""_s, compact ? u"-compact"_s : u""_s);
}

void Frame::remember(const QString& name, const QSplitter& splitter)
{
    m_settings.setLayout(QString(shape() + u'/' + name), screen(), splitter.saveState());
}

bool Frame::recall(const QString& name, QSplitter& splitter)
{
    const QByteArray state = m_settings.layout(QString(shape() + u'/' + name), screen());
    return !state.isEmpty() && splitter.restoreState(state);
}

bool Frame::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::MouseButtonDblClick)
        return QWidget::eventFilter(watched, event);
    for (const QString& name : {u"outer"_s, u"upper"_s, u"center"_s})
        m_settings.setLayout(QString(shape() + u'/' + name), screen(), {});
    shareRoom();
    return true;
}

void Frame::follow(const base::Place& place)
{
    if (const auto tab = tabOf(place.part))
        m_tabs->show(*tab);
}

void Frame::setRailShown(bool shown)
{
    m_rail->setVisible(shown);
}

void Frame::setExplainShown(bool shown)
{
    m_explainWanted = shown;
    if (!m_plan.explainIsTab)
        m_explain->setVisible(shown);
    else if (shown)
        m_tabs->show(Tab::Explain);
    else if (m_tabs->current() == Tab::Explain)
        m_tabs->show(Tab::Match);
}

bool Frame::isRailShown() const
{
    return !m_rail->isHidden();
}

bool Frame::isExplainShown() const
{
    return m_plan.explainIsTab ? m_tabs->current() == Tab::Explain : m_explainWanted;
}

void Frame::revealExplain()
{
    setExplainShown(true);
}

void Frame::grow(QWidget* inside, int direction)
{
    const auto give = [&](QSplitter* splitter, int index) {
        QList<int> sizes = splitter->sizes();
        const int by = direction * px(24);
        sizes[index] += by;
        sizes[1 - index] -= by;
        splitter->setSizes(sizes);
        emit splitter->splitterMoved(sizes[0], 1);
    };
    if (!inside)
        return;
    if (m_rail->isAncestorOf(inside))
        return give(m_outer, 0);
    if (m_explain->isAncestorOf(inside) && !m_plan.explainIsTab)
        return give(m_upper, 1);
    if (m_chain->isAncestorOf(inside))
        return give(m_center, 0);
    if (m_tabs->isAncestorOf(inside))
        give(m_center, 1);
}

QList<QWidget*> Frame::tabOrder() const
{
    return {m_rail, m_chain, m_message, m_ask, m_edit, m_tabs->bar(), m_tabs->corner(), m_tabs->body(), m_explain, m_findings};
}

QList<QWidget*> Frame::panes() const
{
    return {m_rail, m_chain, m_tabs->bar(), m_tabs->body(), m_explain, m_findings};
}
