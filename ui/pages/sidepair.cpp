// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidepair.h"

#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented.h"

#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

constexpr int room = 960; // px at u = 4 that two pages need

QWidget* column(const SidePair::Side& of, QSplitter* parent)
{
    auto* side = new QWidget(parent);
    auto* head = new Panel(Token::Window, Qt::BottomEdge, side);
    auto* label = new Label(theme::Type::Caption, Token::Text2, head);
    label->setWeight(600);
    label->setElide(Qt::ElideMiddle);
    label->setText(of.name);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(px(16), px(1), px(8), px(2));
    row->addWidget(label, 1);
    if (of.corner)
        row->addWidget(of.corner);
    head->setMinimumHeight(px(30));
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(of.page, 1);
    return side;
}

} // namespace

SidePair::SidePair(const Side& left, const Side& right, QWidget* parent)
    : QWidget(parent), m_corner(new QWidget(this)), m_choice(new Segmented(u"Run"_s, m_corner))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    m_sides[0] = column(left, splitter);
    m_sides[1] = column(right, splitter);
    splitter->setSizes({1000, 1000});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    m_choice->add(u"A"_s);
    m_choice->add(u"B"_s);
    m_choice->setCurrent(0);
    auto* line = new QHBoxLayout(m_corner);
    line->setContentsMargins(0, 0, px(8), 0);
    line->addWidget(m_choice);
    connect(m_choice, &Segmented::chosen, this, [this](int index) {
        m_choice->setCurrent(m_shown = index);
        settle();
    });
    settle();
}

QWidget* SidePair::cornerWidget() const { return m_corner; }

void SidePair::settle()
{
    m_narrow = width() < px(room);
    m_choice->setVisible(m_narrow);
    for (int i = 0; i < 2; ++i)
        m_sides[i]->setVisible(!m_narrow || i == m_shown);
}

void SidePair::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}
