// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "askstrip.h"

#include "controls.h"
#include "glyph.h"
#include "label.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;

AskStrip::AskStrip(QWidget* parent)
    : QWidget(parent), m_question(new Label(theme::Type::Body, theme::Token::Text, this))
{
    auto* glyph = new Glyph(20, this);
    glyph->setDraw([](QPainter& painter, const QRectF& rect) { theme::paintOutcome(painter, rect, base::Outcome::Warning); });
    m_question->setWordWrap(true);
    m_yes = controls::button({}, {}, controls::Kind::Primary, this);
    m_no = controls::button({}, {}, controls::Kind::Plain, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(16), px(8), px(16), px(8));
    layout->setSpacing(px(12));
    layout->addWidget(glyph);
    layout->addWidget(m_question, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    connect(m_no, &QPushButton::clicked, this, &AskStrip::clear);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        const auto act = m_act;
        clear();
        if (act)
            act();
    });
    hide();
}

void AskStrip::ask(const QString& question, const QString& yes, const QString& no, std::function<void()> act)
{
    m_question->setText(question);
    controls::setText(m_yes, yes);
    controls::setText(m_no, no);
    m_act = std::move(act);
    setAccessibleName(question);
    show();
    m_yes->setFocus(Qt::OtherFocusReason);
}

void AskStrip::clear()
{
    m_act = nullptr;
    hide();
}

void AskStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Token::WarnBg));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(theme::Token::Line));
}
