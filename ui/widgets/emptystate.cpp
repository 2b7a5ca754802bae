// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "emptystate.h"

#include "controls.h"
#include "label.h"

#include <QVBoxLayout>

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::px(24), theme::px(24), theme::px(24), theme::px(24));
    layout->setSpacing(theme::px(8));
    m_line = new Label(theme::Type::Display, theme::Token::Text, this);
    m_line->setWordWrap(true);
    m_sentence = new Label(theme::Type::Body, theme::Token::Text2, this);
    m_sentence->setWordWrap(true);
    m_button = controls::button({}, {}, controls::Kind::Plain, this);
    m_button->hide();
    layout->addWidget(m_line);
    layout->addWidget(m_sentence);
    layout->addSpacing(theme::px(8));
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_act)
            m_act();
    });
}

void EmptyState::show(const QString& line, const QString& sentence)
{
    m_line->setText(line);
    m_sentence->setText(sentence);
    QWidget::show();
}

void EmptyState::setAction(const QString& text, std::function<void()> act, bool enabled)
{
    m_act = std::move(act);
    controls::setText(m_button, text);
    m_button->setEnabled(enabled);
    m_button->setVisible(bool(m_act));
}
