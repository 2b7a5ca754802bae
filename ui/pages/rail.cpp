// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "rail.h"

#include "raildelegate.h"
#include "ui/models/steprow.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"

#include <QListView>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

void paintRoot(QPainter& painter, const QRectF& rect, chain::Root root)
{
    switch (root) {
    case chain::Root::Attested: return theme::paintIcon(painter, rect, u"attested-compute"_s, theme::color(Token::Text));
    case chain::Root::Mixed:
    case chain::Root::User: return theme::paintParty(painter, rect, flow::PartyKind::User);
    case chain::Root::DiskSecret: return theme::paintIcon(painter, rect, u"secret-on-disk"_s, theme::color(Token::Warn));
    case chain::Root::Unknown: return theme::paintDecision(painter, rect, base::Decision::NotEvaluated);
    }
}

} // namespace

Rail::Rail(session::Session& session, QWidget* parent)
    : Panel(Token::Raised, {}, parent), m_session(session), m_model(new StepsModel(session, this)), m_delegate(new RailDelegate(this)), m_list(new QListView(this))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(u"Steps"_s);
    m_list->viewport()->setAutoFillBackground(false);
    setFocusProxy(m_list);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHead());
    layout->addWidget(m_list, 1);
    layout->addWidget(createFoot());

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        const QString step = current.data(StepsModel::IdRole).toString();
        if (current.isValid() && step != m_session.selection().step)
            m_session.select({.step = step});
    });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        m_session.select({.step = index.data(StepsModel::IdRole).toString(), .part = u"match"_s});
    });
    connect(&session, &session::Session::selectionChanged, this, &Rail::showSelection);
    for (const auto signal : {&session::Session::setupChanged, &session::Session::flowChanged, &session::Session::runChanged}) {
        connect(&session, signal, this, &Rail::showHead);
        connect(&session, signal, this, &Rail::showRoot);
        connect(&session, signal, this, &Rail::showSelection);
    }
    connect(&theme::watcher(), &theme::Watcher::changed, m_list, &QListView::doItemsLayout);
    showHead();
    showRoot();
    showSelection();
}

QWidget* Rail::createHead()
{
    auto* head = new QWidget(this);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(px(16), px(14), px(8), px(8));
    layout->setSpacing(px(2));
    m_flow = new Label(Type::Body, Token::Text, head);
    m_flow->setWeight(600);
    m_progress = new Label(Type::Caption, Token::Text2, head);
    for (Label* label : {m_flow, m_progress}) {
        label->setElide(Qt::ElideRight);
        layout->addWidget(label);
    }
    return head;
}

QWidget* Rail::createFoot()
{
    auto* foot = new Panel(Token::Raised, Qt::TopEdge, this);
    auto* layout = new QVBoxLayout(foot);
    layout->setContentsMargins(px(16), px(9), px(8), px(9));
    layout->setSpacing(px(2));
    auto* caption = new Label(Type::Caption, Token::Text2, foot);
    caption->setText(u"Root of trust"_s);
    m_rootGlyph = new Glyph(16, foot);
    m_root = new Label(Type::Body, Token::Text, foot);
    m_root->setWeight(600);
    m_rootDetail = new Label(Type::Caption, Token::Text2, foot);
    m_rootDetail->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(px(6));
    line->addWidget(m_rootGlyph, 0, Qt::AlignTop);
    m_root->setWordWrap(true);
    line->addWidget(m_root, 1);
    layout->addWidget(caption);
    layout->addLayout(line);
    layout->addWidget(m_rootDetail);
    m_foot = foot;
    return foot;
}

void Rail::setFootShown(bool shown)
{
    m_foot->setVisible(shown);
}

void Rail::setShort(bool isShort)
{
    m_short = isShort;
    m_delegate->setShort(isShort);
    m_list->doItemsLayout();
    showHead();
}

QSize Rail::sizeHint() const
{
    return {px(m_short ? 152 : 232), px(400)};
}

void Rail::showHead()
{
    const bool has = !m_session.flow().steps.isEmpty();
    m_flow->setText(has ? m_session.flow().title : u"No flow"_s);
    m_progress->setText(has ? progressText(m_session, m_short) : QString());
}

void Rail::showRoot()
{
    const chain::Chain& chain = m_session.chain();
    // Of several roots the one to worry about shows: a secret that can be copied.
    const auto isSecret = [](const chain::RootPlate& plate) { return plate.root == chain::Root::DiskSecret; };
    const bool anySecret = std::ranges::any_of(chain.roots, isSecret);
    const chain::Root root = chain.root == chain::Root::Mixed && anySecret ? chain::Root::DiskSecret : chain.root;
    m_rootGlyph->setDraw([root](QPainter& painter, const QRectF& rect) { paintRoot(painter, rect, root); });
    m_root->setText(chain.rootText);
    m_rootDetail->setText(chain.rootDetail);
}

void Rail::showSelection()
{
    const QModelIndex index = m_model->index(m_model->rowOf(m_session.selection().step));
    if (index.isValid() && index != m_list->currentIndex())
        m_list->setCurrentIndex(index);
}
