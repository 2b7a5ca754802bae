// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainpane.h"

#include "core/session/session.h"
#include "core/session/shownchain.h"
#include "ui/graph/chainscene.h"
#include "ui/graph/chainview.h"
#include "ui/models/chaintablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;
using theme::px;

namespace {

constexpr qreal smallest = 0.7;   // below, text would be under 9 px
constexpr qreal comfortable = 0.85;
constexpr qreal step = 1.15;
constexpr int lowest = 200;       // px at u = 4; lower panes take the compact form

QToolButton* sceneButton(const QString& icon, const QString& name, const QString& keys, QWidget* parent)
{
    QToolButton* button = controls::iconButton(icon, name, parent);
    button->setToolTip(QString(name + u" (" + keys + u')'));
    button->setObjectName(icon);
    return button;
}

} // namespace

ChainPane::ChainPane(session::Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_scene(new ChainScene(this)), m_view(new ChainView(m_scene, this)),
      m_model(new ChainTableModel(this)), m_stack(new QStackedLayout(this))
{
    // Both stay visible: the table below is what assistive tools read while the drawing is on top.
    m_stack->setStackingMode(QStackedLayout::StackAll);
    m_stack->addWidget(m_view);
    createTable();
    createButtons();
    setFocusProxy(m_view);
    connect(m_view, &ChainView::zoomAsked, this, &ChainPane::zoomBy);
    connect(m_view, &ChainView::resized, this, &ChainPane::settle);
    connect(m_scene, &ChainScene::chosen, &m_session, &session::Session::select);
    connect(m_scene, &ChainScene::opened, this, &ChainPane::opened);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &ChainPane::restyle);
    connectSession();
    restyle();
}

ChainPane::~ChainPane() = default;

void ChainPane::connectSession()
{
    using session::Session;
    connect(&m_session, &Session::setupChanged, this, &ChainPane::rebuild);
    connect(&m_session, &Session::flowChanged, this, &ChainPane::fit);
    connect(&m_session, &Session::runChanged, this, &ChainPane::rebuild);
    connect(&m_session, &Session::selectionChanged, this, &ChainPane::showSelection);
}

void ChainPane::createTable()
{
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    m_table->setAccessibleName(u"Trust chain as a table"_s);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(ChainTableModel::Hop, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setFocusPolicy(Qt::NoFocus);
    m_table->installEventFilter(this);
    m_stack->addWidget(m_table);
    m_stack->setCurrentWidget(m_view);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) { selectRow(row.row()); });
}

void ChainPane::createButtons()
{
    m_buttons = new QWidget(this);
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins({});
    row->setSpacing(0);
    auto* zoomOutButton = sceneButton(u"zoom-out"_s, u"Smaller"_s, u"Ctrl+-"_s, m_buttons);
    auto* zoomInButton = sceneButton(u"zoom-in"_s, u"Larger"_s, u"Ctrl++"_s, m_buttons);
    auto* fitButton = sceneButton(u"fit"_s, u"Fit"_s, u"Ctrl+0"_s, m_buttons);
    m_tableButton = sceneButton(u"table"_s, u"Chain as a table"_s, u"Ctrl+T"_s, m_buttons);
    m_tableButton->setCheckable(true);
    m_zoomButtons = {zoomOutButton, zoomInButton, fitButton};
    for (QToolButton* button : {zoomOutButton, zoomInButton, fitButton, m_tableButton})
        row->addWidget(button);
    connect(zoomOutButton, &QToolButton::clicked, this, &ChainPane::zoomOut);
    connect(zoomInButton, &QToolButton::clicked, this, &ChainPane::zoomIn);
    connect(fitButton, &QToolButton::clicked, this, &ChainPane::fit);
    connect(m_tableButton, &QToolButton::clicked, this, &ChainPane::toggleTable);
}

void ChainPane::rebuild()
{
    m_scene->setMotion(!theme::reducedMotion() && isVisible());
    const session::ShownChain shown = session::shownChain(m_session);
    m_scene->setChain(shown.chain, m_session.now(), shown.rootPredictions);
    m_selecting = true;
    m_model->setRows(m_session.hasSetup() ? hopsOf(shown.chain, m_session.flow(), m_session.now()) : QList<ChainHop> {});
    m_selecting = false;
    settle();
    showSelection(m_session.selection());
}

void ChainPane::restyle()
{
    m_table->verticalHeader()->setDefaultSectionSize(px(32));
    for (QToolButton* button : m_zoomButtons + QList {m_tableButton}) {
        button->setIcon(theme::icon(button->objectName()));
        button->setIconSize({px(16), px(16)});
        button->setFixedSize(px(28), px(28));
    }
    m_scene->refresh();
    rebuild();
    updateGeometry();
}

/// The height does not depend on the width, so it decides first; what is then left beside goes into the gaps.
ChainPane::Fit ChainPane::fitOf(ChainForm form) const
{
    const QSizeF room = m_view->room();
    const QSizeF natural = m_scene->sizeIn(form, 0);
    if (natural.isEmpty() || room.isEmpty())
        return {room.width(), 1};
    const qreal byHeight = std::clamp(room.height() / natural.height(), smallest, 1.0);
    const qreal width = room.width() / byHeight;
    const QSizeF size = m_scene->sizeIn(form, width);
    return {width, std::min({1.0, room.width() / size.width(), room.height() / size.height()})};
}

/// The richest form that can be read.
ChainForm ChainPane::fittingForm() const
{
    const bool manyRows = m_scene->sizeIn(ChainForm::Full, 0).height() > 300;
    if (m_asked || m_view->room().height() < (manyRows ? 1.0 : 0.98) * lowest)
        return ChainForm::Compact;
    if (fitOf(ChainForm::Full).zoom >= (manyRows ? comfortable : smallest))
        return ChainForm::Full;
    return manyRows && fitOf(ChainForm::Short).zoom >= smallest ? ChainForm::Short : ChainForm::Compact;
}

void ChainPane::settle()
{
    const ChainForm form = fittingForm();
    const Fit fit = fitOf(form);
    if (!m_byHand)
        m_view->setZoom(std::max(smallest, fit.zoom));
    m_scene->setForm(form, fit.width);
    placeButtons();
    emit zoomChanged(zoom());
}

/// The last lane's title keeps its place; zooming goes by keys, wheel and menu, too.
void ChainPane::placeButtons()
{
    const qreal scale = theme::u() / 4.0 * m_view->zoom();
    const bool narrow = (m_scene->lastTitleEnd() + 4) * scale > width() - 4 * px(28) - px(10);
    for (QToolButton* button : {m_zoomButtons[0], m_zoomButtons[1]})
        button->setVisible(!isCompact() && !narrow && !showsTable());
    m_zoomButtons[2]->setVisible(!showsTable());
    m_buttons->adjustSize();
    m_buttons->move(width() - m_buttons->width() - px(6), px(6));
    m_buttons->raise();
    m_scene->setTitleReserve((m_buttons->width() + px(4)) * 4.0 / theme::u() / m_view->zoom());
}

void ChainPane::setCompact(bool compact)
{
    if (m_asked == compact)
        return;
    m_asked = compact;
    m_byHand = false;
    settle();
    updateGeometry();
}

bool ChainPane::isCompact() const { return m_scene->geometry().form == ChainForm::Compact; }

qreal ChainPane::zoom() const { return m_view->zoom(); }

void ChainPane::zoomBy(int steps)
{
    m_byHand = true;
    m_view->setZoom(m_view->zoom() * std::pow(step, steps));
    // Rather another form than letters too small to read.
    if (m_view->zoom() < smallest && !isCompact())
        m_asked = true;
    settle();
    m_view->showCurrent();
}

void ChainPane::zoomIn() { zoomBy(1); }
void ChainPane::zoomOut() { zoomBy(-1); }

void ChainPane::fit()
{
    m_byHand = false;
    settle();
}

void ChainPane::toggleTable()
{
    const bool table = !showsTable();
    const bool focused = m_view->hasFocus() || m_table->hasFocus();
    m_stack->setCurrentWidget(table ? static_cast<QWidget*>(m_table) : m_view);
    m_table->setFocusPolicy(table ? Qt::StrongFocus : Qt::NoFocus);
    m_view->setFocusPolicy(table ? Qt::NoFocus : Qt::StrongFocus);
    setFocusProxy(m_stack->currentWidget());
    m_tableButton->setChecked(table);
    if (focused)
        m_stack->currentWidget()->setFocus();
    settle();
}

bool ChainPane::showsTable() const { return m_stack->currentWidget() == m_table; }

void ChainPane::selectRow(int row)
{
    if (m_selecting || row < 0 || row >= m_model->rows().size())
        return;
    const ChainHop& hop = m_model->rows()[row];
    if (!hop.stepId.isEmpty())
        m_session.select({.step = hop.stepId, .part = u"link:"_s + (hop.linkId.isEmpty() ? hop.stepId : hop.linkId)});
}

void ChainPane::showSelection(const base::Place& place)
{
    m_scene->select(place);
    if (!m_byHand)
        m_view->showCurrent();
    const int row = m_model->rowOfStep(place.step, m_session.chain());
    m_selecting = true;
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    else
        m_table->clearSelection();
    m_selecting = false;
}

QSize ChainPane::sizeHint() const { return {px(876), px(m_asked ? 104 : 272)}; }
QSize ChainPane::minimumSizeHint() const { return {px(240), px(104)}; }

void ChainPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeButtons();
}

bool ChainPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int row = m_table->currentIndex().row();
    if ((key != Qt::Key_Return && key != Qt::Key_Enter) || row < 0)
        return false;
    emit opened({.step = m_model->rows()[row].stepId, .part = u"match"_s});
    return true;
}
