// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "pagehead.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

PageHead::PageHead(const QString& title, QWidget* parent)
    : Panel(Token::Window, Qt::BottomEdge, parent), m_title(new Label(Type::Lead, Token::Text, this)), m_summary(new Label(Type::Body, Token::Text2, this)), m_row(new QHBoxLayout(this))
{
    m_title->setText(title);
    m_title->setWeight(600);
    m_summary->setElide(Qt::ElideRight);
    auto* back = controls::button(u"Back to the run"_s, u"close"_s, controls::Kind::Small, this);
    m_row->setContentsMargins(px(16), px(8), px(16), px(8));
    m_row->setSpacing(px(12));
    m_row->addWidget(m_title);
    m_row->addWidget(m_summary, 1);
    m_row->addWidget(back);
    connect(back, &QPushButton::clicked, this, &PageHead::closed);
}

void PageHead::setTitle(const QString& text) { m_title->setText(text); }
void PageHead::setSummary(const QString& text) { m_summary->setText(text); }
QString PageHead::summary() const { return m_summary->text(); }

void PageHead::add(QWidget* widget) { m_row->insertWidget(m_row->count() - 1, widget); }

QPushButton* PageHead::addButton(const QString& text, const QString& icon)
{
    QPushButton* button = controls::button(text, icon, controls::Kind::Small, this);
    add(button);
    return button;
}
