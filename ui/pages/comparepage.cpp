// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "comparepage.h"

#include "core/chain/beside.h"
#include "core/report/difference.h"
#include "core/report/runjson.h"
#include "core/report/savedrun.h"
#include "core/session/still.h"
#include "ui/graph/chainlayout.h"
#include "ui/graph/chainpane.h"
#include "ui/models/comparedsteps.h"
#include "ui/models/differencerows.h"
#include "ui/models/explaineddifference.h"
#include "ui/pages/audiencespage.h"
#include "ui/pages/comparerail.h"
#include "ui/pages/differencetable.h"
#include "ui/pages/explainpane.h"
#include "ui/pages/matchpage.h"
#include "ui/pages/sidepair.h"
#include "ui/pages/tokenpage.h"
#include "ui/pages/wirepage.h"
#include "ui/tabpane.h"
#include "ui/widgets/article.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using session::Session;
using theme::px;
using theme::Token;
using Tab = TabPane::Tab;

namespace {

json::Document documentOf(const Session& s)
{
    return json::Document::read(report::runJson(s));
}

report::RunDifference differenceOf(const Session& left, const Session& right)
{
    const json::Document l = documentOf(left), r = documentOf(right);
    return report::difference(l.root(), r.root(), {u"in A"_s, u"in B"_s, u"A"_s, u"B"_s});
}

/// Both chains as one recording: what the drawing shows, and its selection.
diagnosis::Recorded together(const report::RunDifference& difference, const Session& left, const Session& right)
{
    diagnosis::Recorded out {.chain = comparedChain(difference, left, right), .last = std::max(left.now(), right.now())};
    out.made.flow = chain::beside(left.flow(), right.flow());
    return out;
}

QString describe(QChar letter, const Session& session)
{
    const diagnosis::Recorded* recorded = session.recording();
    const QString what = recorded->saved && recorded->saved->receipt ? u"evidence bundle"_s : report::savedText(*recorded);
    const QString name = u"%1. %2"_s.arg(QString(letter), session.setup().title);
    return what.isEmpty() ? name : u"%1 (%2)"_s.arg(name, what);
}

} // namespace

struct ComparePage::Parts
{
    Parts(const ComparedRun& a, const ComparedRun& b)
        : left(a.recorded, a.name), right(b.recorded, b.name), difference(differenceOf(left.session(), right.session())),
          both(together(difference, left.session(), right.session()), u"Both runs"_s), steps(difference, left.session(), right.session()), rows(a.name, b.name)
    {
        rows.setRows(differenceRows(difference, left.session(), right.session()));
    }
    Session& side(int which) { return which == 0 ? left.session() : right.session(); }

    session::Still left, right;
    report::RunDifference difference;
    session::Still both; ///< for the drawing
    ComparedSteps steps;
    DifferenceModel rows;
    QSplitter* outer = nullptr;
    QSplitter* center = nullptr;
    CompareRail* rail = nullptr;
    ChainPane* chain = nullptr;
    TabPane* tabs = nullptr;
    DifferenceTable* table = nullptr;
    Article* explain = nullptr;
    QList<WirePage*> wires {};
    bool redaction = true;
    bool selecting = false;
};

ComparePage::ComparePage(const ComparedRun& left, const ComparedRun& right, QWidget* parent)
    : QWidget(parent), m(std::make_unique<Parts>(left, right))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHead());
    createBody();
    layout->addWidget(m->outer, 1);
    createTabs();
    for (int side : {0, 1})
        connect(&m->side(side), &Session::selectionChanged, this, [this, side](const base::Place& place) { select(side, place); });
    connect(&m->both.session(), &Session::selectionChanged, this, [this](const base::Place& place) {
        if (m->selecting)
            return;
        const auto [side, within] = chain::placeWithin(place);
        m->side(side == chain::lowerSide ? 1 : 0).select(within);
    });
    // What differs first is what somebody looks for.
    const auto first = std::ranges::find_if(m->difference.steps, &report::StepDifference::differs);
    if (!m->difference.steps.isEmpty())
        selectStep(first == m->difference.steps.end() ? 0 : int(first - m->difference.steps.begin()));
}

// The pages in the tree look at the sessions until they are gone.
ComparePage::~ComparePage() { qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)); }

QWidget* ComparePage::createHead()
{
    auto* head = new Panel(Token::Window, Qt::BottomEdge, this);
    auto* title = new Label(theme::Type::Body, Token::Text, head);
    title->setWeight(600);
    title->setText(u"Two runs"_s);
    auto* summary = new Label(theme::Type::Body, Token::Text2, head);
    summary->setElide(Qt::ElideRight);
    summary->setText(u"%1  |  %2"_s.arg(describe(u'A', left()), describe(u'B', right())));
    auto* quiet = new Label(theme::Type::Body, Token::Text2, head);
    quiet->setText(u"Nothing is sent"_s);
    auto* swap = controls::button(u"Swap"_s, u"compare"_s, controls::Kind::Small, head);
    swap->setToolTip(u"A becomes B"_s);
    auto* close = controls::button(u"Back to the run"_s, u"close"_s, controls::Kind::Small, head);
    close->setToolTip(u"Leave the comparison (Esc)"_s);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(px(16), px(6), px(16), px(6));
    row->setSpacing(px(12));
    row->addWidget(title);
    row->addWidget(summary, 1);
    for (QWidget* widget : {static_cast<QWidget*>(quiet), static_cast<QWidget*>(swap), static_cast<QWidget*>(close)})
        row->addWidget(widget);
    connect(swap, &QPushButton::clicked, this, &ComparePage::swapped);
    connect(close, &QPushButton::clicked, this, &ComparePage::closed);
    return head;
}

void ComparePage::createBody()
{
    m->outer = new QSplitter(Qt::Horizontal, this);
    const bool oneFlow = left().flow().title == right().flow().title;
    const QString title = oneFlow ? left().flow().title : u"%1, %2"_s.arg(left().flow().title, right().flow().title);
    const QString first = m->difference.differs() ? m->difference.first : u"None: the runs do not differ in anything that stays."_s;
    m->rail = new CompareRail(m->steps, title, first, report::explained(m->difference).whatHappens.remove(u'`'), m->outer);
    m->center = new QSplitter(Qt::Vertical, m->outer);
    m->chain = new ChainPane(m->both.session(), m->center);
    m->tabs = new TabPane(m->center);
    for (QSplitter* splitter : {m->outer, m->center}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(splitter == m->center ? px(5) : 1);
        splitter->setStretchFactor(1, 1);
    }
    connect(m->rail, &CompareRail::stepChosen, this, &ComparePage::selectStep);
    connect(m->chain, &ChainPane::opened, this, [this](const base::Place& place) {
        m->both.session().select(place);
        follow(chain::placeWithin(place).second);
    });
}

void ComparePage::createTabs()
{
    const QString a = u"A. "_s + left().setup().title, b = u"B. "_s + right().setup().title;
    const auto pair = [a, b](auto* first, auto* second, QWidget* parent) {
        auto* pages = new SidePair({first, first->cornerWidget(), a}, {second, second->cornerWidget(), b}, parent);
        return TabPane::Page {pages, pages->cornerWidget()};
    };
    m->table = new DifferenceTable(&m->rows, this);
    auto* corner = new QWidget(this);
    auto* only = controls::button(u"Only differences"_s, u"filter"_s, controls::Kind::Bar, corner);
    only->setCheckable(true);
    auto* copy = controls::button(u"Copy table"_s, u"copy"_s, controls::Kind::Bar, corner);
    auto* line = new QHBoxLayout(corner);
    line->setContentsMargins({});
    line->addWidget(only);
    line->addWidget(copy);
    connect(only, &QPushButton::toggled, m->table, &DifferenceTable::setOnlyDifferences);
    connect(copy, &QPushButton::clicked, this, [this] { controls::copyText(differenceTable(m->rows)); });
    connect(m->table, &DifferenceTable::rowChosen, this, [this](int row) {
        const DifferenceRow& chosen = m->rows.rows()[row];
        if (!chosen.at.step.isEmpty())
            select(chosen.onRight ? 1 : 0, chosen.at);
    });
    m->tabs->add(Tab::Difference, u"Difference"_s, [this, corner](QWidget*) { return TabPane::Page {m->table, corner}; });
    m->tabs->add(Tab::Match, u"Match"_s, [this, pair](QWidget* parent) { return pair(new MatchPage(left(), parent), new MatchPage(right(), parent), parent); });
    m->tabs->add(Tab::Token, u"Token"_s, [this, pair](QWidget* parent) { return pair(new TokenPage(left(), parent), new TokenPage(right(), parent), parent); });
    m->tabs->add(Tab::Wire, u"Wire"_s, [this, pair](QWidget* parent) {
        m->wires = {new WirePage(left(), parent), new WirePage(right(), parent)};
        setRedaction(m->redaction);
        return pair(m->wires[0], m->wires[1], parent);
    });
    m->tabs->add(Tab::Audiences, u"Audiences"_s, [this, pair](QWidget* parent) { return pair(new AudiencesPage(left(), parent), new AudiencesPage(right(), parent), parent); });
    m->tabs->add(Tab::Explain, u"Explain"_s, [this](QWidget* parent) {
        auto* page = new Panel(Token::Surface, {}, parent);
        m->explain = new Article(u"Why they differ"_s, page);
        auto* layout = new QVBoxLayout(page);
        layout->setContentsMargins(px(16), px(14), px(14), px(12));
        layout->addWidget(m->explain);
        page->setFocusProxy(m->explain);
        connect(&theme::watcher(), &theme::Watcher::changed, this, &ComparePage::explain);
        explain();
        return TabPane::Page {page, nullptr};
    });
    m->tabs->show(Tab::Difference);
}

/// The chosen step's first difference, else that of the runs.
void ComparePage::explain()
{
    if (!m->explain)
        return;
    m->explain->begin();
    write(*m->explain, explainedDifference(m->difference, m->rail->currentRow()));
    m->explain->end();
}

void ComparePage::selectStep(int row)
{
    const report::StepDifference& step = m->difference.steps[row];
    select(step.leftId.isEmpty() ? 1 : 0, {.step = step.id});
}

/// One selection: both runs show the step, the drawing shows it on the side it was chosen on.
void ComparePage::select(int side, const base::Place& place)
{
    if (std::exchange(m->selecting, true))
        return;
    const base::Place there = m->difference.across(place, side == 1);
    m->side(side).select(place);
    if (!there.step.isEmpty())
        m->side(1 - side).select(there);
    m->both.session().select(chain::placeBeside(side == 0 ? chain::upperSide : chain::lowerSide, place));
    const qsizetype row = m->difference.indexOf(place.step, side == 1);
    m->rail->showStep(row);
    m->table->showStep(row);
    explain();
    m->selecting = false;
}

void ComparePage::follow(const base::Place& place)
{
    if (place.part == u"match" || place.part.startsWith(u"link:"))
        m->tabs->show(Tab::Match);
    else if (place.part.startsWith(u"token:"))
        m->tabs->show(Tab::Token);
    else if (place.part == u"request" || place.part == u"response")
        m->tabs->show(Tab::Wire);
}

const report::RunDifference& ComparePage::difference() const { return m->difference; }
Session& ComparePage::left() const { return m->left.session(); }
Session& ComparePage::right() const { return m->right.session(); }
TabPane& ComparePage::tabs() const { return *m->tabs; }

void ComparePage::goToDifference(int direction)
{
    m->tabs->show(Tab::Difference);
    m->table->goToDifference(direction);
}

void ComparePage::viewStep(int direction)
{
    const int row = m->rail->currentRow() + direction;
    if (row >= 0 && row < m->steps.rowCount())
        m->rail->showStep(row);
}

void ComparePage::setRedaction(bool on)
{
    m->redaction = on;
    for (WirePage* page : std::as_const(m->wires))
        page->setRedaction(on);
}

void ComparePage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        viewStep(event->key() == Qt::Key_Right ? 1 : -1);
    else
        QWidget::keyPressEvent(event);
}

/// The rail as wide as the run's; the chains get what two of them need, up to a half.
void ComparePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int rail = px(width() < px(1100) ? 208 : 248);
    m->outer->setSizes({rail, width() - rail});
    const auto natural = [this](ChainForm form) {
        const auto width = [](const QString& text, ChainFont) { return text.size() * 7.0; };
        return px(layoutOf(m->both.session().chain(), {.form = form, .width = 0, .textWidth = width}).size.height());
    };
    const int most = m->center->height() * 9 / 20;
    const int full = natural(ChainForm::Full);
    const int chains = std::clamp(full <= most ? full : natural(ChainForm::Short), px(160), std::max(px(160), most));
    m->center->setSizes({chains, m->center->height() - chains});
}
